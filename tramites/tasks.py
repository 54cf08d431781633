"""Background work on cases. A task is a nudge to look; the rows hold the truth."""

import datetime as dt

from django.db import transaction
from django_tasks import task

from portal.core.errors import UnavailableError
from portal.core.periodic import register_periodic
from portal.core.time import now

from .services.calendar import recompute_open_cases
from .services.closing import conclude_lapsed
from .services.documents import issue_all_owed, issue_owed

PIECE = 200
CONCLUDE_EVERY = 600
ISSUE_EVERY = 60


def register() -> None:
    """Called once, when the app is ready."""
    register_periodic("tramites.conclude", CONCLUDE_EVERY, conclude_lapsed_answers)
    register_periodic("tramites.documents", ISSUE_EVERY, issue_what_is_owed)


def conclude_lapsed_answers(moment: dt.datetime) -> int:
    """Conclude the answers nobody disagreed with in time."""
    return conclude_lapsed(now=moment)


def issue_what_is_owed(moment: dt.datetime) -> int:
    """Issue what no task of an act issued: without a certificate then, or a worker killed."""
    return issue_all_owed(now=moment)


@task()
def issue_owed_document(pendiente_id: int) -> bool:
    """Issue the document of an act as soon as the act is committed; the sweep tries again."""
    try:
        return issue_owed(pendiente_id=pendiente_id, now=now()) is not None
    except UnavailableError:
        return False


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
