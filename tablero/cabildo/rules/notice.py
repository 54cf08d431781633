"""
From when on a session may be held, given when its notice is sent.

Hours run from the moment of the notice. Business hours run too, but only on business days, from
midnight to midnight. Days are whole days, that is, none of them is the day of the notice or the day
of the session: notice with three business days leaves three of them in between.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from portal.core.clock import Calendar

DAY = dt.timedelta(days=1)
LONGEST = 400


class NoticeUnit(StrEnum):
    """What the time between notice and session is counted in."""

    HORAS = "horas"
    HORAS_HABILES = "horas_habiles"
    HABILES = "habiles"
    NATURALES = "naturales"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """``urgencia``: a session may be held sooner if its urgency is grounded."""

    cantidad: int
    unidad: NoticeUnit
    urgencia: bool = False


@dataclass(frozen=True, slots=True)
class EarliestSession:
    """
    ``desde``: the first moment at which the session may begin, in the zone of the notice.
    ``contados``: the days that count, in order; ``saltados``: those between that do not, with name
    and basis. Both are empty when hours run without looking at days. ``cubierto``: every year
    touched has its calendar loaded.
    """

    desde: dt.datetime
    contados: tuple[dt.date, ...] = ()
    saltados: tuple[tuple[dt.date, str, str], ...] = ()
    cubierto: bool = True


def earliest_session(
    rule: NoticeRule, convocada: dt.datetime, calendar: Calendar
) -> EarliestSession:
    """
    The first moment at which a session noticed at ``convocada`` (aware, local) may begin.

    :raises ValueError: a moment without zone, or a calendar without business days.
    """
    if convocada.utcoffset() is None:
        raise ValueError("the notice needs a moment with its zone")
    if rule.unidad is NoticeUnit.HORAS:
        later = convocada.astimezone(dt.UTC) + dt.timedelta(hours=rule.cantidad)
        return EarliestSession(later.astimezone(convocada.tzinfo))
    if rule.unidad is NoticeUnit.HORAS_HABILES:
        return _business_hours(rule, convocada, calendar)
    return _whole_days(rule, convocada, calendar)


def _midnight(day: dt.date, moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), moment.tzinfo)


def _business_hours(rule, convocada: dt.datetime, calendar: Calendar) -> EarliestSession:
    left = dt.timedelta(hours=rule.cantidad)
    at, counted, skipped = convocada, [], []
    for _ in range(LONGEST + rule.cantidad):
        day = at.date()
        ends = _midnight(day + DAY, convocada)
        if not calendar.is_business(day):
            skipped.append(_off(day, calendar))
        else:
            counted.append(day)
            # In UTC: on the night the clocks change a day has 23 or 25 hours.
            there = ends.astimezone(dt.UTC) - at.astimezone(dt.UTC)
            if left <= there:
                end = (at.astimezone(dt.UTC) + left).astimezone(convocada.tzinfo)
                return _found(end, counted, skipped, calendar)
            left -= there
        at = ends
    raise ValueError("the calendar has no business days")


def _whole_days(rule, convocada: dt.datetime, calendar: Calendar) -> EarliestSession:
    day, counted, skipped = convocada.date(), [], []
    for _ in range(LONGEST + 2 * rule.cantidad):
        if len(counted) == rule.cantidad:
            return _found(_midnight(day + DAY, convocada), counted, skipped, calendar)
        day += DAY
        if rule.unidad is NoticeUnit.NATURALES or calendar.is_business(day):
            counted.append(day)
        else:
            skipped.append(_off(day, calendar))
    raise ValueError("the calendar has no business days")


def _off(day: dt.date, calendar: Calendar) -> tuple[dt.date, str, str]:
    name, basis = calendar.reason(day) or ("", "")
    return day, name, basis


def _found(end, counted, skipped, calendar: Calendar) -> EarliestSession:
    touched = [*counted, *(day for day, *_ in skipped)]
    covered = all(calendar.covers(day) for day in touched)
    return EarliestSession(end, tuple(counted), tuple(skipped), covered)
