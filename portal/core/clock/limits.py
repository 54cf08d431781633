"""Dates that follow from a term: the limit for a prevención, the turn to amber, days between."""

import datetime as dt
from fractions import Fraction
from typing import Any, cast

from .calendars import ONE_DAY, Calendar
from .days import add_months
from .deadlines import deadline
from .reception import receive
from .terms import ClockError, CountFrom, Term, Unit, as_fraction, require_day

THIRD = Fraction(1, 3)
WITHOUT_RESOLUTION = Term(10, Unit.HABILES)
LONGEST_SPAN = dt.timedelta(days=366 * 100)


def prevencion_limit(
    *,
    term: Term | None,
    start: dt.date | dt.datetime,
    calendar: Calendar,
    fraction: Fraction = THIRD,
    count_from: CountFrom = CountFrom.NEXT_BUSINESS,
    received_next_business: bool | None = None,
    after_hours: bool = False,
) -> dt.date | dt.datetime:
    """
    The last day to ask for a correction: the first third of the term (LFPA 17-A).

    A fraction of a unit counts as a whole one: day 4 of 10, hour 8 of 24. Months that divide
    exactly stay months (1 of 3); others become the natural days they span, from the date of the
    act. Like any last day, it moves to the next business day. ``term=None`` is a filing that needs
    no resolution: 10 business days. Hours give a moment.

    :raises ClockError: ``fraction`` is not over 0 and up to 1, or as in ``deadline``.
    """
    part = as_fraction(fraction)
    if not 0 < part <= 1:
        raise ClockError("La fracción para prevenir debe ser mayor que 0 y hasta 1.")
    rules: dict[str, Any] = {
        "start": start,
        "calendar": calendar,
        "count_from": count_from,
        "received_next_business": received_next_business,
        "after_hours": after_hours,
    }
    if term is None:
        return _last_day(WITHOUT_RESOLUTION, rules)
    if term.unidad is Unit.MESES and (term.cantidad * part).denominator != 1:
        return _part_of_months(term, part, **rules)
    return _last_day(Term(_round_up(term.cantidad * part), term.unidad), rules)


def _last_day(term: Term, rules: dict[str, Any]) -> dt.date | dt.datetime:
    # Only an open pause leaves a term without a last day, and here there are none.
    return cast("dt.date | dt.datetime", deadline(term=term, **rules).vence)


def _part_of_months(term: Term, part: Fraction, **rules) -> dt.date:
    start, calendar = rules.pop("start"), rules.pop("calendar")
    base = receive(start, calendar, term.unidad, **rules).effect
    last, _ = add_months(base, term.cantidad)
    days = _round_up((last - base).days * part)
    return calendar.roll_forward(base + days * ONE_DAY)


def _round_up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def business_days_between(a: dt.date, b: dt.date, calendar: Calendar) -> int:
    """
    Business days after ``a`` up to and including ``b``; negative when ``b`` is the earlier one.

    From today to the last day it is how many are left, and past it how many late, with a minus.

    :raises ClockError: not dates, or more than a century apart.
    """
    require_day(a, "La primera fecha")
    require_day(b, "La segunda fecha")
    if abs(b - a) > LONGEST_SPAN:
        raise ClockError("Las fechas están demasiado separadas.")
    if b < a:
        return -business_days_between(b, a, calendar)
    return sum(calendar.is_business(a + ONE_DAY * n) for n in range(1, (b - a).days + 1))


def due_soon_from(
    vence: dt.date | dt.datetime | None, n_business_days: int, calendar: Calendar
) -> dt.date | None:
    """
    The first date with at most ``n_business_days`` left, when the semaphore turns amber.

    For a Friday and 3: Tuesday. Of a moment, its own date is taken; ``None`` (paused) stays so.

    :raises ClockError: ``n_business_days`` is negative or over 3650.
    """
    if vence is None:
        return None
    if not 0 <= n_business_days <= 3650:
        raise ClockError("Los días de aviso deben estar entre 0 y 3650.")
    day = vence.date() if isinstance(vence, dt.datetime) else vence
    left = 0
    for _ in range(20_000):
        if calendar.is_business(day):
            if left == n_business_days:
                return day
            left += 1
        day -= ONE_DAY
    raise ClockError("El calendario no tiene días hábiles suficientes antes del vencimiento.")
