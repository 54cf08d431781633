"""The grid of a day count: whole weeks from Monday to Sunday around the days given."""

import datetime as dt
from collections.abc import Iterable

from .dates import as_date, short_date

ONE_DAY = dt.timedelta(days=1)


def day_grid(days: Iterable[dict], *, name: str = "") -> dict:
    """Return one block for ``{% day_count %}``: {name, weeks} without holes.

    Each day is {date, kind, number, title, today}; days missing between and around them get the
    kind ``out``. Kinds: out, start, count, off, holiday, pause, due.
    """
    known = {as_date(day["date"]): day for day in days}
    if not known:
        return {"name": name, "weeks": []}
    first, last = min(known), max(known)
    current = first - ONE_DAY * first.weekday()
    end = last + ONE_DAY * (6 - last.weekday())
    weeks: list[list[dict]] = []
    while current <= end:
        if current.weekday() == 0:
            weeks.append([])
        day = known.get(current, {"kind": "out"})
        labelled = current == first - ONE_DAY * first.weekday() or current.day == 1
        label = short_date(current, year=False) if labelled else str(current.day)
        weeks[-1].append({**day, "date": current, "label": label})
        current += ONE_DAY
    return {"name": name, "weeks": weeks}
