"""Periodic work runs once per interval, whoever else looks, and survives failures."""

import datetime as dt
import threading

import pytest
from django.db import connections

from portal.core import periodic
from portal.core.periodic import register_periodic, run_due

NOW = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_tasks(monkeypatch):
    monkeypatch.setattr(periodic, "_tasks", {})


@pytest.mark.django_db
def test_a_task_runs_at_once_and_then_when_its_interval_has_passed():
    moments = []
    register_periodic("a", 60, moments.append)
    for seconds in (0, 1, 59, 60, 61, 121):
        run_due(NOW + dt.timedelta(seconds=seconds))
    assert [(m - NOW).seconds for m in moments] == [0, 60, 121]


@pytest.mark.django_db
def test_a_failing_task_stops_nobody_and_is_tried_again_next_time():
    moments = []

    def fail(now):
        moments.append(now)
        raise ZeroDivisionError

    register_periodic("falla", 60, fail)
    register_periodic("sigue", 60, moments.append)
    assert run_due(NOW) == ["falla", "sigue"]
    assert run_due(NOW + dt.timedelta(seconds=60)) == ["falla", "sigue"]
    assert len(moments) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_several_workers_that_see_it_due_run_it_once(attempt):
    ran, barrier = [], threading.Barrier(6)
    register_periodic("una", 3600, lambda now: ran.append(now))

    def work() -> None:
        barrier.wait()
        try:
            run_due(NOW)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(ran) == 1
