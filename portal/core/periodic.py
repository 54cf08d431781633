"""Work that comes back: each task once per interval, whatever the number of workers."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from .models import TareaPeriodica

logger = logging.getLogger("ventanilla.periodic")

LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class PeriodicTask:
    """``run(now)`` at most once every ``every``."""

    name: str
    every: dt.timedelta
    run: Callable[[dt.datetime], object]


_tasks: dict[str, PeriodicTask] = {}


def register_periodic(
    name: str, every_seconds: float, run: Callable[[dt.datetime], object]
) -> None:
    """
    Have ``run(now)`` called about every ``every_seconds``; called from ``AppConfig.ready``.

    It must bear being run late, and again after a failure. For something daily, register it every
    hour and let it see for itself whether today's is done.
    """
    _tasks[name] = PeriodicTask(name, dt.timedelta(seconds=every_seconds), run)


def periodic_tasks() -> tuple[PeriodicTask, ...]:
    """Everything registered, in order of registration."""
    return tuple(_tasks.values())


def run_due(now: dt.datetime) -> list[str]:
    """
    Run what is due and return the names of what ran, failures included.

    A failure is logged by its kind and waits for the next interval; it never stops the others.
    """
    last = dict(TareaPeriodica.objects.values_list("nombre", "corrio_en"))
    ran = []
    for task in periodic_tasks():
        if last.get(task.name, LONG_AGO) > now - task.every or not _claim(task, now):
            continue
        ran.append(task.name)
        try:
            task.run(now)
        except Exception as error:
            logger.warning("periodic_failed task=%s error=%s", task.name, type(error).__name__)
            logger.debug("periodic_failed task=%s", task.name, exc_info=True)
    return ran


def _claim(task: PeriodicTask, now: dt.datetime) -> bool:
    """Move the task's last time; of several workers that see it due, one succeeds."""
    TareaPeriodica.objects.bulk_create(
        [TareaPeriodica(nombre=task.name, corrio_en=LONG_AGO)], ignore_conflicts=True
    )
    due = TareaPeriodica.objects.filter(nombre=task.name, corrio_en__lte=now - task.every)
    return due.update(corrio_en=now) == 1
