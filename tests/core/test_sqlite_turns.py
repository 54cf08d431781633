"""SQLite's writers queue: one at a time, none forgotten, none waiting for ever."""

import sqlite3
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from portal.core.engines.sqlite3 import base
from portal.core.models import FolioSerie, Latido
from tests.factories import NOON

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone lets one write"),
]


def in_threads(call, count: int) -> list:
    """Run ``call(n)`` in threads; what each returned or raised."""
    results: list = [None] * count

    def run(n: int) -> None:
        try:
            results[n] = call(n)
        except Exception as error:
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    return results


def test_all_writers_get_their_turn():
    FolioSerie.objects.create(serie="X", ejercicio=2026)

    def write(n: int) -> None:
        for _ in range(10):
            with transaction.atomic():
                row = FolioSerie.objects.get()
                time.sleep(0.001)
                FolioSerie.objects.update(ultimo=row.ultimo + 1)

    assert in_threads(write, 6) == [None] * 6
    assert FolioSerie.objects.get().ultimo == 60


@pytest.mark.parametrize("way", ["commit", "rollback", "error", "close"])
def test_a_turn_is_given_back_however_the_transaction_ends(way):
    def end(_n: int) -> None:
        with transaction.atomic():
            Latido.objects.create(proceso="uno", visto_en=NOON)
            if way == "rollback":
                transaction.set_rollback(True)
            if way == "error":
                Latido.objects.create(proceso="uno", visto_en=NOON)
            if way == "close":
                connection.close()

    [ended] = in_threads(end, 1)
    assert isinstance(ended, IntegrityError) == (way == "error")
    with transaction.atomic():
        assert not base._turn.acquire(blocking=False)
        Latido.objects.create(proceso="dos", visto_en=NOON)
    assert base._turn.acquire(blocking=False)
    base._turn.release()


@pytest.fixture
def patience():
    """How long this thread's connection waits for its turn, in seconds."""
    options = connection.settings_dict["OPTIONS"]

    def be(seconds: float) -> None:
        connection.settings_dict["OPTIONS"] = {**options, "timeout": seconds}

    yield be
    connection.settings_dict["OPTIONS"] = options


def test_whoever_waits_too_long_for_a_turn_is_told_so(patience):
    patience(0.2)

    def wait(_n: int) -> None:
        with transaction.atomic():
            pass

    with transaction.atomic():
        [refused] = in_threads(wait, 1)
    assert isinstance(refused, OperationalError)


@pytest.fixture
def other():
    """Another process's connection, which has the file to write."""
    connection.ensure_connection()
    name = connection.settings_dict["NAME"]
    other = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_file_that_another_process_writes_is_waited_for(other):
    threading.Timer(0.2, lambda: other.execute("COMMIT")).start()
    with transaction.atomic():
        Latido.objects.create(proceso="luego", visto_en=NOON)
    assert Latido.objects.filter(proceso="luego").exists()


def test_a_file_that_another_process_keeps_is_not_waited_for_for_ever(other, patience):
    patience(0.2)
    with pytest.raises(OperationalError), transaction.atomic():
        pass
    other.execute("COMMIT")
    with transaction.atomic():
        Latido.objects.create(proceso="luego", visto_en=NOON)
