"""Signing on its page: what is shown, what is refused at which field, and what is left of a key."""

import base64
import io
import logging
import re
import shutil
import sys
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from portal.accounts.constants import Rol
from portal.core.errors import UnavailableError
from portal.core.models import EventRecord
from portal.documents import services
from portal.documents.constants import EstadoDocumento, NivelFirma
from portal.documents.models import Documento, Firma
from portal.documents.signing.test_authority import revoke
from tests.documents.authority import SECRET, pair_of
from tests.documents.ready import fresh, later, waiting
from tests.documents.test_life import PASSWORD, person
from tests.factories import SuplenciaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def memo(secretary, office):
    return waiting(secretary, office, secretary)


@pytest.fixture
def appointment(secretary, president, office):
    return waiting(secretary, office, president, secretary, kind="nombramiento")


def page_of(documento) -> str:
    return reverse("documentos:firmar", args=[documento.pk])


def pair_files(who, *, number=0, **changed) -> dict:
    """What the form of the advanced signature posts."""
    pair = pair_of(str(who), number)
    posted = {
        "como": "avanzada",
        "certificado": SimpleUploadedFile("firma.cer", pair.certificate),
        "llave": SimpleUploadedFile("firma.key", pair.key),
        "clave_llave": SECRET,
    }
    return posted | changed


def send(browser, documento, **posted):
    return browser.post(page_of(documento), {"huella": documento.huella_contenido} | posted)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def errors_at(response, field: str) -> str:
    """What stands beside a control of the page."""
    found = re.search(rf'id="{field}_error">(.*?)</div>', text_of(response))
    return found.group(1) if found else ""


# what is shown


def test_the_pages_stand_before_the_forms_and_are_those_of_the_document(memo, secretary, signed_in):
    page = text_of(signed_in(secretary).get(page_of(memo)))
    picture = reverse("documentos:pagina", args=[memo.pk, 1])
    assert page.index(picture) < page.index('<form class="form"')
    shown = signed_in(secretary).get(picture)
    assert shown["Content-Type"] == "image/svg+xml"
    assert memo.huella_contenido in page


def test_a_kind_that_asks_for_an_advanced_signature_offers_no_rubrica(
    appointment, president, signed_in
):
    page = text_of(signed_in(president).get(page_of(appointment)))
    assert 'value="avanzada"' in page
    assert 'value="rubrica"' not in page
    assert "la rúbrica no basta" in page


def test_a_substitute_is_told_for_whom(appointment, president, office, signed_in):
    inés = person(Rol.ENLACE, office, first_name="Inés", last_name="Robledo")
    SuplenciaFactory(ausente=president, suplente=inés)
    browser = signed_in(inés)
    assert "en suplencia de Tomás Villegas" in text_of(browser.get(page_of(appointment)))
    send(browser, appointment, **pair_files(inés))
    assert Firma.objects.get().en_suplencia_de == president
    assert "En suplencia de Tomás Villegas" in text_of(
        browser.get(reverse("documentos:firmado", args=[appointment.pk]))
    )


def test_who_signs_later_is_told_whom_to_wait_for(appointment, secretary, signed_in):
    response = signed_in(secretary).get(page_of(appointment))
    assert response.status_code == 409
    page = text_of(response)
    assert "falta la firma de Tomás Villegas" in page
    assert 'type="file"' not in page


def test_who_is_no_signatory_does_not_get_the_page(memo, office, signed_in):
    assert signed_in(person(Rol.TITULAR, office)).get(page_of(memo)).status_code == 403
    assert signed_in(person(Rol.ENLACE)).get(page_of(memo)).status_code == 404


# signing


def test_an_advanced_signature_shows_what_was_put_and_what_comes_next(
    appointment, president, secretary, signed_in
):
    browser = signed_in(president)
    response = send(browser, appointment, **pair_files(president))
    assert response.status_code == 302
    page = text_of(browser.get(response.url))
    firma = Firma.objects.get()
    assert fresh(appointment).folio in page
    assert firma.certificado_serie in page
    assert firma.sha256 in page
    assert "Elena Villaseñor" in page
    pdf = browser.get(reverse("documentos:pdf", args=[appointment.pk])).content
    assert pdf.startswith(b"%PDF-")


def test_a_rubrica_with_the_password(memo, secretary, signed_in):
    response = send(signed_in(secretary), memo, como="rubrica", contrasena=PASSWORD.contrasena)
    assert response.status_code == 302
    assert Firma.objects.get().nivel == NivelFirma.RUBRICA
    assert fresh(memo).estado == EstadoDocumento.FIRMADO


