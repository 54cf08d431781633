"""Folios: gapless per series and year, because the number is taken in the act's own transaction."""

import contextlib

from django.db import IntegrityError, connection, transaction

from .models import FolioSerie
from .rows import one_or_none

_TAKE = (
    "UPDATE core_folioserie SET ultimo = ultimo + 1 WHERE serie = %s AND ejercicio = %s"
    " RETURNING ultimo"
)


@transaction.atomic(savepoint=False)
def next_number(*, serie: str, ejercicio: int) -> int:
    """
    The next number of ``serie`` in the year ``ejercicio``, from 1.

    Must run inside the transaction of the act that uses it: the counter's row stays locked until
    that commits, and a rollback gives the number back.
    """
    while True:
        number = _take(serie, ejercicio)
        if number is not None:
            return number
        _open_series(serie, ejercicio)


def _take(serie: str, ejercicio: int) -> int | None:
    """
    Lock the counter and move it on, in one statement; ``None`` if there is no such counter.

    By hand, because the ORM would need two: every other filing waits while this one has the row.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [serie, ejercicio])
        rows = cursor.fetchall()
    return rows[0][0] if rows else None


def _open_series(serie: str, ejercicio: int) -> None:
    """Make the counter; somebody else may have made it meanwhile."""
    with contextlib.suppress(IntegrityError), transaction.atomic():
        FolioSerie.objects.create(serie=serie, ejercicio=ejercicio)


@transaction.atomic(savepoint=False)
def hold_series(*, serie: str, ejercicio: int) -> None:
    """
    Keep the next number of a series from everybody else until the caller's transaction ends.

    For an act that must know its number before it takes it, and was overtaken too often.
    """
    rows = FolioSerie.objects.select_for_update().filter(serie=serie, ejercicio=ejercicio)
    while one_or_none(rows) is None:
        _open_series(serie, ejercicio)


def upcoming_number(*, serie: str, ejercicio: int) -> int:
    """
    The number that ``next_number`` would give now, without taking it.

    For what must be made before the short transaction that takes it; whoever uses it compares.
    """
    row = one_or_none(FolioSerie.objects.filter(serie=serie, ejercicio=ejercicio))
    return (row.ultimo if row else 0) + 1


def format_folio(*, serie: str, ejercicio: int, number: int) -> str:
    """``SJV-2026-000123``."""
    return f"{serie}-{ejercicio}-{number:06d}"


def next_folio(*, serie: str, ejercicio: int) -> str:
    """The next folio of the series, formatted. See ``next_number`` for its conditions."""
    number = next_number(serie=serie, ejercicio=ejercicio)
    return format_folio(serie=serie, ejercicio=ejercicio, number=number)
