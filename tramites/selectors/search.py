"""
Full-text search over cases, the same on both databases: every word, by its beginning.

A rare word is looked up in the full-text index. A frequent one is found soonest by walking the
list in its own order and looking at each row, because almost any stretch of it holds a page.
"""

import json

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Least, StrIndex
from django.db.models.lookups import GreaterThan

from ..models import Peticion
from ..text import search_words

#: Up to so many hits the index is asked; over it, the list is walked.
RARE = 2000

_HITS = {
    "sqlite": "SELECT rowid FROM tramites_peticion_fts WHERE tramites_peticion_fts MATCH %s",
    "postgresql": (
        "SELECT id FROM tramites_peticion"
        " WHERE to_tsvector('simple', busqueda) @@ to_tsquery('simple', %s)"
    ),
}
#: The ids that the index gave, as a table: one parameter, however many they are.
_GIVEN = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}


def index_query(words: list[str]) -> str:
    """The words, each by its beginning, all of them, in the index's own language."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{word}"*' for word in words)
    return " & ".join(f"{word}:*" for word in words)


def search(rows: QuerySet[Peticion], text: str) -> QuerySet[Peticion]:
    """
    Those of ``rows`` that hold every word of ``text``, ignoring accents and case; one query to ask
    the index. The words are folded to letters and digits, so nothing in them can be an operator.
    """
    words = search_words(text)
    if not words:
        return rows.none() if text.strip() else rows
    found = _hits(words)
    if len(found) <= RARE:
        given = json.dumps(found) if connection.vendor == "sqlite" else found
        return rows.filter(pk__in=RawSQL(_GIVEN[connection.vendor], [given]))  # noqa: S611
    return rows.filter(_holds(words))


def _holds(words: list[str]) -> GreaterThan:
    """
    Whether a row holds every word, looked at row by row.

    Not with LIKE: PostgreSQL takes its pattern for a rare thing whatever the word is, and reads the
    whole table to sort what it finds. Of the place of a text in another it supposes nothing.
    """
    places = [StrIndex("busqueda", Value(f" {word}")) for word in words]
    return GreaterThan(places[0] if len(places) == 1 else Least(*places), Value(0))


def _hits(words: list[str]) -> list[int]:
    """The ids of what the index has for the words, up to one more than ``RARE``."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_HITS[connection.vendor]} LIMIT {RARE + 1}", [index_query(words)])
        return [pk for (pk,) in cursor.fetchall()]
