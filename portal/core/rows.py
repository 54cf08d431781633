"""Reading single rows."""

from typing import Any

from django.db.models import QuerySet


def one_or_none(rows: QuerySet) -> Any:
    """
    The only row of ``rows``, or ``None``. For conditions that at most one row meets: unlike
    ``first()`` it asks the database for no order.

    :raises MultipleObjectsReturned: there are several.
    """
    try:
        return rows.get()
    except rows.model.DoesNotExist:
        return None
