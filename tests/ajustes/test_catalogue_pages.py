"""The catalogue and the routing table on the screen."""

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from tests.accounts.factories import DependenciaFactory, staff
from tests.factories import (
    PreguntaFactory,
    ReglaFactory,
    ReglaTurnoFactory,
    ServicioFactory,
    TemaFactory,
    ZonaFactory,
)
from tramites.models import Pregunta, ReglaTurno, Servicio, Tema
from tramites.selectors import search_services

pytestmark = pytest.mark.django_db
NEW = "/tablero/ajustes/catalogo/servicios/nuevo/"


@pytest.fixture(autouse=True)
def admin(client):
    user = staff(Rol.ADMINISTRADOR)
    client.force_login(user)
    return user


def facts() -> list[tuple]:
    rows = EventRecord.objects.filter(stream="catalogo").order_by("sequence")
    return [(row.event_type, row.payload.get("campos")) for row in rows]


def service_form(**changes) -> dict:
    return {
        "clave": "bache",
        "nombre": "Bache",
        "descripcion": "Un hoyo en la calle.",
        "tipo": "solicitud",
        "tema": changes.pop("tema", None) or TemaFactory().pk,
        "dependencia": changes.pop("dependencia", None) or DependenciaFactory().pk,
        "regla": ReglaFactory().clave,
        "lugar": "requerido",
        "palabras": "hoyo, pavimento roto",
        "requisitos": "Identificación\n\nComprobante",
        "orden": "10",
        "activo": "on",
    } | changes


def test_a_service_is_added_found_changed_and_closed(client):
    assert client.post(NEW, service_form()).status_code == 302
    service = Servicio.objects.get()
    assert service.requisitos == ["Identificación", "Comprobante"]
    assert search_services("pavimento") == [service]
    form = service_form(nombre="Bache en la calle", tema=service.tema_id)
    form |= {"dependencia": service.dependencia_id}
    form.pop("activo")
    edit = reverse("ajustes:servicio_editar", args=[service.pk])
    assert client.post(edit, form).status_code == 302
    assert facts()[1] == ("ServiceChanged", ["activo", "nombre"])
    client.post(edit, form)
    assert len(facts()) == 2
    assert search_services("pavimento") == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"clave": "con espacios"}, "clave"),
        ({"nombre": ""}, "nombre"),
        ({"regla": "no-existe"}, "regla"),
        ({"tipo": "x"}, "tipo"),
        ({"tema": 999_999}, "tema"),
        ({"orden": "-1"}, "orden"),
    ],
)
def test_a_bad_service_is_refused_by_field(client, wrong, field):
    response = client.post(NEW, service_form(**wrong))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Servicio.objects.exists()


def test_an_open_service_needs_an_open_office_and_a_key_of_its_own(client):
    closed = DependenciaFactory(activa=False)
    assert client.post(NEW, service_form(dependencia=closed.pk)).status_code == 422
    ServicioFactory(clave="bache")
    assert client.post(NEW, service_form()).status_code == 422
    assert Servicio.objects.count() == 1


def question(**changes) -> dict:
    return {
        "clave": "tamano",
        "etiqueta": "¿De qué tamaño es?",
        "tipo": "opcion",
        "opciones": "Chico\nGrande",
        "opciones_en": "Small\nLarge",
        "orden": "10",
    } | changes


def test_a_question_is_added_changed_and_taken_off(client):
    service = ServicioFactory()
    new = reverse("ajustes:pregunta_nueva", args=[service.pk])
    assert client.post(new, question()).status_code == 302
    row = Pregunta.objects.get()
    assert row.opciones == ["Chico", "Grande"]
    page = reverse("ajustes:pregunta", args=[service.pk, row.pk])
    assert client.post(page, question(tipo="texto")).status_code == 302
    row.refresh_from_db()
    assert row.opciones == []
    drop = reverse("ajustes:pregunta_quitar", args=[service.pk, row.pk])
    assert client.get(drop).status_code == 200
    client.post(drop)
    assert not Pregunta.objects.exists()
    assert [name for name, _fields in facts()] == [
        "QuestionChanged",
        "QuestionChanged",
        "QuestionRemoved",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opciones": "Una sola"}, "opciones"),
        ({"opciones": "Igual\nIgual"}, "opciones"),
        ({"opciones_en": "Small"}, "opciones_en"),
        ({"etiqueta": ""}, "etiqueta"),
        ({"clave": "ya"}, "clave"),
    ],
)
def test_a_bad_question_is_refused_by_field(client, wrong, field):
    service = ServicioFactory()
    PreguntaFactory(servicio=service, clave="ya")
    response = client.post(reverse("ajustes:pregunta_nueva", args=[service.pk]), question(**wrong))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Pregunta.objects.count() == 1


