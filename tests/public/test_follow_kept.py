"""The page of a case is kept, and is never older than what it shows."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.actors import SYSTEM
from portal.core.calendar import Day, publish_calendar_change
from portal.public.follow_kept import pages
from tests.factories import (
    NOON,
    ColoniaFactory,
    DependenciaFactory,
    PeticionFactory,
    StaffFactory,
    citizen_of,
    fresh,
    stored_file,
    worker_of,
)
from tramites import services
from tramites.links import follow_up_token
from tramites.services import Place
from tramites.services.calendar import recompute_citizen_limits

from .conftest import Citizen, text_of

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=")[^"]+')
LATER = NOON + dt.timedelta(hours=5)


@pytest.fixture
def visitor(town):
    return Citizen()


def shown(visitor, peticion, **given) -> str:
    """The page as this browser gets it, without the token of its forms."""
    address = reverse("public:seguimiento_caso", args=[follow_up_token(peticion)])
    return TOKEN.sub(r"\1", text_of(visitor.browser.get(address, **given)))


def made_anew(visitor, peticion, **given) -> str:
    """The same with nothing kept."""
    pages.clear()
    return shown(visitor, peticion, **given)


def close(*days):
    publish_calendar_change(
        add=[Day(day, "Suspensión", "Acuerdo 7/2026", "suspension") for day in days],
        motivo="Contingencia",
        actor=SYSTEM,
        now=LATER,
    )


def assign_elsewhere(case):
    office = DependenciaFactory(nombre="Parques")
    services.assign_peticion(
        peticion_id=case.pk,
        dependencia_id=office.pk,
        motivo="Es de parques.",
        actor=worker_of(case.dependencia),
        now=LATER,
    )


def evidence(case):
    services.attach_evidence(
        peticion_id=case.pk,
        adjuntos=[stored_file()],
        actor=worker_of(case.dependencia),
        now=LATER,
        visible_ciudadano=True,
    )


def answer(case):
    services.answer_peticion(
        peticion_id=case.pk,
        resultado="resuelta",
        texto="Ya quedó.",
        actor=worker_of(case.dependencia),
        now=LATER,
    )


def rename(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


CHANGES = {
    "an answer": ("atendida", answer),
    "a file for the citizen": ("atendida", evidence),
    "a closed day": ("atendida", lambda case: close(dt.date(2026, 10, 12))),
    "another name of its service": ("atendida", lambda c: rename(c.servicio, nombre="Hoyo")),
    "another name of its office": ("atendida", lambda c: rename(c.dependencia, nombre="Vías")),
    "another name of its neighbourhood": ("", lambda c: rename(c.colonia, nombre="Norte")),
    "another name of an office it left": (
        "devuelta",
        lambda c: rename(c.servicio.dependencia, nombre="Vialidades"),
    ),
    "the citizen's agreement": (
        "respondida",
        lambda c: services.conclude_peticion(peticion_id=c.pk, actor=citizen_of(c), now=LATER),
    ),
    "the citizen's withdrawal": (
        "",
        lambda c: services.cancel_peticion(
            peticion_id=c.pk, motivo="Ya no.", actor=citizen_of(c), now=LATER
        ),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_kept_page_follows_every_change(visitor, name):
    situation, change = CHANGES[name]
    colonia = ColoniaFactory(nombre="Sur")
    case = PeticionFactory(
        lugar=Place(direccion="Hidalgo 1", colonia_id=colonia.pk),
        **({situation: True} if situation else {}),
    )
    before = shown(visitor, case)
    assert shown(visitor, case) == before
    change(fresh(case))
    after = shown(visitor, case)
    assert after != before
    assert after == made_anew(visitor, case)


@pytest.mark.parametrize(
    ("situation", "span"),
    [
        pytest.param("atendida", {"days": 1}, id="another day"),
        pytest.param("atendida", {"days": 10}, id="the semaphore turns amber"),
        pytest.param("atendida", {"days": 30}, id="the term ends"),
        pytest.param("respondida", {"days": 40}, id="too late to disagree"),
        pytest.param("prevenida", {"days": 1}, id="waiting for the citizen"),
    ],
)
def test_a_kept_page_does_not_outlive_its_day(visitor, clock, situation, span):
    case = PeticionFactory(**{situation: True})
    before = shown(visitor, case)
    clock.forward(**span)
    after = shown(visitor, case)
    assert after != before
    assert after == made_anew(visitor, case)


def test_the_days_a_citizen_has_move_on_a_kept_page(visitor):
    answered, asked = PeticionFactory(respondida=True), PeticionFactory(prevenida=True)
    before = [shown(visitor, case) for case in (answered, asked)]
    day = dt.date(2026, 10, 8)
    close(day)
    between = [shown(visitor, case) for case in (answered, asked)]
    recompute_citizen_limits(fechas=[day], now=LATER)
    after = [shown(visitor, case) for case in (answered, asked)]
    for case, *texts in zip((answered, asked), before, between, after, strict=True):
        assert texts[0] != texts[2]
        assert texts[2] == made_anew(visitor, case)


def test_a_page_unchanged_costs_the_look_that_says_so(visitor):
    case = PeticionFactory(atendida=True)
    shown(visitor, case)
    with CaptureQueriesContext(connection) as asked:
        shown(visitor, case)
    assert len(asked) == 2


def test_languages_themes_and_ways_in_are_kept_apart(visitor):
    case = PeticionFactory(atendida=True)
    spanish = shown(visitor, case)
    english = text_of(visitor.browser.get(f"/en/seguimiento/{follow_up_token(case)}/"))
    assert 'lang="en"' in english
    visitor.browser.cookies["tema"] = "dark"
    dark = shown(visitor, case)
    assert 'data-theme="dark"' in dark
    assert 'data-theme="dark"' not in spanish
    pin = PeticionFactory.pins[case.pk]
    visitor.post("seguimiento", folio=case.folio, pin=pin)
    by_folio = text_of(visitor.get("seguimiento_caso", case.folio))
    assert follow_up_token(case) not in by_folio
    assert f"/seguimiento/{case.folio}/retirar/" in by_folio


def test_a_kept_page_is_only_for_who_may_see_the_case(visitor):
    case = PeticionFactory(atendida=True)
    pin = PeticionFactory.pins[case.pk]
    visitor.post("seguimiento", folio=case.folio, pin=pin)
    assert case.descripcion in text_of(visitor.get("seguimiento_caso", case.folio))
    assert Citizen().get("seguimiento_caso", case.folio).status_code == 302
    link = reverse("public:seguimiento_caso", args=[follow_up_token(case)])
    assert case.descripcion in text_of(visitor.browser.get(link))
    services.reset_pin(peticion_id=case.pk, actor=StaffFactory("ventanilla"), now=LATER)
    assert visitor.browser.get(link).status_code == 404
    assert visitor.get("seguimiento_caso", case.folio).status_code == 302


def test_two_cases_alike_are_two_pages(visitor):
    one, other = PeticionFactory(atendida=True), PeticionFactory(atendida=True)
    assert one.folio in shown(visitor, one)
    assert one.folio not in shown(visitor, other)


def test_each_browser_gets_its_own_token_and_its_forms_work(town):
    case = PeticionFactory(respondida=True)
    address = reverse("public:seguimiento_caso", args=[follow_up_token(case)])
    browsers = [Client(enforce_csrf_checks=True) for _ in range(2)]
    tokens = []
    for browser in browsers:
        page = text_of(browser.get(address))
        tokens.append(re.search(r'csrfmiddlewaretoken" value="([^"]+)', page).group(1))
        assert browser.cookies["csrftoken"].value
    assert tokens[0] != tokens[1]
    send = {"csrfmiddlewaretoken": tokens[1]}
    assert browsers[1].post(f"{address}resuelto/", send).status_code == 302
    assert browsers[0].post(f"{address}resuelto/", {}).status_code == 403


def test_what_is_said_once_is_not_kept(visitor):
    case = PeticionFactory(respondida=True)
    address = reverse("public:seguimiento_caso", args=[follow_up_token(case)])
    said = text_of(visitor.browser.get(address, {"hecho": "contestado"}))
    assert "Recibimos su respuesta." in said
    assert "Recibimos su respuesta." not in shown(visitor, case)
    assert 'name="robots" content="noindex"' in shown(visitor, case)
    answer = visitor.browser.get(address)
    assert answer["Cache-Control"] == "private, no-store"