def test_a_wrong_password_is_told_at_its_field_and_its_end(memo, secretary, signed_in):
    browser = signed_in(secretary)
    for _n in range(6):
        response = send(browser, memo, como="rubrica", contrasena="otra")
        assert response.status_code == 422
        assert "no es la suya" in errors_at(response, "rubrica_contrasena")
    response = send(browser, memo, como="rubrica", contrasena="otra")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Demasiados intentos" in errors_at(response, "rubrica_contrasena")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"clave_llave": "no es ésta"}, "clave_llave", "no abre esta llave"),
        ({"clave_llave": ""}, "clave_llave", "Escriba la contraseña"),
        ({"llave": "other"}, "llave", "no corresponde al certificado"),
        ({"llave": "empty"}, "llave", "está vacío"),
        ({"llave": None}, "llave", "Elija su llave"),
        ({"certificado": "key"}, "certificado", "No es un certificado|archivos están cambiados"),
        ({"certificado": "long"}, "certificado", "más de 100 kB"),
        ({"certificado": "text"}, "certificado", "no es un certificado"),
    ],
)
def test_a_pair_that_does_not_fit_is_told_at_its_field(
    memo, secretary, signed_in, changed, field, words
):
    posted = pair_files(secretary)
    content = {
        "other": pair_of("Otra persona", 1).key,
        "empty": b"",
        "key": pair_of(str(secretary), 0).key,
        "long": b"x" * 120_000,
        "text": b"hola",
    }
    for name, value in changed.items():
        if value is None:
            posted.pop(name)
        else:
            data = content.get(value)
            posted[name] = value if data is None else SimpleUploadedFile("f", data)
    if changed.get("certificado") == "key":
        posted["llave"] = SimpleUploadedFile("f", pair_of(str(secretary), 0).certificate)
    response = send(signed_in(secretary), memo, **posted)
    assert response.status_code == 422
    assert re.search(words, errors_at(response, f"avanzada_{field}"), re.I), text_of(response)
    assert not Firma.objects.exists()


def test_a_revoked_certificate_is_told_at_its_field(memo, secretary, signed_in, settings, tmp_path):

    house = shutil.copytree(settings.DOCUMENTS_PKI_DIR, tmp_path / "pki")
    settings.DOCUMENTS_PKI_DIR = house
    revoke(house, pair_of(str(secretary), 0).serial, later(0))
    response = send(signed_in(secretary), memo, **pair_files(secretary))
    assert response.status_code == 422
    assert "fue revocado el" in errors_at(response, "avanzada_certificado")


def test_a_text_that_changed_is_refused_and_shown_again(memo, secretary, signed_in):
    posted = pair_files(secretary, huella="0" * 64)
    response = signed_in(secretary).post(page_of(memo), posted)
    assert response.status_code == 409
    page = text_of(response)
    assert "El documento cambió desde que usted lo abrió" in page
    assert f'value="{memo.huella_contenido}"' in page
    assert "0" * 64 not in page


def test_signing_twice_says_so(appointment, president, signed_in):
    browser = signed_in(president)
    send(browser, appointment, **pair_files(president))
    response = send(browser, appointment, **pair_files(president))
    assert response.status_code == 409
    assert "Usted ya firmó" in text_of(response)
    assert Firma.objects.count() == 1


def test_a_seal_that_is_not_there_is_told_on_the_page(
    memo, secretary, signed_in, settings, tmp_path
):
    settings.DOCUMENTS_PKI_DIR = tmp_path
    response = send(signed_in(secretary), memo, como="rubrica", contrasena=PASSWORD.contrasena)
    assert response.status_code == UnavailableError.status
    assert "no está lista" in text_of(response)


# refusing


def test_not_signing_sends_it_back_with_the_reason(memo, secretary, signed_in):
    browser = signed_in(secretary)
    address = reverse("documentos:rechazar", args=[memo.pk])
    assert browser.post(address, {"cambios": memo.cambios, "motivo": " "}).status_code == 422
    done = browser.post(address, {"cambios": memo.cambios, "motivo": "Falta la fecha."})
    assert done.status_code == 302
    back = fresh(memo)
    assert back.estado == EstadoDocumento.BORRADOR
    assert back.versiones.last().motivo == "Falta la fecha."
    assert browser.get(page_of(memo)).status_code == 409


