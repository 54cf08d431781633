"""Keeping the calendar: who may, the preview, the change and its history."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.actors import SYSTEM
from portal.core.calendar import current_calendar, load_year
from portal.core.models import CalendarioVersion, DiaInhabil
from portal.core.time import now, today
from tests.accounts.factories import staff
from tests.factories import PeticionFactory

pytestmark = pytest.mark.django_db
KEEPERS = (Rol.ADMINISTRADOR, Rol.SECRETARIA, Rol.JURIDICO)
ADD = "/tablero/ajustes/calendario/agregar/"
FAIR = dt.date(2026, 8, 17)


@pytest.fixture
def keeper(client):
    user = staff(Rol.JURIDICO)
    client.force_login(user)
    return user


@pytest.fixture
def year():
    return load_year(ejercicio=2026, fundamento="LFT, artículo 74", actor=SYSTEM, now=now())


def data(**changes) -> dict:
    return {
        "tipo": "municipal",
        "desde": "2026-08-17",
        "hasta": "",
        "nombre": "Fiesta patronal",
        "fundamento": "Acuerdo de Cabildo 014/2026",
    } | changes


@pytest.mark.parametrize("rol", list(Rol))
def test_only_those_who_keep_the_calendar_open_it(client, rol):
    client.force_login(staff(rol))
    expected = 200 if rol in KEEPERS else 403
    for name in ("inicio", "calendario", "calendario_agregar", "calendario_versiones"):
        assert client.get(reverse(f"ajustes:{name}")).status_code == expected
    response = client.post(ADD, data(publicar="1"))
    assert response.status_code == (302 if rol in KEEPERS else 403)
    assert DiaInhabil.objects.exists() is (rol in KEEPERS)


@pytest.mark.usefixtures("keeper", "year")
def test_the_year_shows_every_day_with_its_basis_in_few_queries(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = client.get("/tablero/ajustes/calendario/?ejercicio=2026").content.decode()
    assert "Día del Trabajo" in page
    assert "LFT art. 74, fracción IV" in page
    assert page.count('<table class="cal">') == 12


@pytest.mark.usefixtures("keeper", "year")
@pytest.mark.parametrize("year", ["1", "99999", "x", "", "-5"])
def test_a_strange_year_shows_one_that_exists(client, year):
    assert client.get("/tablero/ajustes/calendario/", {"ejercicio": year}).status_code == 200


@pytest.mark.usefixtures("keeper", "year")
def test_the_preview_changes_nothing_and_publishing_does(client):
    before = CalendarioVersion.objects.count()
    preview = client.post(ADD, data())
    assert preview.status_code == 200
    assert "Ningún asunto abierto" in preview.content.decode()
    assert CalendarioVersion.objects.count() == before
    assert client.post(ADD, data(publicar="1")).status_code == 302
    assert current_calendar().reason(FAIR)[0] == "Fiesta patronal"


@pytest.mark.usefixtures("keeper", "year")
def test_a_stretch_takes_the_days_that_would_count(client):
    client.post(
        ADD,
        data(desde="2026-12-21", hasta="2026-12-31", nombre="Vacaciones", publicar="1"),
    )
    added = DiaInhabil.objects.filter(nombre="Vacaciones").values_list("fecha", flat=True)
    assert [day.day for day in added] == [21, 22, 23, 24, 28, 29, 30, 31]


@pytest.mark.usefixtures("keeper", "year")
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"desde": "ayer"}, "fecha"),
        ({"nombre": ""}, "nombre"),
        ({"fundamento": ""}, "fundamento"),
        ({"tipo": "fiesta"}, "tipo"),
        ({"hasta": "2026-08-01"}, "anterior"),
        ({"hasta": "2030-08-01"}, "un año"),
        ({"desde": "2026-05-01"}, "cambio"),
        ({"desde": "2026-08-15", "hasta": "2026-08-16"}, "ya son así"),
    ],
)
def test_a_bad_day_is_refused_in_words_and_kept_on_the_form(client, wrong, says):
    response = client.post(ADD, data(**wrong, publicar="1"))
    assert response.status_code == 422
    assert says in str(dict(response.context["form"].errors))
    assert CalendarioVersion.objects.count() == 1


@pytest.mark.usefixtures("keeper", "year")
def test_a_day_is_removed_for_a_stated_reason(client):
    client.post(ADD, data(publicar="1"))
    remove = reverse("ajustes:calendario_quitar", args=[FAIR])
    assert client.get(remove).status_code == 200
    assert client.post(remove, {"motivo": ""}).status_code == 422
    assert client.post(remove, {"motivo": "Acuerdo 020/2026"}).status_code == 302
    assert current_calendar().is_business(FAIR)
    assert client.get(remove).status_code == 404


@pytest.mark.usefixtures("keeper")
def test_a_year_is_loaded_once_and_the_alarm_goes(client):
    this, following = today().year, today().year + 1
    assert "no está cargado" in client.get("/tablero/ajustes/").content.decode()
    for year in (this, following):
        load = reverse("ajustes:calendario_cargar", args=[year])
        assert client.post(load, {"fundamento": "LFT, artículo 74"}).status_code == 302
    assert client.post(load, {"fundamento": "LFT"}).status_code == 409
    assert "cargar el calendario" not in client.get("/tablero/ajustes/").content.decode()


@pytest.mark.usefixtures("year")
def test_the_history_says_who_and_why(client, keeper):
    client.post(ADD, data(publicar="1"))
    page = client.get(reverse("ajustes:calendario_versiones")).content.decode()
    assert str(keeper) in page
    assert "Fiesta patronal. Acuerdo de Cabildo 014/2026" in page


def test_a_day_added_moves_the_open_cases_it_reaches(client):
    """The preview counts them; publishing counts their terms anew."""
    peticion = PeticionFactory()
    due = peticion.vence_en
    client.force_login(staff(Rol.SECRETARIA))
    middle = (peticion.recibida_en + (due - peticion.recibida_en) / 2).date()
    while not current_calendar().is_business(middle):
        middle += dt.timedelta(days=1)
    form = data(desde=middle.isoformat(), nombre="Luto municipal")
    assert client.post(ADD, form).context["asuntos"] == 1
    assert client.post(ADD, form | {"publicar": "1"}).status_code == 302
    peticion.refresh_from_db()
    assert peticion.vence_en > due
    assert peticion.plazos.count() == 2


@pytest.mark.parametrize("rol", list(Rol))
def test_the_alarm_stands_on_the_home_of_those_who_can_mend_it(client, rol):
    client.force_login(staff(rol))
    rings = "El calendario de" in client.get("/tablero/").content.decode()
    assert rings is (rol in KEEPERS)
