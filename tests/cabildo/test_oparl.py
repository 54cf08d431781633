"""The public JSON: every link leads to its object, and nothing private is in it."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.test import Client

from tablero.cabildo.models import Asunto, Integrante, Sesion
from tests.factories import PeticionFactory

from .sitting import Sitting

pytestmark = pytest.mark.django_db
ROOT = "/oparl/1.1/"
BASE = settings.PUBLIC_URL.rstrip("/")


def got(path: str, status: int = 200) -> dict:
    response = Client().get(path.removeprefix(BASE))
    assert response.status_code == status, path
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


@pytest.fixture
def held():
    sitting = Sitting(seats=3, items=2)
    sitting.roll()
    vote = sitting.open(0)
    sitting.cast_all(vote, "fff")
    sitting.close(vote)
    return sitting


def links_of(value) -> set[str]:
    """Every address of OParl in a piece of JSON."""
    if isinstance(value, dict):
        return set().union(*(links_of(v) for v in value.values()), set())
    if isinstance(value, list):
        return set().union(*(links_of(v) for v in value), set())
    return {value} if isinstance(value, str) and value.startswith(f"{BASE}{ROOT}") else set()


def test_every_link_leads_to_an_object_of_its_name(held):
    waiting, seen = {f"{BASE}{ROOT}"}, {}
    while waiting:
        path = waiting.pop()
        seen[path] = got(path)
        waiting |= {link for link in links_of(seen[path]) if link not in seen}
    objects = [found for found in seen.values() if "id" in found]
    assert {found["type"].rpartition("/")[2] for found in objects} == {
        *("System", "Body", "LegislativeTerm", "Organization", "Person", "Membership"),
        *("Meeting", "AgendaItem", "Location", "Paper", "Consultation"),
    }
    for path, found in seen.items():
        assert found.get("id", path) == path


def test_what_was_decided_is_told_of_the_point(held):
    meeting = got(f"{ROOT}meetings/")["data"][0]
    item = next(i for i in meeting["agendaItem"] if i["name"] == held.items[0].titulo)
    assert item["result"] == "Aprobado"
    assert item["resolutionText"] == held.items[0].propuesta
    assert item["number"] == str(item["order"] + 1)
    other = next(i for i in meeting["agendaItem"] if i["name"] == held.items[1].titulo)
    assert "result" not in other


def test_nothing_private_is_told(held):
    peticion = PeticionFactory()
    Asunto.objects.filter(pk=held.items[0].pk).update(
        peticion=peticion, exposicion="La señora Núñez lo pidió."
    )
    Integrante.objects.update(correo="alguien@x.example", domicilio="Calle Fresno 9")
    told = json.dumps(
        [got(f"{ROOT}{name}/") for name in ("organizations", "persons", "meetings", "papers")],
        ensure_ascii=False,
    )
    for word in ("x.example", "Fresno", "Núñez", peticion.folio):
        assert word not in told


def test_of_a_closed_session_only_that_it_was(held):
    Sesion.objects.update(caracter="cerrada", fundamento_cierre="Art. 9")
    meeting = got(f"{ROOT}meetings/")["data"][0]
    assert "agendaItem" not in meeting
    assert got(f"{ROOT}papers/")["data"] == []
    got(f"{ROOT}paper/{held.items[0].pk}/", 404)
    got(f"{ROOT}consultation/{held.point(0).pk}/", 404)
    got(f"{ROOT}agendaitem/{held.point(0).pk}/", 404)


def test_what_is_prepared_is_not_there():
    held = Sitting(seats=3, items=1)
    Sesion.objects.update(estado="preparacion", convocada_en=None)
    assert got(f"{ROOT}meetings/")["data"] == []
    got(f"{ROOT}meeting/{held.sesion.pk}/", 404)


def test_lists_are_filtered_by_their_moments_and_paged(held, monkeypatch):
    def names(query: str) -> int:
        return len(got(f"{ROOT}papers/{query}")["data"])

    early, late = "2001-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
    assert names(f"?modified_since={early}") == names(f"?created_until={late}") == 2
    assert names(f"?modified_since={late}") == names("?created_until=1999-01-01T00:00:00Z") == 0
    moment = (held.now + dt.timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert names(f"?modified_until={moment}") == 2
    for wrong in ("?page=0", "?page=x", "?created_since=ayer", "?modified_since=2026-01-01"):
        assert got(f"{ROOT}papers/{wrong}", 422)["type"].endswith("/Error")
    got(f"{ROOT}papers/?page=9", 404)
    monkeypatch.setattr("tablero.cabildo.oparl.views.PER_PAGE", 1)
    first = got(f"{ROOT}papers/?modified_since={early}")
    assert first["pagination"]["totalPages"] == 2
    assert "prev" not in first["links"]
    second = got(first["links"]["next"])
    assert second["data"] != first["data"]
    assert "next" not in second["links"]


def test_a_list_asks_as_much_of_many_as_of_few(held, django_assert_num_queries):
    for _n in range(3):
        Sitting(seats=3, items=1)
    with django_assert_num_queries(5):
        got(f"{ROOT}meetings/")
    with django_assert_num_queries(4):
        got(f"{ROOT}organizations/")