def test_what_somebody_signed_is_not_sent_back(appointment, president, secretary, signed_in):
    send(signed_in(president), appointment, **pair_files(president))
    browser = signed_in(secretary)
    address = reverse("documentos:rechazar", args=[appointment.pk])
    assert "no puede volver a borrador" in text_of(browser.get(address))
    posted = {"cambios": fresh(appointment).cambios, "motivo": "Ya no."}
    assert browser.post(address, posted).status_code == 409
    assert fresh(appointment).estado == EstadoDocumento.EN_FIRMA


# secrets

KEY_PIECES = 24


def traces_of(secret: bytes) -> list[str]:
    """How some bytes could read in a log or a report."""
    piece = secret[40 : 40 + KEY_PIECES]
    found = [base64.b64encode(secret[:30]).decode(), piece.hex(), repr(piece)[2:-1]]
    return [*found, secret.decode("latin-1")[40 : 40 + KEY_PIECES]]


def assert_no_secret(text: str, who) -> None:
    pair = pair_of(str(who), 0)
    assert SECRET not in text
    assert not [trace for trace in traces_of(pair.key) if trace in text]


@pytest.fixture
def no_disk(monkeypatch):
    """Making a temporary file fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("a temporary file was made")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)


def test_a_key_never_touches_the_disk_however_the_house_keeps_uploads(
    memo, secretary, signed_in, no_disk, settings
):
    """With everything told to go to disk, this form still does not."""
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    assert send(signed_in(secretary), memo, **pair_files(secretary)).status_code == 302


def test_a_body_beyond_two_key_files_is_not_read(memo, secretary, signed_in, no_disk):
    posted = pair_files(secretary, certificado=SimpleUploadedFile("f.cer", b"x" * 400_000))
    response = send(signed_in(secretary), memo, **posted)
    assert response.status_code == 413
    assert "pesa demasiado" in text_of(response)


def test_the_form_is_guarded_against_forged_posts(memo, secretary):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(secretary)
    assert send(browser, memo, **pair_files(secretary)).status_code == 403
    assert not Firma.objects.exists()


def test_nothing_secret_comes_back_in_a_page_or_its_address(memo, secretary, signed_in):
    browser = signed_in(secretary)
    for changed in ({"huella": "0" * 64}, {"llave": SimpleUploadedFile("f", b"x")}, {}):
        response = send(browser, memo, **pair_files(secretary) | changed)
        assert_no_secret(response.content.decode() + str(response.headers), secretary)
        assert response["Cache-Control"].count("no-store") == 1
    page = text_of(browser.get(reverse("documentos:firmado", args=[memo.pk])))
    assert_no_secret(page, secretary)
    for control in re.findall(r"<input[^>]+type=\"(?:password|file)\"[^>]*>", page):
        assert "value=" not in control


def test_nothing_secret_stays_in_the_database(memo, secretary, signed_in):
    send(signed_in(secretary), memo, **pair_files(secretary))
    kept = [str(vars(row)) for row in (*Firma.objects.all(), *EventRecord.objects.all())]
    kept += [str(vars(row)) for row in Documento.objects.all()]
    assert_no_secret("\n".join(kept), secretary)


@pytest.mark.parametrize("place", ["make", "keep", "open"])
def test_a_failure_while_signing_reports_nothing_secret(
    memo, secretary, signed_in, monkeypatch, caplog, place
):
    """The fullest report that Django can make of it, with the variables of every frame."""
    places = {
        "make": "portal.documents.services.signing.put_signature",
        "keep": "portal.documents.services.signing.keep_file",
        "open": "portal.documents.signing.keys._open_key",
    }

    def fail(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr(places[place], fail)
    reports = []

    def report(sender, request, **kwargs):
        made = ExceptionReporter(request, *sys.exc_info())
        reports.append(made.get_traceback_text() + made.get_traceback_html())

    got_request_exception.connect(report)
    browser = signed_in(secretary)
    browser.raise_request_exception = False
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with caplog.at_level(logging.DEBUG):
        response = send(browser, memo, **pair_files(secretary))
    got_request_exception.disconnect(report)
    assert response.status_code == 500
    assert "out of order" in reports[0]
    for text in (*reports, caplog.text, stderr.getvalue(), response.content.decode()):
        assert_no_secret(text, secretary)


def test_a_service_error_never_carries_what_was_given():
    given = services.Credentials(certificado=b"c", llave=b"llave secreta", clave_llave=SECRET)
    assert_text = repr(given) + str(given)
    assert SECRET not in assert_text
    assert "secreta" not in assert_text
