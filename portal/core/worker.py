"""
The background worker: queued tasks in one thread, periodic work in another.

It runs as a process of its own (``manage.py trabajador``) or as threads of the embedded server.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .models import Latido
from .periodic import run_due
from .time import now

logger = logging.getLogger("ventanilla.worker")

HEARTBEAT = "trabajador"
BEAT_EVERY = dt.timedelta(seconds=10)
LOOK_EVERY = 0.5
PERIODIC_EVERY = 5.0
PAUSE_AFTER_FAILURE = 2.0
KEEP_FINISHED = dt.timedelta(days=7)


def beat(process: str, moment: dt.datetime) -> None:
    """Leave a sign of life of ``process`` for ``/salud``."""
    if not Latido.objects.filter(pk=process).update(visto_en=moment):
        Latido.objects.bulk_create(
            [Latido(proceso=process, visto_en=moment)], ignore_conflicts=True
        )


def prune_finished(moment: dt.datetime) -> None:
    """Forget finished tasks after a week: our own rows hold the truth."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=moment - KEEP_FINISHED)
    old.delete()


class TaskLoop:
    """Takes queued tasks one at a time and says that it lives."""

    def __init__(self) -> None:
        self.worker_id = get_random_string(32)
        self.beaten_at: dt.datetime | None = None

    def step(self) -> bool:
        """Beat if it is time, run one task if there is one; true if one ran."""
        moment = now()
        if self.beaten_at is None or moment - self.beaten_at >= BEAT_EVERY:
            beat(HEARTBEAT, moment)
            self.beaten_at = moment
        # Looking does not take SQLite's write lock; taking a task does.
        if not DBTaskResult.objects.ready().exists():
            return False
        worker = Worker(
            queue_names=["*"],
            interval=0.05,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )
        worker.run()
        return worker._run_tasks > 0


def _keep_at_it(stop: threading.Event, step: Callable[[], bool], pause: float) -> None:
    """Call ``step`` until ``stop``; a database that is away is waited for."""
    try:
        while not stop.is_set():
            wait = 0.0
            try:
                close_old_connections()
                if not step():
                    wait = pause
            except Exception as error:
                logger.warning("worker_step_failed error=%s", type(error).__name__)
                logger.debug("worker_step_failed", exc_info=True)
                wait = PAUSE_AFTER_FAILURE
            stop.wait(wait)
    finally:
        connections.close_all()


def _periodic_step() -> bool:
    run_due(now())
    return False


def run_worker(stop: threading.Event) -> None:
    """Work until ``stop`` is set; the task at hand is finished first."""
    periodic = threading.Thread(
        target=_keep_at_it, args=(stop, _periodic_step, PERIODIC_EVERY), name="periodic"
    )
    periodic.daemon = True
    periodic.start()
    _keep_at_it(stop, TaskLoop().step, LOOK_EVERY)
    periodic.join(timeout=10)


def start_worker(stop: threading.Event) -> threading.Thread:
    """The worker in a thread of this process; set ``stop``, then join the thread."""
    thread = threading.Thread(target=run_worker, args=(stop,), name="worker", daemon=True)
    thread.start()
    return thread
