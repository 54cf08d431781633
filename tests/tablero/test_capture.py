"""Capture at the counter: one page, one case, whatever happens on the way."""

import datetime as dt
import re

import pytest

from portal.accounts.constants import Rol
from portal.core.time import now
from tests.factories import (
    ColoniaFactory,
    PeticionFactory,
    PreguntaFactory,
    ServicioFactory,
)
from tests.tablero.test_case_page import a_file
from tramites import services
from tramites.models import Peticion
from tramites.services import Place

pytestmark = pytest.mark.django_db
CAPTURE = "/tablero/bandeja/captura/"


@pytest.fixture
def luminaria(obras):
    return ServicioFactory(nombre="Luminaria apagada", dependencia=obras)


@pytest.fixture
def counter(people, sign_in):
    return sign_in(people[Rol.VENTANILLA])


def typed(service, **changed) -> dict:
    return {
        "clave": "0123456789abcdef",
        "servicio": service.pk,
        "canal": "ventanilla",
        "descripcion": "La lámpara lleva apagada desde el jueves.",
        "nombre": "Rosa Elena",
        "telefono": "951 204 4187",
        "direccion": "Benito Juárez 112",
    } | changed


def test_a_case_is_captured_and_its_folio_and_pin_shown(luminaria, counter, people):
    response = counter.post(CAPTURE, typed(luminaria))
    case, html = Peticion.objects.get(), response.content.decode()
    pin = re.search(r'class="pin">([^<]+)<', html).group(1).strip()
    assert response.status_code == 201
    assert case.folio in html
    assert "Capturar otra" in html
    assert case.canal == "ventanilla"
    assert case.capturada_por == people[Rol.VENTANILLA]
    assert case.solicitante.telefono == "+529512044187"
    assert services.open_by_pin(folio=case.folio, pin=pin, address="::1", now=now()) == case


def test_the_same_form_sent_twice_is_one_case_with_the_same_pin(luminaria, counter):
    pins = [
        re.search(r'class="pin">([^<]+)<', counter.post(CAPTURE, typed(luminaria)).content.decode())
        for _ in range(2)
    ]
    assert pins[0].group(1) == pins[1].group(1)
    assert Peticion.objects.count() == 1


def test_the_same_form_sent_with_other_words_is_refused(luminaria, counter):
    counter.post(CAPTURE, typed(luminaria))
    response = counter.post(CAPTURE, typed(luminaria, descripcion="Otra cosa."))
    assert response.status_code == 409
    assert "Otra cosa." in response.content.decode()
    assert Peticion.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "anchor"),
    [
        ({"servicio": ""}, "id_servicio"),
        ({"servicio": "999999"}, "id_servicio"),
        ({"descripcion": ""}, "id_descripcion"),
        ({"descripcion": "x" * 4001}, "id_descripcion"),
        ({"telefono": "12"}, "id_telefono"),
        ({"correo": "no-es-correo"}, "id_correo"),
        ({"canal": "paloma"}, "id_canal"),
    ],
)
def test_what_is_wrong_is_named_and_everything_typed_stays(luminaria, counter, changed, anchor):
    response = counter.post(CAPTURE, typed(luminaria, **changed))
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{anchor}"' in html
    assert "Rosa Elena" in html
    assert not Peticion.objects.exists()


def test_a_closed_service_cannot_be_captured(obras, counter):
    response = counter.post(CAPTURE, typed(ServicioFactory(cerrado=True, dependencia=obras)))
    assert response.status_code == 422
    assert not Peticion.objects.exists()


def test_the_questions_of_the_service_are_asked_and_missing_ones_said(luminaria, counter):
    PreguntaFactory(servicio=luminaria, clave="poste", etiqueta="Número de poste", requerida=True)
    part = counter.get(f"{CAPTURE}preguntas/?servicio={luminaria.pk}").content.decode()
    assert "Número de poste" in part
    refused = counter.post(CAPTURE, typed(luminaria))
    assert refused.status_code == 422
    assert "Número de poste" in refused.content.decode()
    counter.post(CAPTURE, typed(luminaria, **{"pregunta.poste": "A-17"}))
    assert Peticion.objects.get().datos.get().valor == "A-17"


def test_the_same_service_and_colonia_of_these_days_are_suggested(luminaria, counter):
    colonia = ColoniaFactory()
    place = Place(colonia_id=colonia.pk)
    recent = PeticionFactory(servicio=luminaria, lugar=place, at=now() - dt.timedelta(days=3))
    old = PeticionFactory(servicio=luminaria, lugar=place, at=now() - dt.timedelta(days=20))
    elsewhere = PeticionFactory(servicio=luminaria, at=now())
    url = f"{CAPTURE}dicho/?servicio={luminaria.pk}&colonia={colonia.pk}"
    html = counter.get(url).content.decode()
    assert recent.folio in html
    assert old.folio not in html
    assert elsewhere.folio not in html


def test_the_person_is_told_who_answers_and_by_when(luminaria, counter):
    html = counter.get(f"{CAPTURE}dicho/?servicio={luminaria.pk}").content.decode()
    assert "Obras Públicas" in html
    assert "10 días hábiles" in html
    assert "a más tardar el" in html


def test_a_scan_goes_with_the_case(luminaria, counter, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    counter.post(CAPTURE, typed(luminaria, adjuntos=a_file("escrito.pdf")))
    assert Peticion.objects.get().adjuntos.get().nombre == "escrito.pdf"


@pytest.mark.parametrize("rol", [r for r in Rol if r not in (Rol.VENTANILLA, Rol.SECRETARIA)])
@pytest.mark.parametrize("path", ["", "preguntas/", "dicho/"])
def test_only_the_desk_and_the_secretaria_capture(luminaria, people, sign_in, rol, path):
    browser = sign_in(people[rol])
    assert browser.get(CAPTURE + path).status_code == 403
    if not path:
        assert browser.post(CAPTURE, typed(luminaria)).status_code == 403
        assert not Peticion.objects.exists()


def test_without_javascript_the_service_is_a_plain_select(luminaria, counter):
    html = counter.get(CAPTURE).content.decode()
    assert re.search(r'<select name="servicio"[^>]*data-combobox', html)
    assert "Luminaria apagada" in html
