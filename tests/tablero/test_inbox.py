"""The inbox: who sees which cases, by which filter, at what cost."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.time import now
from tests.factories import PeticionFactory, UserFactory, desk
from tramites.models import Peticion
from tramites.policies import PeticionPolicy

pytestmark = pytest.mark.django_db
INBOX = "/tablero/bandeja/"
OLD = dt.timedelta(days=60)


def folios(response) -> list[str]:
    """The cases of a page, in its order."""
    return re.findall(r'data-folio="([^"]+)"', response.content.decode())


@pytest.fixture
def cases(obras):
    """One of each: another office's, at the desk, sensitive, mine."""
    return {
        "propio": PeticionFactory(dependencia=obras, at=now()),
        "ajeno": PeticionFactory(at=now()),
        "mesa": PeticionFactory(mesa=True, at=now()),
        "sensible": PeticionFactory(sensible=True, dependencia=obras, at=now()),
        "terminado": PeticionFactory(dependencia=obras, cancelada=True, at=now()),
    }


@pytest.mark.parametrize("rol", list(Rol))
def test_the_list_is_what_the_policy_lets_see(cases, people, sign_in, rol):
    response = sign_in(people[rol]).get(f"{INBOX}?vista=todas")
    visible = PeticionPolicy(people[rol]).visible().values_list("folio", flat=True)
    assert set(folios(response)) == set(visible)


@pytest.mark.parametrize("rol", list(Rol))
def test_every_row_of_the_export_is_in_the_policy_too(cases, people, sign_in, rol):
    response = sign_in(people[rol]).get(f"{INBOX}exportar.csv?vista=todas")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    visible = PeticionPolicy(people[rol]).visible()
    assert {c.folio for c in Peticion.objects.all() if c.folio in text} == {
        c.folio for c in visible
    }


def test_nobody_enters_without_signing_in(obras, client, sign_in):
    assert client.get(INBOX)["Location"].startswith("/cuenta/login/")
    assert folios(sign_in(UserFactory()).get(INBOX)) == []


@pytest.mark.parametrize(
    ("rol", "view"),
    [
        (Rol.ENLACE, "De mi oficina"),
        (Rol.TITULAR, "De mi oficina"),
        (Rol.VENTANILLA, "Por turnar"),
        (Rol.SECRETARIA, "Abiertas"),
        (Rol.CONSULTA, "Abiertas"),
    ],
)
def test_each_role_starts_where_its_work_is(cases, people, sign_in, rol, view):
    html = sign_in(people[rol]).get(INBOX).content.decode()
    current = re.search(r'aria-current="page">([^<]+?) ?(?:<|$)', html.split('id="vistas"')[1])
    assert current.group(1).strip() == view


def test_mine_are_those_i_answer_for(cases, people, sign_in):
    case, me = cases["propio"], people[Rol.ENLACE]
    from tramites import services

    services.accept_peticion(peticion_id=case.pk, actor=me, now=now())
    assert folios(sign_in(me).get(f"{INBOX}?vista=mias")) == [case.folio]


def test_to_assign_is_what_waits_at_the_desk(cases, people, sign_in):
    shown = folios(sign_in(people[Rol.VENTANILLA]).get(f"{INBOX}?vista=por-turnar"))
    assert shown == [cases["mesa"].folio]


def test_overdue_and_due_soon_are_told_apart(obras, people, sign_in):
    late = PeticionFactory(dependencia=obras, at=now() - OLD)
    PeticionFactory(dependencia=obras, at=now())
    browser = sign_in(people[Rol.TITULAR])
    assert folios(browser.get(f"{INBOX}?vista=vencidas")) == [late.folio]
    assert late.folio not in folios(browser.get(f"{INBOX}?vista=por-vencer"))


def test_search_ignores_accents_and_case_and_keeps_to_the_policy(obras, people, sign_in):
    mine = PeticionFactory(dependencia=obras, descripcion="Una Jácara CAÍDA", at=now())
    PeticionFactory(descripcion="otra jacara caida", at=now())
    browser = sign_in(people[Rol.TITULAR])
    assert folios(browser.get(f"{INBOX}?q=jacara+caída")) == [mine.folio]
    assert folios(browser.get(f"{INBOX}?q=nadie")) == []


def test_a_filter_alone_looks_in_every_view(obras, people, sign_in):
    done = PeticionFactory(dependencia=obras, cancelada=True, at=now())
    browser = sign_in(people[Rol.SECRETARIA])
    assert folios(browser.get(f"{INBOX}?estado=cancelada")) == [done.folio]
    assert folios(browser.get(f"{INBOX}?dependencia=obras&estado=turnada")) == []


