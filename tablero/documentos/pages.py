"""Keyset pages of a list in the order of its ids, newest first."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict


@dataclass(frozen=True)
class Page:
    """``following`` and ``previous`` are cursors, empty at either end."""

    rows: list
    following: str
    previous: str


def page_of(rows: QuerySet, query: QueryDict, *, size: int) -> Page:
    """
    The page that the address asks for: «despues» a row, «antes» of one, or the first.

    A cursor that is no number starts from the newest.
    """
    before, after = (_number(query.get(name, "")) for name in ("antes", "despues"))
    if before:
        found = list(rows.filter(pk__gt=before).order_by("pk")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Page(found, _cursor(found, -1), _cursor(found, 0) if more else "")
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, _cursor(found, -1) if more else "", _cursor(found, 0) if after else "")


def _cursor(rows: list, place: int) -> str:
    return str(rows[place].pk) if rows else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
