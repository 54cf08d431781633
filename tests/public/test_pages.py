"""Public pages: what they say, what they weigh, and who may keep them."""

import csv
import datetime as dt
import gzip
import io
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from portal.core.calendar import Day
from portal.core.clock import Calendar, NonBusinessDay
from portal.public.notices import next_closure
from portal.public.selectors.figures import by_neighbourhood, monthly_figures
from tests.factories import NOON, PeticionFactory, PreguntaFactory, ServicioFactory
from tramites.services import Place

from .conftest import Citizen, text_of

pytestmark = pytest.mark.django_db
STATIC = ["inicio", "servicios", "presentar", "seguimiento", "plazos", "cifras", "privacidad"]
STATIC += ["accesibilidad", "ayuda"]


@pytest.fixture
def visitor(town):
    return Citizen()


@pytest.mark.parametrize("name", STATIC)
def test_every_public_page_opens_and_is_whole(visitor, name):
    ServicioFactory(clave="datos-arco")
    page = visitor.get(name)
    text = text_of(page)
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert "{%" not in text
    assert "style=" not in text
    assert "<script>" not in text
    assert " onclick" not in text


def test_the_home_page_weighs_less_than_a_hundred_kilobytes_in_ten_requests(visitor):
    ServicioFactory()
    page = visitor.browser.get("/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    weight = len(page.content)
    names = ["ui/ventanilla.css", "ui/ventanilla.js", "ui/emblema.svg", "ui/favicon.svg"]
    for name in names:
        with open(finders.find(name), "rb") as file:
            weight += len(gzip.compress(file.read()))
    assert weight < 100_000
    text = gzip.decompress(page.content).decode()
    assert text.count("<script") + text.count("<link") + text.count("<img") <= 9


def test_the_home_page_has_no_token_so_that_it_can_be_compressed_and_kept(visitor):
    assert "csrfmiddlewaretoken" not in text_of(visitor.get("inicio"))
    assert not visitor.browser.cookies


def test_figures_count_this_month_only(visitor, clock):
    PeticionFactory(at=NOON - dt.timedelta(days=40), respondida=True)
    PeticionFactory(at=NOON - dt.timedelta(days=3), respondida=True)
    PeticionFactory(at=NOON - dt.timedelta(days=3))
    figures = monthly_figures(clock.now)
    assert (figures["recibidas"], figures["respondidas"]) == (2, 1)
    assert figures["en_plazo"] == 100
    assert figures["mediana"] == 0
    assert sum(week["recibidas"] for week in figures["semanas"]) == 3
    assert "Recibimos <b>2 asuntos</b>" in text_of(visitor.get("inicio"))


def test_the_median_is_in_business_days(visitor, clock):
    peticion = PeticionFactory(at=NOON - dt.timedelta(days=3), respondida=True)
    # Friday to Monday is one business day.
    peticion.respondida_en = clock.now
    peticion.save()
    assert monthly_figures(clock.now)["mediana"] == 1


def test_few_cases_of_a_neighbourhood_are_not_told(visitor, clock, town):
    here = Place(direccion="Mina 3", colonia_id=town.pk)
    for _ in range(2):
        PeticionFactory(at=NOON - dt.timedelta(days=1), lugar=here)
    assert by_neighbourhood(clock.now, fewest=3) == []
    assert by_neighbourhood(clock.now, fewest=2)[0]["recibidas"] == 2


def test_reserved_cases_are_not_counted_by_neighbourhood(visitor, clock, town):
    PeticionFactory(
        at=NOON - dt.timedelta(days=1),
        sensible=True,
        lugar=Place(direccion="Mina 3", colonia_id=town.pk),
    )
    assert by_neighbourhood(clock.now, fewest=1) == []


@pytest.mark.parametrize("name", ["cifras_semanas", "cifras_dependencias", "cifras_colonias"])
def test_figures_can_be_taken_along_as_csv(visitor, name):
    PeticionFactory(at=NOON - dt.timedelta(days=1))
    answer = visitor.get(name)
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1


def test_a_service_page_says_term_basis_office_and_whether_names_are_needed(visitor):
    servicio = ServicioFactory(con_contacto=True, requisitos=["Identificación"])
    text = text_of(visitor.get("servicio", servicio.clave))
    assert "Le responden en 10 días hábiles" in text
    assert "artículo 18" in text
    assert str(servicio.dependencia) in text
    assert "hace falta saber a quién responder" in text
    assert "Identificación" in text


def test_closed_services_are_not_listed(visitor):
    ServicioFactory(nombre="Servicio viejo", cerrado=True)
    assert "Servicio viejo" not in text_of(visitor.get("servicios"))
    assert "Servicio viejo" not in text_of(visitor.get("servicios", q="viejo"))


def test_a_search_without_results_offers_the_next_step(visitor):
    assert "con mis palabras" in text_of(visitor.get("servicios", q="zzzz"))


# terms


def test_the_calendar_shows_each_day_with_its_reason(visitor):
    text = text_of(visitor.get("plazos"))
    assert "Navidad" in text
    assert "LFT" in text


def test_a_term_is_computed_with_its_working(visitor):
    page = visitor.get("plazos", desde="2026-12-23", cantidad="10", unidad="habiles")
    text = text_of(page)
    assert "viernes 8 de enero de 2027" in text
    assert "Navidad" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"desde": "ayer", "cantidad": "10", "unidad": "habiles"}, "Escriba una fecha"),
        ({"desde": "2026-12-23", "cantidad": "0", "unidad": "habiles"}, "1 o más"),
        ({"desde": "2026-12-23", "cantidad": "9999", "unidad": "habiles"}, "400 o menos"),
        ({"desde": "0001-01-01", "cantidad": "1", "unidad": "habiles"}, "1900"),
        ({"desde": "2026-12-23", "cantidad": "1", "unidad": "siglos"}, "siglos"),
    ],
)
def test_a_term_that_cannot_be_computed_says_why(visitor, query, words):
    page = visitor.get("plazos", **query)
    assert page.status_code == 422
    assert words in text_of(page)


