"""
The municipality's calendar: reading any version of it and publishing the next one.

Versions are never changed, so each is built once per process and found again by its fingerprint:
a reader asks only which version is the last.
"""

import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .calendar_events import CalendarChanged
from .clock import Calendar, NonBusinessDay, federal_calendar
from .errors import ConflictError, InvalidInputError, NotFoundError
from .events import publish
from .models import CalendarioVersion, DiaInhabil, EjercicioCalendario
from .text import clean_text

FIRST_YEAR, LAST_YEAR = 2000, 2200
_KEPT = 16
_built: OrderedDict[tuple[int, str], Calendar] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Day:
    """A day to add: what it is called, its legal basis and its kind (``DiaInhabil.Tipo``)."""

    fecha: dt.date
    nombre: str
    fundamento: str
    tipo: str = DiaInhabil.Tipo.MUNICIPAL


# reading


def days_at(version_id: int) -> QuerySet[DiaInhabil]:
    """The days in force in a version, by date."""
    return DiaInhabil.objects.filter(
        Q(hasta_version__isnull=True) | Q(hasta_version__gt=version_id),
        desde_version__lte=version_id,
    ).order_by("fecha")


def years_at(version_id: int) -> list[int]:
    """The years loaded up to a version, in order."""
    loaded = EjercicioCalendario.objects.filter(version__lte=version_id)
    return list(loaded.order_by("ejercicio").values_list("ejercicio", flat=True))


def current_calendar() -> Calendar:
    """
    The calendar in force now; one query when this process has already built it.

    An install without any version gets a calendar of weekends that covers no year.
    """
    newest = CalendarioVersion.objects.order_by("-pk").values_list("pk", "huella").first()
    return _calendar(*newest) if newest else Calendar(version=0)


def calendar_at(version_id: int) -> Calendar:
    """
    The calendar as version ``version_id`` had it.

    :raises NotFoundError: there is no such version.
    """
    found = CalendarioVersion.objects.filter(pk=version_id).values_list("pk", "huella").first()
    if found is None:
        raise NotFoundError(_("No existe esa versión del calendario."))
    return _calendar(*found)


def horizon(today: dt.date) -> dt.date | None:
    """The last day covered without a gap from ``today`` on; ``None`` if its year is not loaded."""
    loaded = set(EjercicioCalendario.objects.values_list("ejercicio", flat=True))
    year = today.year
    if year not in loaded:
        return None
    while year + 1 in loaded:
        year += 1
    return dt.date(year, 12, 31)


def _calendar(version_id: int, fingerprint: str) -> Calendar:
    key = (version_id, fingerprint)
    if fingerprint and key in _built:
        return _built[key]
    calendar = _build(version_id)
    if fingerprint:
        _built[key] = calendar
        while len(_built) > _KEPT:
            _built.popitem(last=False)
    return calendar


def _build(version_id: int) -> Calendar:
    off: dict[dt.date, NonBusinessDay] = {}
    enabled: dict[dt.date, str] = {}
    for day in days_at(version_id):
        if day.tipo == DiaInhabil.Tipo.HABILITADO:
            enabled[day.fecha] = day.fundamento
        else:
            off[day.fecha] = NonBusinessDay(day.fecha, day.nombre, day.fundamento)
    years = frozenset(years_at(version_id))
    return Calendar(dias=off, habilitados=enabled, version=version_id, ejercicios=years)


# publishing


@transaction.atomic
def publish_calendar_change(
    *,
    add: Sequence[Day] = (),
    remove: Iterable[dt.date] = (),
    motivo: str,
    actor,
    now: dt.datetime,
) -> CalendarioVersion:
    """
    Put a new version of the calendar in force.

    A date that is already off keeps its day; ``remove`` it in the same call to replace it. An
    enabled day (LFPA 28) covers what was there, and removing it brings that back.

    :raises InvalidInputError: a day without name or legal basis, a date not in the calendar to
        remove, or nothing that would change.
    """
    version = _new_version(motivo, actor, now)
    changed = _close(set(remove), version) + _open(_checked(add), version)
    return _seal(version, changed, actor=actor, now=now)


@transaction.atomic
def load_year(
    *, ejercicio: int, fundamento: str, actor, now: dt.datetime, dias: Sequence[Day] = ()
) -> CalendarioVersion:
    """
    Declare a year reviewed: its federal rest days (LFT 74) and the municipality's own ``dias``.

    :raises ConflictError: the year is already loaded.
    :raises InvalidInputError: no legal basis, an impossible year, or as in
        ``publish_calendar_change``.
    """
    fundamento = _required(fundamento, "fundamento", _("Escriba el fundamento."), 300)
    if not FIRST_YEAR <= ejercicio <= LAST_YEAR:
        raise InvalidInputError(fields={"ejercicio": [_("Escriba un año entre 2000 y 2200.")]})
    version = _new_version(_("Carga del ejercicio %(year)s") % {"year": ejercicio}, actor, now)
    _year, created = EjercicioCalendario.objects.get_or_create(
        pk=ejercicio, defaults={"version": version, "cargado_en": now, "fundamento": fundamento}
    )
    if not created:
        raise ConflictError(_("El calendario de %(year)s ya está cargado.") % {"year": ejercicio})
    federal = [
        Day(day.fecha, day.nombre, day.fundamento, DiaInhabil.Tipo.FEDERAL)
        for day in federal_calendar([ejercicio]).dias.values()
    ]
    changed = _open(_checked([*federal, *dias]), version)
    return _seal(version, changed, actor=actor, now=now, ejercicio=ejercicio)


