"""The worker runs what is queued, says that it lives, and stops when asked."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from portal.core import worker
from portal.core.models import Latido
from portal.core.worker import HEARTBEAT, TaskLoop, start_worker

from .tasks import explode, leave_trace


def wait_for(condition, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_tasks_of_every_queue_run_and_a_failed_one_stops_nothing():
    explode.enqueue()
    leave_trace.enqueue("hecho")
    loop = TaskLoop()
    assert loop.step()
    assert loop.step()
    assert not loop.step()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]
    assert Latido.objects.filter(pk="hecho").exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_in_a_thread_beats_works_and_stops(monkeypatch):
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    stop = threading.Event()
    thread = start_worker(stop)
    try:
        assert wait_for(Latido.objects.filter(pk=HEARTBEAT).exists)
        leave_trace.enqueue("en hilo")
        assert wait_for(Latido.objects.filter(pk="en hilo").exists)
    finally:
        stop.set()
        thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_is_waited_for(monkeypatch):
    monkeypatch.setattr(worker, "PAUSE_AFTER_FAILURE", 0.01)
    steps, stop = [], threading.Event()

    def step() -> bool:
        steps.append(1)
        if len(steps) < 3:
            raise OperationalError("gone")
        stop.set()
        return False

    thread = threading.Thread(target=worker._keep_at_it, args=(stop, step, 0.01))
    thread.start()
    thread.join(timeout=5)
    assert len(steps) == 3


@pytest.mark.slow
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_cleanly_on_a_signal(tmp_path, signum):
    env = {
        **os.environ,
        "PORTAL_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True)
    process = subprocess.Popen(
        [*manage, "trabajador"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline().strip() == "Trabajador en marcha."
        time.sleep(1)
        process.send_signal(signum)
        out, err = process.communicate(timeout=15)
    finally:
        process.kill()
    assert (process.returncode, out.strip(), err) == (0, "Trabajador detenido.", "")
