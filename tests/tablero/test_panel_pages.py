"""The panel: whose figures it shows, at what cost, and as files."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.clock import Calendar
from portal.core.time import now, today
from tablero.panel import selectors
from tests.factories import DependenciaFactory, PeticionFactory, UserFactory
from tramites.models import Peticion

pytestmark = pytest.mark.django_db
PANEL, WALL = "/tablero/panel/", "/tablero/panel/muro/"
ALL = [Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA, Rol.ADMINISTRADOR, Rol.VENTANILLA]


@pytest.fixture
def two_offices(obras):
    parques = DependenciaFactory(nombre="Parques y Jardines")
    PeticionFactory(dependencia=obras, at=now())
    PeticionFactory(dependencia=parques, at=now())
    return obras, parques


@pytest.mark.parametrize("rol", ALL)
@pytest.mark.parametrize("page", [PANEL, WALL])
def test_who_watches_the_house_reads_every_office(two_offices, people, sign_in, rol, page):
    html = sign_in(people[rol]).get(page).content.decode()
    assert "Obras Públicas" in html
    assert "Parques y Jardines" in html


@pytest.mark.parametrize("rol", [Rol.ENLACE, Rol.TITULAR])
@pytest.mark.parametrize("page", [PANEL, WALL])
def test_an_office_reads_its_own_figures(two_offices, people, sign_in, rol, page):
    html = sign_in(people[rol]).get(page).content.decode()
    assert "Obras Públicas" in html
    assert "Parques y Jardines" not in html


@pytest.mark.parametrize("name", ["panel", "muro", "dias_csv", "semaforo_csv"])
def test_a_person_without_a_post_reads_nothing(obras, sign_in, client, name):
    url = reverse(f"panel:{name}")
    assert sign_in(UserFactory()).get(url).status_code == 403
    assert client.get(url).status_code == 302


def test_administration_reads_figures_and_no_case(two_offices, people, sign_in):
    html = sign_in(people[Rol.ADMINISTRADOR]).get(PANEL).content.decode()
    assert "/tablero/bandeja/?" not in html
    for case in Peticion.objects.all():
        assert case.folio not in html


def test_a_sensitive_case_is_counted_and_not_named(obras, sign_in, people):
    case = PeticionFactory(sensible=True, dependencia=obras, at=now() - dt.timedelta(days=60))
    html = sign_in(people[Rol.CONSULTA]).get(PANEL).content.decode()
    assert case.folio not in html
    assert case.folio in sign_in(people[Rol.SECRETARIA]).get(PANEL).content.decode()


@pytest.mark.parametrize(("page", "most"), [(PANEL, 18), (WALL, 14)])
def test_the_panel_costs_the_same_with_ten_times_the_cases(
    obras, people, sign_in, page, most, django_assert_max_num_queries
):
    browser = sign_in(people[Rol.SECRETARIA])
    for moment in (now(), now() - dt.timedelta(days=40)):
        PeticionFactory(dependencia=obras, at=moment)
    with django_assert_max_num_queries(most) as few:
        browser.get(page)
    for _ in range(12):
        PeticionFactory(at=now())
        PeticionFactory(respondida=True, at=now() - dt.timedelta(days=40))
    with django_assert_max_num_queries(most) as many:
        browser.get(page)
    assert len(many) == len(few)


def test_htmx_gets_the_figures_alone(two_offices, people, sign_in):
    browser = sign_in(people[Rol.SECRETARIA])
    part = browser.get(f"{PANEL}?parte=cifras", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="cifras"' in part


def test_the_open_figures_agree_with_the_clock_of_each_case(obras):
    moment = now()
    cases = [
        PeticionFactory(dependencia=obras, at=moment - dt.timedelta(days=days))
        for days in (0, 3, 10, 12, 40)
    ]
    cases.append(PeticionFactory(dependencia=obras, prevenida=True, at=moment))
    load = selectors.load_by_office(offices=None, now=moment)[obras.pk]
    read = [case.semaforo(moment).value for case in cases]
    for status, n in load.semaforo().items():
        assert n == read.count(status), status
    assert load.abiertas == len(cases)


def test_answers_in_and_out_of_time_make_the_share(obras):
    PeticionFactory(dependencia=obras, respondida=True, at=now())
    PeticionFactory(dependencia=obras, respondida=True, at=now())
    late = PeticionFactory(dependencia=obras, atendida=True, at=now() - dt.timedelta(days=40))
    from tramites import services

    services.answer_peticion(
        peticion_id=late.pk, resultado="resuelta", texto="Listo.", actor=late.responsable, now=now()
    )
    load = selectors.load_by_office(offices=None, now=now() + dt.timedelta(days=1))[obras.pk]
    assert load.en_plazo == 67
    assert load.estados["respondida"] == 3


def test_the_series_leaves_no_day_out_and_keeps_to_its_offices(obras):
    PeticionFactory(dependencia=obras, at=now())
    PeticionFactory(at=now())
    days = selectors.daily_series(offices=frozenset({obras.pk}), today=today(), days=30)
    assert [d.fecha for d in days] == [today() - dt.timedelta(days=n) for n in range(29, -1, -1)]
    assert sum(d.recibidas for d in days) == days[-1].recibidas == 1


def test_what_falls_due_stands_under_its_day_and_days_off_have_no_lane(obras, people):
    friday = dt.datetime(2026, 10, 2, 9, 0, tzinfo=now().tzinfo)
    case = PeticionFactory(dependencia=obras, at=friday - dt.timedelta(days=14))
    lanes = selectors.due_lanes(viewer=people[Rol.TITULAR], now=friday, calendar=Calendar())
    assert [lane.fecha.weekday() for lane in lanes] == [4, 0, 1, 2, 3]
    assert [lane.count for lane in lanes] == [1, 0, 0, 0, 0]
    assert lanes[0].cases == [case]


def test_the_csv_of_the_series_is_a_download(two_offices, people, sign_in):
    response = sign_in(people[Rol.TITULAR]).get(reverse("panel:dias_csv") + "?dias=7")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="asuntos-por-dia.csv"'
    assert len(lines) == 8
    assert lines[-1] == f"{today().isoformat()},1,0,0"


def test_an_empty_house_says_what_will_be_here(obras, people, sign_in):
    html = sign_in(people[Rol.SECRETARIA]).get(PANEL).content.decode()
    assert "Todavía no hay asuntos" in html
