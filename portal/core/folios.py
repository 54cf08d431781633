"""Folios: gapless per series and year, because the number is taken in the act's own transaction."""

from django.db import IntegrityError, transaction

from .models import FolioSerie
from .rows import one_or_none


@transaction.atomic(savepoint=False)
def next_number(*, serie: str, ejercicio: int) -> int:
    """
    The next number of ``serie`` in the year ``ejercicio``, from 1.

    Must run inside the transaction of the act that uses it: the counter's row stays locked until
    that commits, and a rollback gives the number back.
    """
    for _attempt in range(2):
        row = one_or_none(
            FolioSerie.objects.select_for_update().filter(serie=serie, ejercicio=ejercicio)
        )
        if row is not None:
            break
        try:
            with transaction.atomic():
                row = FolioSerie.objects.create(serie=serie, ejercicio=ejercicio)
            break
        except IntegrityError:
            continue
    row.ultimo += 1
    row.save(update_fields=["ultimo"])
    return row.ultimo


def format_folio(*, serie: str, ejercicio: int, number: int) -> str:
    """``SJV-2026-000123``."""
    return f"{serie}-{ejercicio}-{number:06d}"


def next_folio(*, serie: str, ejercicio: int) -> str:
    """The next folio of the series, formatted. See ``next_number`` for its conditions."""
    number = next_number(serie=serie, ejercicio=ejercicio)
    return format_folio(serie=serie, ejercicio=ejercicio, number=number)