def test_a_question_of_another_service_is_not_found(client):
    service, other = ServicioFactory(), PreguntaFactory()
    for name in ("pregunta", "pregunta_quitar"):
        address = reverse(f"ajustes:{name}", args=[service.pk, other.pk])
        assert client.post(address, question()).status_code == 404
    assert Pregunta.objects.count() == 1


def test_renaming_a_theme_renames_what_its_services_are_found_by(client):
    service = ServicioFactory()
    theme = service.tema
    form = {"clave": theme.clave, "nombre": "Vialidades", "orden": "10"}
    assert client.post(reverse("ajustes:tema", args=[theme.pk]), form).status_code == 302
    assert Tema.objects.get(pk=theme.pk).nombre == "Vialidades"
    assert search_services("vialidades") == [service]


def test_the_catalogue_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    for _time in range(12):
        ServicioFactory()
    with django_assert_max_num_queries(9):
        assert client.get(reverse("ajustes:catalogo")).status_code == 200


def line_form(**changes) -> dict:
    return {"palabras": "cable", "nota": "Hay un cable caído", "activa": "on"} | changes


def test_a_line_is_added_at_the_end_and_moved(client):
    first = ReglaTurnoFactory(orden=5)
    form = line_form(dependencia=DependenciaFactory().pk)
    assert client.post(reverse("ajustes:turno_nueva"), form).status_code == 302
    last = ReglaTurno.objects.latest("pk")
    assert last.orden == 15
    move = reverse("ajustes:turno_mover", args=[last.pk])
    client.post(move, {"sentido": "subir"})
    client.post(move, {"sentido": "subir"})
    assert list(ReglaTurno.objects.values_list("pk", "orden")) == [(last.pk, 10), (first.pk, 20)]
    client.get(move)
    assert ReglaTurno.objects.first() == last
    assert [name for name, _fields in facts()] == ["RoutingChanged", "RoutingChanged"]


@pytest.mark.parametrize("wrong", [{"palabras": ""}, {"nota": ""}, {"dependencia": "0"}])
def test_a_bad_line_is_refused(client, wrong):
    form = line_form(dependencia=DependenciaFactory().pk)
    assert client.post(reverse("ajustes:turno_nueva"), form | wrong).status_code == 422
    assert not ReglaTurno.objects.exists()


def test_trying_says_which_line_wins_and_changes_nothing(client):
    service, zone = ServicioFactory(), ZonaFactory()
    line = ReglaTurnoFactory(palabras="cable, poste caído", nota="Riesgo eléctrico", orden=10)
    ReglaTurnoFactory(zona=zone, nota="Por la zona", orden=20)
    address = reverse("ajustes:turno")

    def tried(**facts):
        found = client.get(address, {"servicio": service.pk, "canal": "web"} | facts)
        return found.context["prueba"]

    assert tried(texto="Se cayó un CABLE", zona=zone.pk).linea == line
    assert tried(texto="cableado", zona=zone.pk).motivo == "Por la zona"
    nothing = tried(texto="otra cosa")
    assert nothing.linea is None
    assert nothing.dependencia == service.dependencia.nombre
    assert client.get(address, {"servicio": "x"}).status_code == 200
    assert not EventRecord.objects.filter(stream="catalogo").exists()


PAGES = ["catalogo", "servicio_nuevo", "tema_nuevo", "turno", "turno_nueva"]


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.ADMINISTRADOR])
def test_nobody_else_changes_the_catalogue(client, rol):
    client.force_login(staff(rol))
    for name in PAGES:
        assert client.get(reverse(f"ajustes:{name}")).status_code == 403
        assert client.post(reverse(f"ajustes:{name}"), service_form()).status_code == 403
    line = ReglaTurnoFactory()
    assert client.post(reverse("ajustes:turno_mover", args=[line.pk])).status_code == 403
    assert not Servicio.objects.filter(clave="bache").exists()


@pytest.mark.parametrize("name", [*PAGES, "inicio"])
def test_every_page_opens_for_administration(client, name):
    ServicioFactory()
    ReglaTurnoFactory()
    assert client.get(reverse(f"ajustes:{name}")).status_code == 200


@pytest.mark.parametrize(
    "name", ["servicio", "servicio_editar", "tema", "turno_editar", "pregunta_nueva"]
)
def test_what_does_not_exist_is_not_found(client, name):
    assert client.get(reverse(f"ajustes:{name}", args=[999_999])).status_code == 404
