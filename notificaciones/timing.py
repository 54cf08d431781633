"""When a notice may be sent and when to try again: pure arithmetic on moments."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

_BASE = 30.0
_CAP = 3600.0
#: Notices held overnight leave over this many seconds, so that the morning is not one wave.
SPREAD = 1800.0


def next_allowed(
    moment: dt.datetime, *, zone: ZoneInfo, hours: tuple[dt.time, dt.time] | None
) -> dt.datetime:
    """
    ``moment`` itself when it is outside the quiet ``hours``, else the moment they end.

    ``hours`` are local times, the end excluded, and may run over midnight; equal ones are no hours.
    """
    if hours is None or hours[0] == hours[1]:
        return moment
    start, end = hours
    local = moment.astimezone(zone)
    time = local.timetz().replace(tzinfo=None)
    if start < end:
        if not start <= time < end:
            return moment
        day = local.date()
    elif time >= start:
        day = local.date() + dt.timedelta(days=1)
    elif time < end:
        day = local.date()
    else:
        return moment
    return dt.datetime.combine(day, end, tzinfo=zone).astimezone(dt.UTC)


def backoff(attempt: int, *, floor: float = 0.0, rng: random.Random) -> dt.timedelta:
    """
    Wait after the ``attempt``-th failed call: full jitter up to 30 s, doubled, at most 1 h.

    ``floor`` is the vendor's own Retry-After, in seconds; it is never undercut.
    """
    ceiling = min(_CAP, _BASE * 2 ** max(0, attempt - 1))
    return dt.timedelta(seconds=max(min(floor, _CAP * 24), rng.uniform(1.0, ceiling)))
