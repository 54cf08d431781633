"""Open cases, in the words by which both databases find their partial index."""

from django.db.models import BooleanField, F, Func, QuerySet

from ..constants import OPEN_STATES
from ..models import Peticion


def is_open() -> Func:
    """
    Whether somebody still owes an act, as a condition for ``filter``.

    The states are written out, not passed as parameters: SQLite uses a partial index only where it
    can read the condition in the statement.
    """
    states = ", ".join(f"'{estado.value}'" for estado in OPEN_STATES)
    template = f"%(expressions)s IN ({states})"
    return Func(F("estado"), template=template, output_field=BooleanField())


def only_open(rows: QuerySet[Peticion]) -> QuerySet[Peticion]:
    """Those of ``rows`` that are open."""
    return rows.filter(is_open())
