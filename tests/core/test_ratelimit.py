"""Attempts are counted one by one within a window, and the next window begins anew."""

import datetime as dt

import pytest
from django.core.cache import cache

from portal.core.errors import TooManyAttemptsError
from portal.core.ratelimit import hit
from tests.factories import NOON


@pytest.fixture(autouse=True)
def empty():
    cache.clear()


def test_attempts_are_counted_up_to_the_limit_and_refused_above_it():
    assert [hit("prueba", "a", limit=3, window=60, now=NOON) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(TooManyAttemptsError) as refused:
        hit("prueba", "a", limit=3, window=60, now=NOON)
    assert 0 < refused.value.retry_after <= 60


def test_callers_scopes_and_windows_are_counted_apart():
    later = NOON + dt.timedelta(seconds=60)
    assert hit("prueba", "a", limit=1, window=60, now=NOON) == 1
    assert hit("prueba", "b", limit=1, window=60, now=NOON) == 1
    assert hit("otra", "a", limit=1, window=60, now=NOON) == 1
    assert hit("prueba", "a", limit=1, window=60, now=later) == 1


def test_a_limit_of_none_refuses_the_first():
    with pytest.raises(TooManyAttemptsError):
        hit("prueba", "a", limit=0, window=60, now=NOON)
