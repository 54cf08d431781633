"""The documents of a case on its page, and the answer that is signed in its act."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.constants import Rol
from portal.core.time import now
from portal.documents.constants import NivelFirma
from portal.documents.models import Documento, Firma
from tests.documents.authority import SECRET, pair_of, ready_authority
from tests.factories import PeticionFactory, ServicioFactory
from tests.factories import fresh as reread
from tramites.constants import Tipo
from tramites.models import Respuesta
from tramites.services.documents import issue_all_owed

from .test_acts import ANSWER, url

pytestmark = pytest.mark.django_db
PASSWORD = "clave segura 9"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    ready_authority()
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head(people):
    """The titular, who knows a password."""
    person = people[Rol.TITULAR]
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def formal(obras):
    service = ServicioFactory(dependencia=obras, tipo=Tipo.PETICION)
    return PeticionFactory(servicio=service, atendida=True, at=now() - dt.timedelta(days=1))


def answer(browser, case, **changes):
    data = ANSWER | {"version": reread(case).version} | changes
    return browser.post(url(case, "responder"), data)


def test_the_form_of_a_formal_answer_asks_for_what_signs_it(obras, head, sign_in, formal):
    browser = sign_in(head)
    html = browser.get(url(formal, "responder")).content.decode()
    assert 'autocomplete="current-password"' in html
    assert "Firmar con mi firma electrónica avanzada" in html
    plain = PeticionFactory(dependencia=obras, atendida=True, at=now() - dt.timedelta(days=1))
    assert "contrasena" not in browser.get(url(plain, "responder")).content.decode()


def test_a_formal_answer_is_signed_with_the_password(head, sign_in, formal):
    response = answer(sign_in(head), formal, contrasena=PASSWORD)
    assert response.status_code == 302
    assert Firma.objects.get().usuario == head
    page = sign_in(head).get(f"/tablero/bandeja/{formal.folio}/").content.decode()
    assert Documento.objects.get().folio in page
    assert "Respuesta firmada" in page


def test_a_formal_answer_may_be_signed_with_ones_own_pair(head, sign_in, formal):
    pair = pair_of(str(head))
    files = {
        "certificado": SimpleUploadedFile("mi.cer", pair.certificate),
        "llave": SimpleUploadedFile("mi.key", pair.key),
    }
    assert answer(sign_in(head), formal, clave_llave=SECRET, **files).status_code == 302
    assert Firma.objects.get().nivel == NivelFirma.AVANZADA


@pytest.mark.parametrize("given", [{}, {"contrasena": "otra"}])
def test_a_wrong_signature_keeps_the_text_and_never_shows_the_password(
    head, sign_in, formal, given
):
    response = answer(sign_in(head), formal, **given)
    html = response.content.decode()
    assert response.status_code == 422
    assert ANSWER["texto"] in html
    assert 'href="#id_contrasena"' in html
    assert 'value="otra"' not in html
    assert not Respuesta.objects.exists()


def test_a_key_that_does_not_open_is_told_beside_it(head, sign_in, formal):
    pair = pair_of(str(head))
    files = {
        "certificado": SimpleUploadedFile("mi.cer", pair.certificate),
        "llave": SimpleUploadedFile("mi.key", pair.key),
    }
    response = answer(sign_in(head), formal, clave_llave="otra", **files)
    assert response.status_code == 422
    assert 'href="#id_clave_llave"' in response.content.decode()
    assert not Respuesta.objects.exists()


def test_without_the_institutions_seal_nothing_is_answered_and_nothing_typed_is_lost(
    head, sign_in, formal, settings, tmp_path
):
    settings.DOCUMENTS_PKI_DIR = tmp_path / "nada"
    response = answer(sign_in(head), formal, contrasena=PASSWORD)
    html = response.content.decode()
    assert response.status_code == 503
    assert "La firma electrónica de la institución no está lista" in html
    assert ANSWER["texto"] in html
    assert reread(formal).estado == "en_atencion"


def test_who_sees_the_case_downloads_its_documents_and_nobody_else(obras, people, head, sign_in):
    case = PeticionFactory(dependencia=obras, prevenida=True, at=now() - dt.timedelta(days=1))
    page = f"/tablero/bandeja/{case.folio}/"
    assert "El documento se está preparando" in sign_in(head).get(page).content.decode()
    assert issue_all_owed(now=now()) == 1
    documento = Documento.objects.get()
    address = f"{page}documento/{documento.codigo}/"
    assert address in sign_in(head).get(page).content.decode()
    response = sign_in(people[Rol.CONSULTA]).get(address)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="{documento.folio}.pdf"'
    assert sign_in(people[Rol.ADMINISTRADOR]).get(address).status_code == 404
    other = PeticionFactory(dependencia=obras, at=now())
    wrong = f"/tablero/bandeja/{other.folio}/documento/{documento.codigo}/"
    assert sign_in(head).get(wrong).status_code == 404
