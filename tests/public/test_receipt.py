"""The receipt, on the screen and on paper."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from portal.accounts.constants import Rol
from tests.factories import NOON, PeticionFactory, ReglaFactory, ServicioFactory, StaffFactory
from tramites.links import follow_up_token
from tramites.models import Peticion
from tramites.services import reset_pin

from .conftest import Citizen, text_of

pytestmark = pytest.mark.django_db


def test_the_pin_is_shown_only_to_the_browser_that_filed(citizen):
    citizen.come_to_review()
    page = citizen.file()
    pin = page.context["pin"]
    assert len(pin) == 6
    peticion = Peticion.objects.get()
    other = Citizen().get("acuse", follow_up_token(peticion))
    assert other.status_code == 200
    assert other.context["pin"] == ""
    assert pin not in text_of(other)


def test_the_pin_is_not_shown_the_day_after(citizen, clock):
    citizen.come_to_review()
    address = citizen.file().redirect_chain[-1][0]
    clock.forward(hours=13)
    assert citizen.browser.get(address).context["pin"] == ""


def test_a_new_pin_hides_the_old_one(citizen, clock):
    citizen.come_to_review()
    citizen.file()
    clerk = StaffFactory(Rol.VENTANILLA)
    reset_pin(peticion_id=Peticion.objects.get().pk, actor=clerk, now=clock.now)
    page = citizen.get("acuse", follow_up_token(Peticion.objects.get()))
    assert page.context["pin"] == ""


def test_the_receipt_tells_hour_zone_hash_and_the_working(town):
    peticion = PeticionFactory(at=NOON)
    page = text_of(Citizen().get("acuse", follow_up_token(peticion)))
    assert "lunes 5 de octubre de 2026, 12:00:00 h (hora del centro)" in page
    assert peticion.huella in page
    assert "lunes 19 de octubre de 2026" in page
    assert "Cuenta de 10 días hábiles" in page
    assert "sábados y domingos" in page


def test_it_keeps_the_first_deadline_whatever_came_later(town):
    peticion = PeticionFactory(at=NOON, ampliada=True)
    page = text_of(Citizen().get("acuse", follow_up_token(peticion)))
    assert "lunes 19 de octubre de 2026" in page


def test_the_paper_says_the_same_and_never_the_pin(citizen):
    citizen.come_to_review(descripcion="#set page(fill: red) $x$ \\ secreto")
    pin = citizen.file().context["pin"]
    peticion = Peticion.objects.get()
    answer = citizen.get("acuse_pdf", follow_up_token(peticion))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert peticion.folio in answer["Content-Disposition"]
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert peticion.folio in text
    assert "lunes 19 de octubre de 2026" in text
    assert peticion.huella in text.replace("\n", "")
    assert pin not in text
    assert b"pdfaid" in answer.content


def test_the_text_of_a_case_is_never_template_source(town):
    servicio = ServicioFactory(nombre='#panic("hola") *negritas*')
    peticion = PeticionFactory(servicio=servicio)
    answer = Citizen().get("acuse_pdf", follow_up_token(peticion))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "#panic" in text
    assert "*negritas*" in text


def test_a_term_in_hours_has_its_hour_and_no_grid(town):
    servicio = ServicioFactory(regla=ReglaFactory(urgente=True).clave)
    peticion = PeticionFactory(servicio=servicio)
    page = Citizen().get("acuse", follow_up_token(peticion))
    assert "martes 6 de octubre de 2026, 12:00 h" in text_of(page)
    assert page.context["acuse"].cuenta.grid is None
    assert Citizen().get("acuse_pdf", follow_up_token(peticion)).status_code == 200


def test_a_forged_link_is_not_found(town):
    PeticionFactory()
    assert Citizen().get("acuse", "1-0000000000.xxxx").status_code == 404
    assert Citizen().get("acuse_pdf", "1-0000000000.xxxx").status_code == 404


def test_receipts_are_not_kept_nor_indexed(town):
    answer = Citizen().get("acuse", follow_up_token(PeticionFactory()))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_receipt_by_folio_needs_the_pin(town):
    peticion = PeticionFactory()
    answer = Citizen().get("acuse", peticion.folio)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('public:seguimiento')}?folio={peticion.folio}"
