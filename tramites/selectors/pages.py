"""Keyset pages: a cursor says at which row one stands, so no page costs more than the first."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError

SALT = "tramites.cursor"
MAX_CURSOR = 300
MAX_PAGE = 200


@dataclass(frozen=True)
class Page:
    """``next`` and ``previous`` are cursors, ``None`` where there is nothing more."""

    rows: list
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Order:
    """A total order by one moment and the id. ``name`` goes into the cursor."""

    name: str
    field: str
    descending: bool


@dataclass(frozen=True)
class Cursor:
    """The row one stands at, and whether one reads back from it."""

    moment: dt.datetime
    pk: int
    backwards: bool


def read_cursor(text: str | None, order: Order) -> Cursor | None:
    """
    :raises InvalidInputError: not a cursor of ours, or of another order.
    """
    if not text:
        return None
    try:
        name, moment, pk, backwards = signing.loads(text[:MAX_CURSOR], salt=SALT)
        cursor = Cursor(dt.datetime.fromisoformat(moment), int(pk), bool(backwards))
    except (signing.BadSignature, ValueError, TypeError):
        name, cursor = None, None
    if cursor is None or name != order.name:
        line = _("Esta página de la lista ya no sirve. Vuelva al principio.")
        raise InvalidInputError(line, fields={"cursor": [line]})
    return cursor


def write_cursor(row: Any, order: Order, *, backwards: bool) -> str:
    """The cursor of a row."""
    moment = getattr(row, order.field).isoformat()
    return signing.dumps([order.name, moment, row.pk, int(backwards)], salt=SALT)


def keyset_page(
    rows: QuerySet,
    order: Order,
    cursor: str | None,
    page_size: int,
    branches: Sequence[Q] = (),
    read: Callable[[QuerySet], Iterable] = iter,
) -> tuple[list, str | None, str | None]:
    """
    One page of ``rows`` in ``order`` at ``cursor``, with the cursors around it; one query.

    ``branches`` divide ``rows`` into parts that each have an index in this order: the page is then
    made from the first of each part, instead of sorting all of them. ``read`` says what becomes of
    the rows found; it must give the field of ``order`` and ``pk``.
    """
    size = max(1, min(page_size, MAX_PAGE))
    at = read_cursor(cursor, order)
    backwards = at is not None and at.backwards
    descending = order.descending != backwards
    if at is not None:
        rows = rows.filter(_beyond(order.field, at, descending))
    sign = "-" if descending else ""
    rows = rows.order_by(f"{sign}{order.field}", f"{sign}pk")
    if branches:
        rows = rows.filter(_first_of_each(rows, branches, size + 1))
    found: Sequence = list(read(rows[: size + 1]))
    more, page = len(found) > size, list(found[:size])
    if backwards:
        page.reverse()
    has_next = more if not backwards else True
    has_previous = (at is not None) if not backwards else more
    return (
        page,
        write_cursor(page[-1], order, backwards=False) if page and has_next else None,
        write_cursor(page[0], order, backwards=True) if page and has_previous else None,
    )


def _first_of_each(rows: QuerySet, branches: Sequence[Q], count: int) -> Q:
    bare = rows.select_related(None)
    parts = (Q(pk__in=bare.filter(branch).values("pk")[:count]) for branch in branches)
    return reduce(or_, parts)


def _beyond(field: str, at: Cursor, descending: bool) -> Q:
    """Rows past the cursor; the first condition lets an index find where to begin."""
    edge, past = ("lte", "lt") if descending else ("gte", "gt")
    return Q(**{f"{field}__{edge}": at.moment}) & (
        Q(**{f"{field}__{past}": at.moment}) | Q(**{field: at.moment, f"pk__{past}": at.pk})
    )