@pytest.mark.parametrize(
    "query",
    [
        "estado=inventado",
        "semaforo=x",
        "dependencia=no-existe",
        "vista=ninguna",
        "orden=al-reves",
        "desde=ayer",
        "despues=basura",
        "antes=%00%ff",
        "q=%00",
        "q=" + "a" * 5000,
    ],
)
def test_a_broken_address_still_shows_a_list(cases, people, sign_in, query):
    response = sign_in(people[Rol.SECRETARIA]).get(f"{INBOX}?{query}", follow=True)
    assert response.status_code == 200


def test_pages_follow_each_other_without_losing_or_repeating(obras, people, sign_in):
    for _ in range(53):
        PeticionFactory(dependencia=obras, at=now())
    browser = sign_in(people[Rol.TITULAR])
    first = browser.get(f"{INBOX}?vista=todas")
    follow = re.search(r'href="(\?[^"]*despues=[^"]+)"', first.content.decode()).group(1)
    second = browser.get(INBOX + follow.replace("&amp;", "&"))
    assert len(folios(first)) == 50
    assert len(folios(second)) == 3
    assert not set(folios(first)) & set(folios(second))
    back = re.search(r'href="(\?[^"]*antes=[^"]+)"', second.content.decode()).group(1)
    assert folios(browser.get(INBOX + back.replace("&amp;", "&"))) == folios(first)


def test_only_the_first_page_is_live(obras, people, sign_in):
    for _ in range(51):
        PeticionFactory(dependencia=obras, at=now())
    browser = sign_in(people[Rol.TITULAR])
    html = browser.get(f"{INBOX}?vista=todas").content.decode()
    assert "live-changed" in html
    follow = re.search(r'href="(\?[^"]*despues=[^"]+)"', html).group(1).replace("&amp;", "&")
    assert "live-changed" not in browser.get(INBOX + follow).content.decode()


def test_a_nudge_fetches_the_rows_the_counts_and_no_page(cases, people, sign_in):
    browser = sign_in(people[Rol.SECRETARIA])
    response = browser.get(f"{INBOX}?vista=todas&parte=filas", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert folios(response)
    assert 'id="vistas"' in html


def test_the_inbox_costs_the_same_with_a_full_page(
    obras, people, sign_in, django_assert_max_num_queries
):
    browser = sign_in(people[Rol.TITULAR])
    PeticionFactory(dependencia=obras, at=now())
    with django_assert_max_num_queries(22) as few:
        browser.get(INBOX)
    for _ in range(30):
        PeticionFactory(dependencia=obras, atendida=True, at=now())
    with django_assert_max_num_queries(22) as many:
        browser.get(INBOX)
    assert len(many) == len(few)


def test_state_clock_and_due_date_stand_in_the_row(obras, people, sign_in):
    PeticionFactory(dependencia=obras, at=now() - OLD)
    html = sign_in(people[Rol.TITULAR]).get(INBOX).content.decode()
    row = html.split("<tbody")[1].split("</tbody>")[0]
    assert "Turnada" in row
    assert "Vencido" in row
    assert "<time datetime=" in row


def test_no_text_of_the_citizen_is_in_the_export(obras, people, sign_in):
    PeticionFactory(dependencia=obras, descripcion="texto muy privado", at=now())
    response = sign_in(people[Rol.TITULAR]).get(f"{INBOX}exportar.csv")
    text = b"".join(response.streaming_content).decode()
    assert "privado" not in text
    assert response["Content-Disposition"].startswith("attachment")


def test_an_empty_view_says_what_next(obras, people, sign_in):
    browser = sign_in(people[Rol.TITULAR])
    assert "Nada en esta vista" in browser.get(INBOX).content.decode()
    assert "Ningún asunto con esos filtros" in browser.get(f"{INBOX}?q=xyz").content.decode()


def test_oversight_cannot_mark_rows(cases, people, sign_in):
    html = sign_in(people[Rol.CONSULTA]).get(f"{INBOX}?vista=todas").content.decode()
    assert 'name="sel"' not in html
    assert 'name="sel"' in sign_in(people[Rol.SECRETARIA]).get(INBOX).content.decode()


def test_the_desk_home_and_the_navigation_say_what_waits(cases, people, sign_in):
    html = sign_in(people[Rol.VENTANILLA]).get(reverse("tablero:inicio")).content.decode()
    assert cases["mesa"].folio in html
    assert cases["ajeno"].folio not in html
    assert desk().nombre in html


def test_every_filter_is_a_press_away_and_keeps_what_is_in_force(cases, people, sign_in):
    browser = sign_in(people[Rol.SECRETARIA])
    closed = browser.get(f"{INBOX}?estado=turnada").content.decode()
    assert '<input type="hidden" name="estado" value="turnada">' in closed
    assert "<select" not in closed
    opened = browser.get(f"{INBOX}?estado=turnada&filtros=1").content.decode()
    assert '<option value="turnada" selected>' in opened
    assert '<option value="obras">Obras Públicas</option>' in opened
