"""Open cases, in the words by which both databases find their partial index."""

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from tramites.constants import OPEN_STATES
from tramites.models import Peticion


def only_open(queryset: QuerySet[Peticion]) -> QuerySet[Peticion]:
    """
    The rows of ``queryset`` in which somebody still owes an act.

    The condition is written out, not passed as parameters: SQLite uses a partial index only where
    it can read the condition in the statement.
    """
    states = ", ".join(f"'{estado.value}'" for estado in OPEN_STATES)
    table = Peticion._meta.db_table
    written = f'"{table}"."estado" IN ({states})'
    return queryset.filter(RawSQL(written, (), output_field=BooleanField()))  # noqa: S611
