"""Acts on several cases: shown first, done to each on its own, refused one by one."""

import pytest

from portal.accounts.constants import Rol
from portal.core.time import now
from tests.factories import DependenciaFactory, PeticionFactory
from tests.factories import fresh as reread
from tramites import services

pytestmark = pytest.mark.django_db
PREVIEW, APPLY = "/tablero/bandeja/masivo/", "/tablero/bandeja/masivo/aplicar/"


@pytest.fixture
def pair(obras):
    return [PeticionFactory(dependencia=obras, at=now()) for _ in range(2)]


def tokens(cases) -> list[str]:
    return [f"{case.folio}:{case.version}" for case in cases]


def test_the_preview_changes_nothing_and_says_which_cannot(pair, obras, people, sign_in):
    done = PeticionFactory(dependencia=obras, cancelada=True, at=now())
    data = {"acto": "turnar", "sel": [case.folio for case in [*pair, done]]}
    html = sign_in(people[Rol.SECRETARIA]).post(PREVIEW, data).content.decode()
    assert "Turnar: 2 asuntos" in html
    assert "está en «Cancelada»" in html
    assert all(reread(case).version == case.version for case in pair)


def test_cases_of_others_are_neither_shown_nor_touched(pair, people, sign_in):
    hidden = PeticionFactory(at=now())
    browser = sign_in(people[Rol.TITULAR])
    data = {"acto": "atender", "sel": [hidden.folio, pair[0].folio]}
    html = browser.post(PREVIEW, data).content.decode()
    assert hidden.folio not in html
    browser.post(APPLY, {"acto": "atender", "sel": tokens([hidden, pair[0]])})
    assert reread(hidden).estado == "turnada"
    assert reread(pair[0]).responsable == people[Rol.TITULAR]


def test_all_are_handed_on_with_one_reason(pair, people, sign_in):
    office = DependenciaFactory()
    data = {"acto": "turnar", "sel": tokens(pair), "dependencia": office.pk, "motivo": "Le toca."}
    html = sign_in(people[Rol.SECRETARIA]).post(APPLY, data).content.decode()
    assert "Se hizo en 2 asuntos" in html
    assert all(reread(case).dependencia == office for case in pair)


def test_one_that_changed_meanwhile_does_not_hold_up_the_other(pair, people, sign_in):
    stale = tokens(pair)
    services.accept_peticion(peticion_id=pair[0].pk, actor=people[Rol.TITULAR], now=now())
    data = {"acto": "turnar", "sel": stale, "dependencia": DependenciaFactory().pk}
    html = (
        sign_in(people[Rol.SECRETARIA]).post(APPLY, data | {"motivo": "Le toca."}).content.decode()
    )
    assert "Se hizo en 1 asunto." in html
    assert "cambió mientras usted la veía" in html
    assert reread(pair[0]).estado == "en_atencion"


def test_without_a_reason_nothing_is_done(pair, people, sign_in):
    data = {"acto": "turnar", "sel": tokens(pair), "dependencia": DependenciaFactory().pk}
    response = sign_in(people[Rol.SECRETARIA]).post(APPLY, data)
    assert response.status_code == 422
    assert all(reread(case).version == case.version for case in pair)


@pytest.mark.parametrize("act", ["responder", "desechar", "pin", "", "nada"])
def test_other_acts_are_not_done_in_bulk(pair, people, sign_in, act):
    data = {"acto": act, "sel": tokens(pair)}
    for url in (PREVIEW, APPLY):
        assert sign_in(people[Rol.SECRETARIA]).post(url, data).status_code == 404


@pytest.mark.parametrize("rol", [Rol.CONSULTA, Rol.JURIDICO, Rol.ADMINISTRADOR])
def test_oversight_does_nothing_in_bulk(pair, people, sign_in, rol):
    data = {"acto": "atender", "sel": tokens(pair)}
    assert sign_in(people[rol]).post(APPLY, data).status_code == 403


def test_nothing_marked_goes_back_to_the_list(people, sign_in):
    response = sign_in(people[Rol.SECRETARIA]).post(PREVIEW, {"acto": "turnar"})
    assert response["Location"] == "/tablero/bandeja/"


def test_a_mangled_mark_is_passed_over(pair, people, sign_in):
    marks = ["", ":", "x:y", f"{pair[0].folio}:abc", pair[1].folio]
    response = sign_in(people[Rol.TITULAR]).post(APPLY, {"acto": "atender", "sel": marks})
    assert response.status_code == 200
