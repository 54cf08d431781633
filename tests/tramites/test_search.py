import sys

import pytest
from django.db import connection

from tests.factories import NOON, PeticionFactory, ServicioFactory
from tramites.models import Peticion
from tramites.selectors import search, search_services
from tramites.services import Contact
from tramites.text import search_words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["index", "walk"])
def way(request, monkeypatch):
    """Both ways of searching must find the same."""
    if request.param == "walk":
        monkeypatch.setattr(sys.modules["tramites.selectors.search"], "RARE", -1)
    return request.param


def found(text):
    return set(search(Peticion.objects.all(), text).values_list("folio", flat=True))


@pytest.fixture
def cases(db):
    servicio = ServicioFactory(nombre="Alumbrado público")
    texts = (
        "Se cayó un ÁRBOL en la calle Peña, junto al jardín.",
        "El arbolado de la avenida está seco.",
        "Fuga de agua; 100% del día.",
    )
    return [PeticionFactory(servicio=servicio, descripcion=text) for text in texts]


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("arbol", {0, 1}),
        ("ÁRBOL", {0, 1}),
        ("árbol peña", {0}),
        ("jard", {0}),
        ("ardin", set()),
        ("alumbrado", {0, 1, 2}),
        ("agua dia", {2}),
        ("100", {2}),
        ("nada que ver", set()),
        ("", {0, 1, 2}),
        ("  ", {0, 1, 2}),
        ('"', set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_every_word_by_its_beginning_without_accents_or_case(cases, way, text, which):
    assert found(text) == {cases[n].folio for n in which}


def test_a_folio_finds_its_case(cases, way):
    assert found(cases[1].folio) == {cases[1].folio}
    assert found(cases[1].folio.lower()) == {cases[1].folio}


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        '" OR "a"*',
        "arbol) OR (agua",
        "arbol NEAR agua",
        "NOT arbol",
        "arbol:*&agua | !x <-> y",
        "busqueda : x",
        "\\ \x00 ' ; DROP TABLE tramites_peticion",
        "* AND OR NOT",
        "{}[]^~!@#$%^&*()",
        "ñ" * 5000,
    ],
)
def test_nothing_in_a_query_is_an_operator(cases, way, text):
    assert found(text) == set()
    assert Peticion.objects.count() == 3


def test_the_index_follows_changes_and_deletions(cases):
    case = Peticion.objects.get(pk=cases[2].pk)
    case.busqueda = " tuberia rota"
    case.save()
    assert found("tuberia") == {case.folio}
    assert found("fuga") == set()


def test_a_change_of_state_does_not_touch_the_index(cases):
    Peticion.objects.filter(pk=cases[0].pk).update(actualizada_en=NOON)
    assert found("arbol pena") == {cases[0].folio}


def test_no_name_or_contact_is_searchable():
    PeticionFactory(contacto=Contact(nombre="Guadalupe Xochitiotzin", correo="gx@c.example"))
    assert found("xochitiotzin") == set()


def test_the_triggers_of_sqlite_survive_every_migration():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            " AND name LIKE 'tramites_peticion_fts%' ORDER BY name"
        )
        names = [row[0] for row in cursor.fetchall()]
    assert names == [
        "tramites_peticion_fts_delete",
        "tramites_peticion_fts_insert",
        "tramites_peticion_fts_update",
    ]


def test_a_query_keeps_at_most_twelve_words():
    assert len(search_words(" ".join(f"w{n}" for n in range(40)))) == 12


def test_services_are_found_by_the_words_a_neighbour_would_use():
    lamp = ServicioFactory(nombre="Luminaria apagada", palabras="foco fundido, luz de la calle")
    ServicioFactory(nombre="Fuga de agua")
    closed = ServicioFactory(nombre="Foco viejo", cerrado=True)
    assert search_services("focó") == [lamp]
    assert search_services("luz calle")[0] == lamp
    assert search_services("foco inexistente")[0] == lamp
    assert closed not in search_services("foco")
    assert search_services("") == []
    assert search_services("zzz") == []
