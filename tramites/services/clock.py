"""The legal clock of a case: computing it, and keeping every computation with its working."""

import datetime as dt

from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.clock import Calendar, ClockError, extension_cap
from portal.core.errors import UnavailableError
from portal.core.models import ReglaJuridica
from portal.core.rules import RuleValue, rule_in_force
from portal.core.time import local_date

from ..constants import Reloj
from ..deadlines import Counting, Hold, Timing, compute
from ..events import DeadlineSet
from ..models import Peticion, Plazo, Prevencion, Prorroga
from .base import municipal_zone

#: What made a term be computed, as it is shown.
REASONS = {
    "filed": "presentación",
    "paused": "prevención",
    "resumed": "prevención cumplida",
    "extended": "prórroga",
    "calendar": "cambio del calendario",
    "reopened": "reapertura",
}


def calendar_in_force() -> Calendar:
    """
    The municipality's calendar.

    :raises UnavailableError: none was ever loaded, and no term can be trusted without one.
    """
    return trusted(current_calendar())


def trusted(calendar: Calendar) -> Calendar:
    """
    ``calendar`` itself.

    :raises UnavailableError: it is that of an install where none was ever loaded.
    """
    if not calendar.version:
        raise UnavailableError(_("Falta cargar el calendario de días inhábiles del municipio."))
    return calendar


def counting_from(
    *,
    rule: ReglaJuridica,
    start: dt.datetime,
    calendar: Calendar,
    prevenciones: list[Prevencion] | tuple = (),
    extension: Prorroga | None = None,
) -> Counting:
    """The count of a rule from a moment, with what paused and extended it since."""
    basis = (rule.valor.get("prevencion") or {}).get("fundamento", "")
    holds = (Hold(row.creado_en, row.cumplida_en, row.efecto, basis) for row in prevenciones)
    return Counting(
        rule=RuleValue.from_rule(rule),
        fundamento=rule.fundamento,
        start=start,
        calendar=calendar,
        zone=municipal_zone(),
        holds=tuple(holds),
        added=extension.cantidad if extension else 0,
    )


def current_plazo(peticion: Peticion) -> Plazo | None:
    """The computation in force, with its rule; imported cases may have none."""
    return peticion.plazos.filter(vigente=True).select_related("regla").first()


def rule_of(peticion: Peticion, plazo: Plazo | None) -> ReglaJuridica:
    """The version of the rule a case is timed by: the one it was filed (or reopened) under."""
    if plazo is not None:
        return plazo.regla
    return rule_in_force(peticion.regla_clave, local_date(peticion.recibida_en))


def counting_of(peticion: Peticion, plazo: Plazo | None, calendar: Calendar) -> Counting:
    """The count of a case as its acts have left it: what happened since its term began."""
    start = plazo.inicia if plazo else peticion.recibida_en
    return counting_from(
        rule=rule_of(peticion, plazo),
        start=start,
        calendar=calendar,
        prevenciones=list(peticion.prevenciones.filter(creado_en__gte=start)),
        extension=peticion.prorrogas.filter(creado_en__gte=start).first(),
    )


def apply_timing(peticion: Peticion, timing: Timing) -> None:
    """Put a computed term on the case; saving is the caller's."""
    peticion.vence_en, peticion.por_vencer_en = timing.vence, timing.por_vencer
    peticion.reloj = Reloj.PAUSADO if timing.paused else Reloj.CORRIENDO


def new_plazo(
    peticion: Peticion,
    timing: Timing,
    *,
    rule: ReglaJuridica,
    calendar: Calendar,
    cause: str,
    now: dt.datetime,
    author=None,
) -> Plazo:
    """The row of a computation, not yet saved."""
    return Plazo(
        peticion=peticion,
        autor=author,
        creado_en=now,
        regla=rule,
        calendario_id=calendar.version,
        inicia=timing.inicia,
        vence=timing.vence,
        explicacion=timing.explanation.as_data(),
        motivo=REASONS[cause],
    )


def reset_clock(peticion: Peticion, *, cause: str, now: dt.datetime, author=None) -> DeadlineSet:
    """
    Compute the case's term again, put it on the case and keep it as the one in force.

    Returns the event, for the caller to publish after saving the case.
    """
    calendar, plazo = calendar_in_force(), current_plazo(peticion)
    timing = compute(counting_of(peticion, plazo, calendar))
    return _keep(
        peticion,
        timing,
        previous=plazo,
        rule=rule_of(peticion, plazo),
        calendar=calendar,
        cause=cause,
        now=now,
        author=author,
    )


def restart_clock(peticion: Peticion, *, cause: str, now: dt.datetime, author=None) -> DeadlineSet:
    """The same for a term that begins anew at ``now``, under the rule in force then."""
    calendar, rule = calendar_in_force(), rule_in_force(peticion.regla_clave, local_date(now))
    timing = compute(counting_from(rule=rule, start=now, calendar=calendar))
    return _keep(
        peticion,
        timing,
        previous=current_plazo(peticion),
        rule=rule,
        calendar=calendar,
        cause=cause,
        now=now,
        author=author,
    )


def _keep(peticion: Peticion, timing: Timing, *, previous: Plazo | None, cause: str, **row):
    if previous is not None:
        previous.vigente = False
        previous.save(update_fields=["vigente"])
    plazo = new_plazo(peticion, timing, cause=cause, **row)
    plazo.save(force_insert=True)
    apply_timing(peticion, timing)
    return deadline_set(peticion, plazo, cause)


def deadline_set(peticion: Peticion, row: Plazo, cause: str) -> DeadlineSet:
    """The event of a computation that is already a row."""
    vence = row.vence.isoformat() if row.vence else None
    return DeadlineSet(peticion_id=peticion.pk, plazo_id=row.pk, vence=vence, cause=cause)


def most_extension(rule: ReglaJuridica) -> int:
    """The longest extension the rule admits, in its own unit; zero if it admits none."""
    value = RuleValue.from_rule(rule)
    if value.prorroga is None:
        return 0
    try:
        return extension_cap(value.plazo, value.prorroga.tope)
    except ClockError:
        return 0
