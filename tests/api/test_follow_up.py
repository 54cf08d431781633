import datetime as dt

import pytest

from portal.accounts.models import User
from portal.core.time import now
from tramites.models import Peticion
from tramites.services import add_note

from .conftest import filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]
FOLLOW_UP_QUERIES = 8


@pytest.fixture
def acuse(api) -> dict:
    """The receipt of a petition just filed."""
    return api.post("peticiones/", filing(), Idempotency_Key="para-seguimiento").json()


def follow(api, acuse: dict, **changes):
    return api.post("seguimiento/", {"folio": acuse["folio"], "pin": acuse["pin"], **changes})


def test_folio_and_pin_open_the_case_as_its_citizen_reads_it(api, acuse):
    body = follow(api, acuse).json()
    peticion = Peticion.objects.get(folio=acuse["folio"])
    assert body["estado"] == "turnada"
    assert body["estado_texto"] == "La enviamos a la dependencia que debe atenderla."
    assert dt.datetime.fromisoformat(body["proxima_fecha"]) == peticion.vence_en
    assert "Vence el" in body["plazo"]["texto"]
    assert body["plazo"]["cuenta"]
    assert [entry["titulo"] for entry in body["historia"]]
    assert body["respuesta"] is None


def test_folio_is_taken_as_people_write_it(api, acuse):
    assert follow(api, acuse, folio=f" {acuse['folio'].lower()} ").status_code == 200


def test_wrong_folio_and_wrong_pin_have_one_answer(api, acuse):
    wrong_pin = "000000" if acuse["pin"] != "000000" else "111111"
    answers = [
        follow(api, acuse, pin=wrong_pin),
        follow(api, acuse, folio="SJV-2026-999999"),
        follow(api, acuse, folio="\u0000a"[1:], pin="x"),
    ]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


def test_attempts_are_limited_and_say_when_to_come_back(api, acuse):
    statuses = [follow(api, acuse, pin="x").status_code for _ in range(9)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert int(follow(api, acuse)["Retry-After"]) > 0


def test_internal_notes_and_names_of_the_staff_stay_inside(api, acuse):
    peticion = Peticion.objects.get(folio=acuse["folio"])
    clerk = User.objects.get(username="secretaria")
    add_note(peticion_id=peticion.pk, texto="nota reservada", actor=clerk, now=now())
    text = follow(api, acuse).content.decode()
    assert "nota reservada" not in text
    assert clerk.last_name not in text


def test_words_are_english_for_who_asks(api, acuse):
    response = api.post(
        "seguimiento/", {"folio": acuse["folio"], "pin": acuse["pin"]}, Accept_Language="en"
    )
    assert response["Content-Language"] == "en"
    assert "Due on" in response.json()["plazo"]["texto"]


def test_follow_up_costs_a_fixed_number_of_queries(api, acuse, django_assert_max_num_queries):
    with django_assert_max_num_queries(FOLLOW_UP_QUERIES):
        follow(api, acuse)
