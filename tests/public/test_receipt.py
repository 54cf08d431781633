"""The receipt, on the screen and on paper."""

import datetime as dt
import io
import json
import shutil
import subprocess
import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from portal.accounts.constants import Rol
from portal.documents.models import Documento
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from portal.documents.snapshot import grouped
from portal.public.services import seal_recent_receipts
from portal.public.tasks import seal_receipt
from tests.documents.authority import ready_authority
from tests.factories import NOON, PeticionFactory, ReglaFactory, ServicioFactory, StaffFactory
from tramites.links import follow_up_token
from tramites.models import Peticion
from tramites.services import reset_pin
from tramites.services.documents import issue_all_owed

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


# the sealed document


@pytest.fixture
def seal(town, tmp_path, settings):
    """The institution has its certificate."""
    ready_authority()
    return settings.DOCUMENTS_PKI_DIR


def paper(peticion) -> bytes:
    return Citizen().get("acuse_pdf", follow_up_token(peticion)).content


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_receipt_is_sealed_the_first_time_it_is_asked_for_and_stays_the_same(seal):
    peticion = PeticionFactory(at=NOON)
    assert not Documento.objects.exists()
    first, again = paper(peticion), paper(peticion)
    assert first == again
    documento = Documento.objects.get()
    assert (documento.folio, documento.tipo.clave) == (peticion.folio, "acuse")
    assert documento.origen == f"peticion:{peticion.pk}:acuse"
    found = validate_pdf(first, trust=current_trust(), at=NOON)
    assert found
    assert all(status.intact for status in found)
    text = words(first)
    for expected in ("19 de octubre de 2026", "Cuenta de 10 días hábiles", "Siga su asunto"):
        assert expected in text, expected
    assert documento.codigo[:4] in text


def test_one_flipped_byte_is_noticed(seal):
    pdf = bytearray(paper(PeticionFactory(at=NOON)))
    place = len(pdf) // 3
    pdf[place] ^= 1
    found = validate_pdf(bytes(pdf), trust=current_trust(), at=NOON)
    assert not any(status.good and status.intact for status in found)


@pytest.mark.poppler
def test_another_programme_finds_the_seal_whole_and_broken(seal, tmp_path):
    pdf = paper(PeticionFactory(at=NOON))
    assert "Signature is Valid" in _pdfsig(tmp_path / "acuse.pdf", pdf)
    place = len(pdf) // 3
    broken = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert "Signature is Valid" not in _pdfsig(tmp_path / "roto.pdf", broken)


def _pdfsig(path, pdf: bytes) -> str:
    path.write_bytes(pdf)
    done = subprocess.run(
        [shutil.which("pdfsig"), "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return done.stdout


def test_the_page_asks_for_the_seal_once_and_then_shows_its_code(seal):
    peticion = PeticionFactory()
    llave = follow_up_token(peticion)
    for _ in range(3):
        assert "se está sellando" in text_of(Citizen().get("acuse", llave))
    assert not Documento.objects.exists()
    asked = DBTaskResult.objects.get(task_path="portal.public.tasks.seal_receipt")
    assert seal_receipt.func(*asked.args_kwargs["args"]) is True
    documento = Documento.objects.get()
    page = text_of(Citizen().get("acuse", llave))
    assert grouped(documento.codigo) in page
    assert f"/verificar/{documento.codigo}/" in page
    assert "se está sellando" not in page


def test_without_a_certificate_the_paper_says_that_the_seal_follows(seal, settings, tmp_path):
    settings.DOCUMENTS_PKI_DIR = tmp_path / "nada"
    peticion = PeticionFactory()
    assert "se pondrá después" in text_of(Citizen().get("acuse", follow_up_token(peticion)))
    text = words(paper(peticion))
    assert peticion.folio in text
    assert "Todavía no lleva el sello electrónico" in text
    assert not Documento.objects.exists()
    assert seal_recent_receipts(now=NOON + dt.timedelta(minutes=1)) == 0
    settings.DOCUMENTS_PKI_DIR = seal
    assert seal_recent_receipts(now=NOON + dt.timedelta(minutes=1)) == 1
    assert "Todavía no lleva" not in words(paper(peticion))


def test_the_sweep_is_bounded_takes_the_last_days_and_no_imported_history(seal):
    for _ in range(3):
        PeticionFactory(at=NOON)
    PeticionFactory(at=NOON - dt.timedelta(days=9))
    Peticion.objects.filter(pk=PeticionFactory(at=NOON).pk).update(canal="importado")
    moment = NOON + dt.timedelta(minutes=1)
    assert seal_recent_receipts(now=moment, limit=2) == 2
    assert seal_recent_receipts(now=moment, limit=2) == 1
    assert seal_recent_receipts(now=moment, limit=2) == 0


def test_the_sealed_paper_leads_to_the_case_by_its_pin_alone(seal):
    """A sealed paper outlives its PIN, and whoever of the staff reads it is not its citizen."""
    peticion = PeticionFactory()
    paper(peticion)
    extra = Documento.objects.get().contenido["extra"]
    assert extra["url"].endswith(f"/seguimiento/{peticion.folio}/")
    assert follow_up_token(peticion) not in json.dumps(extra)


def test_in_english_the_official_text_stays_spanish_and_a_translation_is_offered(seal):
    peticion = PeticionFactory(at=NOON)
    llave = follow_up_token(peticion)
    page = Client().get(f"/en/acuse/{llave}/")
    assert f"/en/acuse/{llave}/traduccion/" in page.content.decode()
    sealed = Client().get(f"/en/acuse/{llave}/pdf/").content
    assert "lunes 19 de octubre de 2026" in words(sealed)
    text = words(Client().get(f"/en/acuse/{llave}/traduccion/").content)
    assert "Monday, October 19, 2026" in text
    assert "courtesy translation" in text
    assert "/traduccion/" not in text_of(Client().get(f"/acuse/{llave}/"))


def test_the_follow_up_page_lists_each_document_and_serves_it_to_its_citizen_alone(seal):
    peticion, other = PeticionFactory(respondida=True), PeticionFactory()
    page = text_of(Citizen().get("seguimiento_caso", follow_up_token(peticion)))
    assert "El documento se está preparando" in page
    issue_all_owed(now=NOON + dt.timedelta(hours=4))
    documento = Documento.objects.get()
    llave = follow_up_token(peticion)
    page = text_of(Citizen().get("seguimiento_caso", llave))
    assert "El documento se está preparando" not in page
    assert documento.folio in page
    answer = Citizen().get("documento", llave, documento.codigo)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{documento.folio}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content.startswith(b"%PDF")
    assert Citizen().get("documento", follow_up_token(other), documento.codigo).status_code == 404
    assert Citizen().get("documento", peticion.folio, documento.codigo).status_code == 302


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_are_given_the_same_paper(seal):
    peticion = PeticionFactory()
    barrier, got = threading.Barrier(4), []

    def ask() -> None:
        try:
            barrier.wait(10)
            got.append(paper(peticion))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 4
    assert len(set(got)) == 1
    assert Documento.objects.count() == 1
