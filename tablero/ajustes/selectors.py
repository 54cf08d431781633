"""What the settings pages show."""

import calendar as months_of
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.calendar import current_calendar, days_at
from portal.core.clock import Calendar
from portal.core.models import CalendarioVersion, DiaInhabil, EventRecord
from tramites.models import ReglaTurno, Servicio
from tramites.routing import Facts, Fallback, route
from tramites.selectors.reference import line_of
from tramites.services.calendar import touched_cases

PAGE = 50


def days_of_year(year: int) -> list[DiaInhabil]:
    """The days in force of a year, by date."""
    version = current_calendar().version
    return list(days_at(version).filter(fecha__year=year))


def year_grid(year: int, calendar: Calendar, today: dt.date) -> list[dict]:
    """Twelve months of whole weeks; days of other months are ``None``."""
    weeks_of = months_of.Calendar()
    return [
        {
            "name": str(MONTHS[month]).capitalize(),
            "weeks": [
                [_cell(day, calendar, today) if day.month == month else None for day in week]
                for week in weeks_of.monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
    ]


def _cell(day: dt.date, calendar: Calendar, today: dt.date) -> dict:
    if day in calendar.habilitados:
        kind, title = "is-on", calendar.habilitados[day]
    elif day in calendar.dias:
        kind, title = "is-hol", calendar.dias[day].nombre
    else:
        kind, title = ("" if calendar.is_business(day) else "is-off"), ""
    return {"date": day, "css": kind, "title": title, "today": day == today}


def open_cases_touched(dates: Sequence[dt.date]) -> int:
    """Open cases whose running term passes through or ends near ``dates``: at most these move."""
    if not dates:
        return 0
    calendar = current_calendar()
    following = replace(calendar, version=calendar.version + 1)
    return touched_cases(dates, following).count()


def versions_page(before: int | None) -> tuple[list[CalendarioVersion], str]:
    """A page of the history of the calendar, newest first, and the cursor of the next one."""
    rows = CalendarioVersion.objects.order_by("-pk").prefetch_related("altas", "bajas")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return found[:PAGE], following


def names_of(ids: Sequence[int | None]) -> dict[int, str]:
    """Names of people by id; one query."""
    people = User.objects.in_bulk([pk for pk in set(ids) if pk])
    return {pk: str(user) for pk, user in people.items()}


def history_of(stream: str, limit: int = 30) -> list[dict]:
    """The last facts of a stream with who did them; two queries."""
    rows = list(EventRecord.objects.filter(stream=stream).order_by("-sequence")[:limit])
    names = names_of([row.actor_id for row in rows])
    return [
        {"when": row.occurred_at, "type": row.event_type, "who": names.get(row.actor_id, "")}
        for row in rows
    ]


@dataclass(frozen=True)
class Trial:
    """Where a petition would go, why, and the line that decided (``None``: no line did)."""

    dependencia: str
    motivo: str
    linea: ReglaTurno | None


def routing_table() -> list[ReglaTurno]:
    """Every line in order, closed ones too; one query."""
    rows = ReglaTurno.objects.select_related("servicio", "zona", "dependencia")
    return list(rows.order_by("orden", "pk"))


def try_routing(
    *, servicio: Servicio, zona_id: int | None, canal: str, texto: str, table: list[ReglaTurno]
) -> Trial:
    """What the routing table, as it stands, does with a petition."""
    rows = [row for row in table if row.activa and row.dependencia.activa]
    facts = Facts(servicio.pk, zona_id, canal, texto)
    own = servicio.dependencia
    fallback = Fallback(
        dependencia_id=own.pk if own.activa and not own.es_ventanilla else None,
        motivo_servicio=_("Ninguna regla coincide: va a la dependencia del servicio."),
        motivo_mesa=_("Ninguna regla coincide: lo lee la mesa de turno."),
    )
    chosen = route([line_of(row) for row in rows], facts, fallback)
    winner = next((row for row in rows if chosen.regla == f"regla {row.orden}"), None)
    offices = {own.pk: own.nombre} | {row.dependencia_id: row.dependencia.nombre for row in rows}
    name = _("Mesa de turno") if chosen.to_desk else offices[chosen.dependencia_id]
    return Trial(name, chosen.motivo, winner)
