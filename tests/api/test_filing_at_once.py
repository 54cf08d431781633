"""One key, many callers at the same moment: one folio."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.core.models import FolioSerie
from tramites.models import Peticion

from .conftest import Api, filing, load_municipality

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CALLERS = 6


def file_at_once(keys: list[str], bodies: list[dict]) -> list:
    """File from as many threads, all let go at the same moment."""
    gate = Barrier(len(keys))

    def call(key: str, body: dict):
        gate.wait(timeout=20)
        try:
            return Api().post("peticiones/", body, Idempotency_Key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(call, keys, bodies))


def test_same_submission_sent_at_once_becomes_one_petition():
    load_municipality()
    answers = file_at_once(["una-sola-clave"] * CALLERS, [filing()] * CALLERS)
    assert sorted(answer.status_code for answer in answers) == [200] * (CALLERS - 1) + [201]
    assert len({answer.content for answer in answers}) == 1
    assert Peticion.objects.count() == 1


def test_one_key_with_two_bodies_at_once_keeps_one_and_refuses_the_other():
    load_municipality()
    bodies = [filing(), filing(descripcion="Otra cosa.")]
    answers = file_at_once(["una-sola-clave"] * 2, bodies)
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert Peticion.objects.count() == 1


def test_refused_race_leaves_no_hole_in_the_folios():
    load_municipality()
    file_at_once(["una-sola-clave"] * CALLERS, [filing()] * CALLERS)
    keys = [f"clave-propia-{number}" for number in range(CALLERS)]
    answers = file_at_once(keys, [filing()] * CALLERS)
    assert {answer.status_code for answer in answers} == {201}
    folios = sorted(Peticion.objects.values_list("folio", flat=True))
    assert [int(folio[-6:]) for folio in folios] == list(range(1, CALLERS + 2))
    assert FolioSerie.objects.count() == 1
