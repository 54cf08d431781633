"""What staff pages keep follows every change, and never crosses from one person to another."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.constants import Rol
from portal.accounts.models import User
from portal.core.actors import SYSTEM
from portal.core.calendar import Day, current_calendar, publish_calendar_change
from portal.ui.kept import pieces
from tablero.bandeja.cells import Cells
from tests.factories import (
    NOON,
    ColoniaFactory,
    PeticionFactory,
    StaffFactory,
    fresh,
    worker_of,
)
from tramites import services
from tramites.models import Peticion
from tramites.selectors import InboxFilters, inbox, inbox_lines
from tramites.services import Place

pytestmark = pytest.mark.django_db
ALL = "/tablero/bandeja/?vista=todas"
TOKENS = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')
DRAWN = re.compile(r"\b(fig|mapa)\d+")
CURSOR = re.compile(r"(antes|despues)=[^\"&]+")


@pytest.fixture
def clock(monkeypatch):
    """``clock["now"]`` is the present for every view."""
    held = {"now": NOON.astimezone(dt.UTC) + dt.timedelta(days=1)}
    monkeypatch.setattr("django.utils.timezone.now", lambda: held["now"])
    return held


def shown(browser, address: str) -> str:
    """A page without what is new at every reading."""
    text = browser.get(address).content.decode()
    for pattern in (TOKENS, CURSOR):
        text = pattern.sub(r"\1", text)
    return DRAWN.sub(r"\1", text)


def made_anew(browser, address: str) -> str:
    """The same with nothing kept."""
    pieces.clear()
    return shown(browser, address)


def rename(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def accept(case):
    worker = worker_of(case.dependencia)
    services.accept_peticion(peticion_id=case.pk, actor=worker, now=NOON + dt.timedelta(hours=3))


def close_a_day(case):
    publish_calendar_change(
        add=[Day(dt.date(2026, 10, 12), "Suspensión", "Acuerdo 7/2026", "suspension")],
        motivo="Contingencia",
        actor=SYSTEM,
        now=NOON + dt.timedelta(hours=4),
    )


CHANGES = {
    "somebody takes it": accept,
    "a closed day": close_a_day,
    "its service has another name": lambda case: rename(case.servicio, nombre="Hoyo"),
    "its office has another name": lambda case: rename(case.dependencia, nombre="Vías"),
    "its neighbourhood has another name": lambda case: rename(case.colonia, nombre="Norte"),
}


@pytest.fixture
def case(obras, clock):
    colonia = ColoniaFactory(nombre="Sur")
    place = Place(direccion="Hidalgo 1", colonia_id=colonia.pk)
    return PeticionFactory(dependencia=obras, lugar=place)


def addresses(case) -> list[str]:
    return [ALL, reverse("bandeja:expediente", args=[case.folio]), "/tablero/panel/", "/tablero/"]


@pytest.mark.parametrize("name", CHANGES)
def test_kept_lines_and_pieces_follow_every_change(case, people, sign_in, name):
    browser = sign_in(people[Rol.SECRETARIA])
    before = [shown(browser, address) for address in addresses(case)]
    CHANGES[name](fresh(case))
    after = [shown(browser, address) for address in addresses(case)]
    assert after[0] != before[0]
    assert after[1] != before[1]
    assert after == [made_anew(browser, address) for address in addresses(case)]


def test_who_has_a_case_is_shown_by_the_present_name(case, people, sign_in):
    accept(fresh(case))
    browser = sign_in(people[Rol.SECRETARIA])
    shown(browser, ALL)
    person = fresh(case).responsable
    User.objects.filter(pk=person.pk).update(first_name="Zenaida", last_name="Quiroz Paz")
    assert 'title="Zenaida Quiroz Paz">Zenaida Quiroz<' in shown(browser, ALL)


@pytest.mark.parametrize(
    ("first", "later"),
    [
        pytest.param(0, 1, id="the next day"),
        pytest.param(0, 9, id="the semaphore turns amber"),
        pytest.param(0, 13, id="the term ends"),
        pytest.param(40, 41, id="late by one more day"),
        pytest.param(40, 400, id="another year"),
    ],
)
def test_kept_lines_do_not_outlive_their_day(case, people, sign_in, clock, first, later):
    start = clock["now"]
    for days in (first, later):
        clock["now"] = start + dt.timedelta(days=days)
        browser = sign_in(people[Rol.SECRETARIA])
        pages = [shown(browser, address) for address in addresses(case)]
    assert pages == [made_anew(browser, address) for address in addresses(case)]


def test_days_late_are_counted_by_the_present_calendar(case, people, sign_in, clock):
    clock["now"] += dt.timedelta(days=25)
    browser = sign_in(people[Rol.SECRETARIA])
    before = shown(browser, ALL)
    publish_calendar_change(
        add=[Day(dt.date(2026, 10, 28), "Suspensión", "Acuerdo 9/2026", "suspension")],
        motivo="Contingencia",
        actor=SYSTEM,
        now=clock["now"],
    )
    after = shown(browser, ALL)
    assert re.findall("Vencido, [0-9]+ días", before) != re.findall("Vencido, [0-9]+ días", after)
    assert after == made_anew(browser, ALL)


def test_english_and_spanish_lines_are_kept_apart(case):
    rename(case.servicio, nombre_en="Pothole")
    moment, viewer = NOON + dt.timedelta(days=1), StaffFactory(Rol.SECRETARIA)
    lines = inbox_lines(viewer=viewer, filters=InboxFilters(), now=moment).rows
    cells = Cells(now=moment, calendar=current_calendar(), with_office=True, markable=True)
    for _ in range(2):
        assert "Pothole" not in cells.html(lines)
        with override("en"):
            assert "Pothole" in cells.html(lines)


def test_two_people_on_the_same_page_see_their_own_frame(case, people, sign_in, client):
    pages = {}
    for rol in (Rol.SECRETARIA, Rol.ENLACE, Rol.CONSULTA):
        pages[rol] = shown(sign_in(people[rol]), ALL)
    for rol, page in pages.items():
        assert people[rol].get_full_name() in page
        assert page == made_anew(sign_in(people[rol]), ALL)
        others = [people[other].get_full_name() for other in pages if other != rol]
        assert not [name for name in others if f"<span>{name}" in page]
    assert 'name="sel"' in pages[Rol.SECRETARIA]
    assert 'name="sel"' not in pages[Rol.CONSULTA]


def test_a_kept_frame_carries_the_token_of_who_reads(case, people, sign_in, client):
    forms = {}
    for rol in (Rol.SECRETARIA, Rol.CONSULTA):
        browser = sign_in(people[rol])
        page = browser.get("/tablero/").content.decode()
        forms[rol] = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page).group(1)
    assert len(set(forms.values())) == 2
    assert all(len(token) == 64 for token in forms.values())


@pytest.mark.parametrize("orden", ["recientes", "vence"])
def test_lines_are_the_same_page_as_the_cases(obras, orden):
    made = [
        PeticionFactory(dependencia=obras, at=NOON + dt.timedelta(hours=n), **situation)
        for n, situation in enumerate(({}, {"atendida": True}, {"prevenida": True}, {}, {}))
    ]
    Peticion.objects.filter(pk=made[3].pk).update(direccion="")
    viewer, filters = StaffFactory(Rol.SECRETARIA), InboxFilters(orden=orden)
    moment, cursor = NOON + dt.timedelta(days=3), None
    for _ in range(3):
        asked = {"viewer": viewer, "filters": filters, "now": moment, "page_size": 2}
        cases = inbox(**asked, cursor=cursor)
        lines = inbox_lines(**asked, cursor=cursor)
        assert [line.pk for line in lines.rows] == [row.pk for row in cases.rows]
        for line, row in zip(lines.rows, cases.rows, strict=True):
            assert line.semaforo(moment) == row.semaforo(moment)
            assert line.abierta == row.abierta
            assert line.servicio == str(row.servicio)
            assert line.responsable == str(row.responsable or "")
        cursor = lines.next
    assert cursor is None
