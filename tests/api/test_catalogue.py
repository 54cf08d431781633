import pytest

from portal.core.models import ReglaJuridica
from tramites.models import Colonia, Servicio

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipio")]


def test_index_leads_to_addresses_that_answer(api):
    for path in api.get("").json().values():
        response = api.client.get(path)
        # Verification by file answers by asking for its parameter.
        answers = (400,) if path.endswith("/verificar/") else (200, 401, 405)
        assert response.status_code in answers, path


def test_catalogue_lists_every_open_service_with_its_term(api):
    Servicio.objects.filter(clave="bache").update(activo=False)
    rows = {row["clave"]: row for row in api.get("servicios/").json()["servicios"]}
    assert set(rows) == set(Servicio.objects.filter(activo=True).values_list("clave", flat=True))
    row = rows["luminaria-apagada"]
    rule = ReglaJuridica.objects.get(clave="reporte-10")
    assert row["plazo"] == {
        "texto": "10 días hábiles",
        "cantidad": 10,
        "unidad": "habiles",
        "fundamento": rule.fundamento,
        "silencio": "ninguna",
    }


def test_catalogue_speaks_the_language_that_is_asked_for(api):
    english = api.get("servicios/luminaria-apagada/", headers={"Accept-Language": "en-US,es;q=0.5"})
    body = english.json()
    assert body["nombre"] == "Street light out or flickering"
    assert body["plazo"]["texto"] == "10 business days"
    assert body["preguntas"][0]["opciones"] == ["It is off", "It flickers", "It comes and goes"]
    assert english["Content-Language"] == "en"
    assert "Accept-Language" in english["Vary"]
    spanish = api.get("servicios/luminaria-apagada/", headers={"Accept-Language": "fr, es;q=0.9"})
    assert spanish.json()["nombre"] == "Luminaria apagada o que parpadea"


def test_closed_service_is_not_in_the_catalogue(api):
    Servicio.objects.filter(clave="luminaria-apagada").update(activo=False)
    assert api.get("servicios/luminaria-apagada/").status_code == 404
    assert api.get("servicios/no-existe/").status_code == 404


def test_unchanged_catalogue_is_not_sent_again(api):
    first = api.get("servicios/")
    again = api.get("servicios/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Servicio.objects.filter(clave="luminaria-apagada").update(nombre="Otro nombre")
    changed = api.get("servicios/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_neighbourhoods_come_without_their_polygons(api):
    rows = api.get("colonias/").json()["colonias"]
    assert len(rows) == Colonia.objects.count()
    assert set(rows[0]) == {"clave", "nombre", "cp", "zona"}


def test_catalogue_costs_two_queries(api, django_assert_num_queries):
    with django_assert_num_queries(2):
        api.get("servicios/")
