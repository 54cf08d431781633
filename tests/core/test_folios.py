"""Folios are gapless per series and year, under concurrent filing and rollbacks."""

import threading

import pytest
from django.db import connections, transaction

from portal.core.folios import format_folio, next_folio, next_number
from portal.core.models import FolioSerie

THREADS, EACH = 8, 25


def test_a_folio_reads_as_series_year_and_number():
    assert format_folio(serie="SJV", ejercicio=2026, number=123) == "SJV-2026-000123"
    assert format_folio(serie="SJV", ejercicio=2026, number=1234567) == "SJV-2026-1234567"


@pytest.mark.django_db
def test_each_series_and_year_counts_from_one():
    assert next_folio(serie="SJV", ejercicio=2026) == "SJV-2026-000001"
    assert next_folio(serie="SJV", ejercicio=2026) == "SJV-2026-000002"
    assert next_folio(serie="SJV", ejercicio=2027) == "SJV-2027-000001"
    assert next_folio(serie="OFI", ejercicio=2026) == "OFI-2026-000001"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_gives_the_number_back():
    assert next_number(serie="SJV", ejercicio=2026) == 1
    with transaction.atomic():
        assert next_number(serie="SJV", ejercicio=2026) == 2
        transaction.set_rollback(True)
    assert next_number(serie="SJV", ejercicio=2026) == 2


@pytest.mark.django_db(transaction=True)
def test_concurrent_filing_leaves_neither_gap_nor_double():
    """Every third act is rolled back; the first ones also race to create the series."""
    kept, failures, barrier = [], [], threading.Barrier(THREADS)

    def file_many(thread: int) -> None:
        barrier.wait()
        try:
            for turn in range(EACH):
                with transaction.atomic():
                    number = next_number(serie="SJV", ejercicio=2026)
                    if (thread + turn) % 3 == 0:
                        transaction.set_rollback(True)
                        continue
                kept.append(number)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file_many, args=(n,)) for n in range(THREADS)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not failures
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert FolioSerie.objects.get().ultimo == len(kept)