def test_a_long_closure_is_announced_without_its_weekends():
    days = [dt.date(2026, 12, day) for day in range(21, 32)]
    calendar = Calendar(dias={day: NonBusinessDay(day, "Vacaciones", "Acuerdo") for day in days})
    assert next_closure(calendar, dt.date(2026, 12, 1)) == (days[0], days[-1])
    assert next_closure(calendar, dt.date(2026, 6, 1)) is None
    assert next_closure(Calendar(), dt.date(2026, 12, 1)) is None
    assert Day is not None


# small files


def test_robots_keep_out_of_cases(visitor):
    text = text_of(visitor.get("robots"))
    assert "Disallow: /seguimiento/" in text
    assert "Sitemap: http" in text


def test_the_sitemap_lists_open_services(visitor):
    servicio = ServicioFactory()
    text = text_of(visitor.get("sitemap"))
    assert reverse("public:servicio", args=[servicio.clave]) in text
    assert text.startswith("<?xml")


def test_the_map_serves_polygons_that_may_be_kept(visitor):
    answer = visitor.get("colonias")
    data = json.loads(answer.content)
    assert data["features"][0]["properties"] == {"clave": "centro", "nombre": "Centro"}
    assert "max-age" in answer["Cache-Control"]


def test_manifest_and_security_contact(visitor):
    assert json.loads(visitor.get("manifest").content)["short_name"] == "Ventanilla"
    assert "Contact: mailto:" in text_of(visitor.get("security"))


@pytest.mark.parametrize("name", ["seguimiento", "presentar"])
def test_pages_of_one_person_are_not_kept(visitor, name):
    answer = visitor.get(name)
    assert "no-store" in answer["Cache-Control"]


def test_without_signal_only_what_needs_no_more_is_offered(visitor):
    ServicioFactory(nombre="Bache sencillo")
    ServicioFactory(nombre="Con nombre", con_contacto=True)
    PreguntaFactory(servicio=ServicioFactory(nombre="Con pregunta"), requerida=True)
    page = visitor.get("sin_senal")
    text = text_of(page)
    assert "Bache sencillo" in text
    assert "Con nombre" not in text
    assert "Con pregunta" not in text
    assert "csrfmiddlewaretoken" not in text
    assert not visitor.browser.cookies


def test_the_service_worker_keeps_files_that_exist(visitor):
    answer = visitor.get("sw")
    assert answer["Content-Type"].startswith("text/javascript")
    files = re.search(r"FILES = \[(.*)\]", text_of(answer)).group(1)
    addresses = [a.encode().decode("unicode_escape") for a in re.findall(r'"([^"]+)"', files)]
    assert "/presentar/sin-senal/" in addresses
    for address in addresses:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/"))
        else:
            assert visitor.browser.get(address).status_code == 200
