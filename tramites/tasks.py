"""Background work on cases. A task is a nudge to look; the rows hold the truth."""

import datetime as dt

from django.db import transaction
from django_tasks import task

from portal.core.periodic import register_periodic
from portal.core.time import now

from .services.calendar import recompute_open_cases
from .services.closing import conclude_lapsed

PIECE = 200
CONCLUDE_EVERY = 600


def register() -> None:
    """Called once, when the app is ready."""
    register_periodic("tramites.conclude", CONCLUDE_EVERY, conclude_lapsed_answers)


def conclude_lapsed_answers(moment: dt.datetime) -> int:
    """Conclude the answers nobody disagreed with in time."""
    return conclude_lapsed(now=moment)


@task()
def recompute_terms(fechas: list[str], after_id: int) -> int:
    """Count again one piece of the terms that ``fechas`` (ISO) touch, and ask for the next."""
    days = [dt.date.fromisoformat(text) for text in fechas]
    changed, more = recompute_open_cases(fechas=days, now=now(), after_id=after_id, limit=PIECE)
    if more is not None:
        recompute_in_background(fechas, after_id=more)
    return changed


def recompute_in_background(fechas: list[str], *, after_id: int) -> None:
    """Ask for ``recompute_terms`` in the present transaction, or at once outside one."""
    transaction.on_commit(lambda: recompute_terms.enqueue(fechas, after_id))
