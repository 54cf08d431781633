"""
Full-text search over cases, the same on both databases: every word, by its beginning.

A rare word is looked up in the full-text index. A frequent one is found soonest by walking the
list in its own order and looking at each row, because almost any stretch of it holds a page.
"""

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

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
#: Keeps PostgreSQL from checking the words row by row instead of asking the index once.
_FENCE = {"sqlite": "", "postgresql": " OFFSET 0"}


def index_query(words: list[str]) -> str:
    """The words, each by its beginning, all of them, in the index's own language."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{word}"*' for word in words)
    return " & ".join(f"{word}:*" for word in words)


def search(rows: QuerySet[Peticion], text: str) -> QuerySet[Peticion]:
    """
    Those of ``rows`` that hold every word of ``text``, ignoring accents and case; one query to
    choose how. The words are folded to letters and digits, so nothing in them can be an operator.
    """
    words = search_words(text)
    if not words:
        return rows.none() if text.strip() else rows
    hits, query = _HITS[connection.vendor], index_query(words)
    if _is_rare(hits, query):
        return rows.filter(pk__in=RawSQL(hits + _FENCE[connection.vendor], [query]))  # noqa: S611
    condition = Q()
    for word in words:
        condition &= Q(busqueda__contains=f" {word}")
    return rows.filter(condition)


def _is_rare(hits: str, query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM ({hits} LIMIT {RARE + 1}) AS hits",  # noqa: S608
            [query],
        )
        return cursor.fetchone()[0] <= RARE
