"""
Business days of the demo, enough to place its stories in time.

The legal clock is ``portal.core``'s and the deadlines of the loaded cases are computed there; this
only keeps the stories plausible (nobody answers on a Sunday) without needing a database.
"""

import datetime as dt
from functools import cache

from . import reader

DAY = dt.timedelta(days=1)
#: Filed from this hour on counts as received the next business day.
CLOSING = dt.time(15, 0)


def _nth_monday(year: int, month: int, nth: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))


@cache
def _federal(year: int) -> frozenset[dt.date]:
    """Rest days of LFT 74, without election days and federal handovers."""
    fixed = {dt.date(year, month, day) for month, day in ((1, 1), (5, 1), (9, 16), (12, 25))}
    moved = {_nth_monday(year, month, nth) for month, nth in ((2, 1), (3, 3), (11, 3))}
    return frozenset(fixed | moved)


@cache
def _municipal() -> frozenset[dt.date]:
    days = set()
    for entry in reader.toml("calendario")["dia"]:
        day = dt.date.fromisoformat(entry.get("fecha") or entry["desde"])
        last = dt.date.fromisoformat(entry.get("fecha") or entry["hasta"])
        while day <= last:
            days.add(day)
            day += DAY
    return frozenset(days)


def is_open(day: dt.date) -> bool:
    """Whether the offices of the demo work on ``day``."""
    return day.weekday() < 5 and day not in _federal(day.year) and day not in _municipal()


def roll(day: dt.date) -> dt.date:
    """``day``, or the first business day after it."""
    while not is_open(day):
        day += DAY
    return day


def add(day: dt.date, count: int) -> dt.date:
    """The ``count``-th business day after ``day``; ``day`` rolled forward when 0."""
    day = roll(day) if count == 0 else day
    while count > 0:
        day += DAY
        count -= is_open(day)
    return day


def between(first: dt.date, last: dt.date) -> int:
    """Business days after ``first`` up to ``last``, included."""
    return sum(is_open(first + DAY * n) for n in range(1, (last - first).days + 1))


def received(filed: dt.datetime) -> dt.date:
    """Business day on which something filed at ``filed`` (local time) counts as received."""
    late = filed.time() >= CLOSING
    return add(filed.date(), 1) if late else roll(filed.date())


def due(plazo: dict, filed: dt.datetime, extra: int = 0) -> dt.date:
    """
    Last day of a term ``{cantidad, unidad}``; ``extra`` business days of pause and extension.

    Units: habiles, naturales, meses, horas. Hours run from the filing itself.
    """
    amount, start = plazo["cantidad"], received(filed)
    if plazo["unidad"] == "horas":
        return (filed + dt.timedelta(hours=amount)).date()
    if plazo["unidad"] == "habiles":
        return add(start, amount + extra)
    if plazo["unidad"] == "naturales":
        return add(roll(start + dt.timedelta(days=amount)), extra)
    month = start.month - 1 + amount
    first = dt.date(start.year + month // 12, month % 12 + 1, 1)
    return add(roll(first + dt.timedelta(days=min(start.day, 28) - 1)), extra)