def _new_version(motivo: str, actor, now: dt.datetime) -> CalendarioVersion:
    """The next version; the lock on the last one makes publishers wait for each other."""
    list(CalendarioVersion.objects.select_for_update().order_by("-pk")[:1])
    motivo = _required(motivo, "motivo", _("Escriba el motivo del cambio."), 300)
    return CalendarioVersion.objects.create(motivo=motivo, creada_en=now, creada_por_id=actor.pk)


def _close(dates: set[dt.date], version: CalendarioVersion) -> list[dt.date]:
    rows = list(DiaInhabil.objects.filter(fecha__in=dates, hasta_version=None))
    unknown = dates - {row.fecha for row in rows}
    if unknown:
        message = _("No está en el calendario: %(date)s.") % {"date": min(unknown).isoformat()}
        raise InvalidInputError(message, fields={"remove": [message]})
    DiaInhabil.objects.filter(pk__in=[row.pk for row in rows]).update(hasta_version=version)
    for row in rows:
        if row.tipo == DiaInhabil.Tipo.HABILITADO:
            _bring_back(row, version)
    return [row.fecha for row in rows]


def _bring_back(enabled: DiaInhabil, version: CalendarioVersion) -> None:
    """What the enabled day covered is in force again."""
    covered = DiaInhabil.objects.filter(fecha=enabled.fecha, hasta_version=enabled.desde_version)
    row = covered.exclude(tipo=DiaInhabil.Tipo.HABILITADO).first()
    if row is not None:
        row.pk, row.desde_version, row.hasta_version = None, version, None
        row.save(force_insert=True)


def _open(days: list[Day], version: CalendarioVersion) -> list[dt.date]:
    wanted = {day.fecha: day for day in reversed(days)}
    there = {
        row.fecha: row for row in DiaInhabil.objects.filter(fecha__in=wanted, hasta_version=None)
    }
    replaced, fresh = [], []
    for date, day in sorted(wanted.items()):
        row = there.get(date)
        enabling = day.tipo == DiaInhabil.Tipo.HABILITADO
        if row is not None and (row.tipo == DiaInhabil.Tipo.HABILITADO) == enabling:
            continue
        if row is not None:
            replaced.append(row.pk)
        fresh.append(
            DiaInhabil(
                fecha=date,
                nombre=day.nombre,
                fundamento=day.fundamento,
                tipo=day.tipo,
                desde_version=version,
            )
        )
    DiaInhabil.objects.filter(pk__in=replaced, desde_version=version).delete()
    DiaInhabil.objects.filter(pk__in=replaced).update(hasta_version=version)
    DiaInhabil.objects.bulk_create(fresh)
    return [row.fecha for row in fresh]


def _seal(
    version: CalendarioVersion,
    changed: list[dt.date],
    *,
    actor,
    now: dt.datetime,
    ejercicio: int | None = None,
) -> CalendarioVersion:
    dates = sorted({date.isoformat() for date in changed})
    if not dates and ejercicio is None:
        raise InvalidInputError(_("Esas fechas ya están así en el calendario: no hay cambio."))
    version.huella = _fingerprint(version.pk)
    version.save(update_fields=["huella"])
    event = CalendarChanged(version_id=version.pk, fechas=dates, ejercicio=ejercicio)
    publish(event, actor=actor, now=now)
    return version


def _fingerprint(version_id: int) -> str:
    days = [
        [day.fecha.isoformat(), day.nombre, day.fundamento, day.tipo] for day in days_at(version_id)
    ]
    body = json.dumps([days, years_at(version_id)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def _checked(days: Sequence[Day]) -> list[Day]:
    return [_checked_day(day) for day in days]


def _checked_day(day: Day) -> Day:
    if not FIRST_YEAR <= day.fecha.year <= LAST_YEAR:
        raise InvalidInputError(fields={"fecha": [_("Escriba una fecha entre 2000 y 2200.")]})
    if day.tipo not in DiaInhabil.Tipo.values:
        raise InvalidInputError(fields={"tipo": [_("Elija de qué tipo es el día.")]})
    return Day(
        day.fecha,
        _required(day.nombre, "nombre", _("Escriba el nombre del día."), 120),
        _required(day.fundamento, "fundamento", _("Escriba el fundamento."), 300),
        day.tipo,
    )


def _required(value: str, field: str, message: str, longest: int) -> str:
    value = clean_text(value or "")
    if not value:
        raise InvalidInputError(fields={field: [message]})
    if len(value) > longest:
        too_long = _("Escriba a lo más %(n)s caracteres.") % {"n": longest}
        raise InvalidInputError(fields={field: [too_long]})
    return value
