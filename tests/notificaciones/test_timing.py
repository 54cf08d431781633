import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notificaciones.timing import backoff, next_allowed

CENTRE, NORTH = ZoneInfo("America/Mexico_City"), ZoneInfo("America/Tijuana")
NIGHT = (dt.time(21), dt.time(9))


def local(zone, *parts) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        pytest.param((2026, 3, 10, 12), (2026, 3, 10, 12), id="noon goes at once"),
        pytest.param((2026, 3, 10, 20, 59, 59), (2026, 3, 10, 20, 59, 59), id="last second"),
        pytest.param((2026, 3, 10, 21), (2026, 3, 11, 9), id="first second of silence"),
        pytest.param((2026, 3, 10, 23, 59), (2026, 3, 11, 9), id="before midnight"),
        pytest.param((2026, 3, 11, 0), (2026, 3, 11, 9), id="midnight"),
        pytest.param((2026, 3, 11, 8, 59, 59), (2026, 3, 11, 9), id="last second of silence"),
        pytest.param((2026, 3, 11, 9), (2026, 3, 11, 9), id="nine in the morning"),
        pytest.param((2026, 12, 31, 22), (2027, 1, 1, 9), id="over the year"),
    ],
)
def test_the_night_waits_for_nine(moment, allowed):
    found = next_allowed(local(CENTRE, *moment), zone=CENTRE, hours=NIGHT)
    assert found == local(CENTRE, *allowed)


@pytest.mark.parametrize("day", [(2026, 3, 7), (2026, 10, 31)], ids=["spring", "autumn"])
def test_where_clocks_change_nine_is_still_nine_on_the_wall(day):
    found = next_allowed(local(NORTH, *day, 22), zone=NORTH, hours=NIGHT)
    wall = found.astimezone(NORTH)
    assert (wall.hour, wall.minute) == (9, 0)
    assert wall.date() == dt.date(*day) + dt.timedelta(days=1)


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC)))
def test_an_allowed_moment_is_never_earlier_and_never_quiet(moment):
    for hours in (NIGHT, (dt.time(13), dt.time(16))):
        found = next_allowed(moment, zone=CENTRE, hours=hours)
        assert moment <= found < moment + dt.timedelta(hours=13)
        assert next_allowed(found, zone=CENTRE, hours=hours) == found


def test_no_hours_is_no_silence():
    night = local(CENTRE, 2026, 3, 10, 23)
    assert next_allowed(night, zone=CENTRE, hours=None) == night
    assert next_allowed(night, zone=CENTRE, hours=(dt.time(9), dt.time(9))) == night


@given(st.integers(1, 60), st.floats(0, 5000), st.integers())
def test_waits_grow_are_capped_and_respect_the_vendor(attempt, floor, seed):
    wait = backoff(attempt, floor=floor, rng=random.Random(seed)).total_seconds()
    assert wait >= floor - 1e-5
    assert wait <= max(floor, min(3600, 30 * 2 ** (attempt - 1))) + 1e-5


def test_waits_are_spread_over_the_whole_interval():
    rng = random.Random(7)
    waits = [backoff(4, rng=rng).total_seconds() for _ in range(300)]
    assert min(waits) < 24
    assert max(waits) > 216
