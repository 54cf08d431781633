"""What a person at the counter is told before filing: who answers, when, who asked before."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from portal.core.calendar import current_calendar
from portal.core.clock import ClockError
from portal.core.errors import NotFoundError
from portal.core.rules import RuleValue, rule_in_force
from portal.core.time import local_date
from tramites.deadlines import Counting, compute
from tramites.models import Peticion, Servicio
from tramites.policies import PeticionPolicy

#: How far back a case counts as perhaps the same.
SAME_WITHIN = dt.timedelta(days=15)
#: What a page tells of such a case.
SHOWN = (
    *("folio", "estado", "direccion", "recibida_en"),
    *("servicio__nombre", "servicio__nombre_en"),
)


@dataclass(frozen=True)
class Promise:
    """The term of a service if filed now; ``vence`` is ``None`` where it cannot be computed."""

    servicio: Servicio
    vence: dt.datetime | None
    plazo: str
    fundamento: str
    no_cuentan: list[str]


def promise(servicio: Servicio, now: dt.datetime) -> Promise:
    """What the law gives the authority to answer, counted from today."""
    try:
        rule = rule_in_force(servicio.regla, local_date(now))
        value = RuleValue.from_rule(rule)
        timing = compute(
            Counting(
                rule=value,
                fundamento=rule.fundamento,
                start=now,
                calendar=current_calendar(),
                zone=timezone.get_default_timezone(),
            )
        )
    except (NotFoundError, ClockError):
        return Promise(servicio, None, "", "", [])
    skipped = [
        day["title"]
        for week in timing.explanation.calendar_weeks()
        for day in week
        if day["holiday"] and day["title"]
    ]
    term = f"{value.plazo.cantidad} {UNITS[value.plazo.unidad.value]}"
    return Promise(servicio, timing.vence, term, rule.fundamento, list(dict.fromkeys(skipped)))


#: Units of a term, in words.
UNITS = {
    "habiles": "días hábiles",
    "naturales": "días naturales",
    "meses": "meses",
    "horas": "horas",
}


def perhaps_the_same(
    *, viewer, servicio: Servicio, colonia_id: int | None, now: dt.datetime, limit: int = 5
) -> list[Peticion]:
    """Recent cases of the same service and neighbourhood that ``viewer`` may see, newest first."""
    if colonia_id is None:
        return []
    return list(
        PeticionPolicy(viewer)
        .visible()
        .filter(servicio=servicio, colonia_id=colonia_id, recibida_en__gte=now - SAME_WITHIN)
        .select_related("servicio")
        .only(*SHOWN)
        .order_by("-recibida_en", "-pk")[:limit]
    )
