"""Verification for programs."""

import base64
import hashlib

import pytest

from portal.documents.services import cancel_documento
from portal.documents.signing.detached import verify_seal
from portal.documents.snapshot import grouped, new_code
from tests.documentos.papers import Office, first_step, later, pdf_of
from tests.documents.authority import ready_authority
from tests.factories import load_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    ready_authority()
    load_calendar()
    return Office()


def test_a_document_is_told_with_the_record_of_each_signature(api, office):
    documento = office.signed()
    answer = api.get(f"verificar/{grouped(documento.codigo).lower()}/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["situacion"], told["folio"]) == ("vigente", documento.folio)
    assert told["dependencia"] == {"clave": "sg", "nombre": "Secretaría General"}
    assert told["de_prueba"] is True
    assert told["huella"] == hashlib.sha256(pdf_of(documento)).hexdigest()
    assert told["pdf"].endswith(f"/verificar/{documento.codigo}/pdf/")
    assert documento.destinatario not in answer.content.decode()
    for firma in told["firmas"]:
        certificate = base64.b64decode(firma["certificado"])
        assert verify_seal(firma["cadena_original"], firma["sello"], certificate)


def test_a_file_is_found_by_its_hash_at_every_step_of_signing(api, office):
    documento = office.signed()
    for pdf in (pdf_of(documento), first_step(documento)):
        sha256 = hashlib.sha256(pdf).hexdigest()
        told = api.get("verificar/", sha256=sha256.upper()).json()
        assert told["codigo"] == documento.codigo
        assert sha256 in (told["huella"], *told["anteriores"])


def test_ended_documents_say_so(api, office):
    old = office.signed()
    new = office.signed(replaces=old)
    told = api.get(f"verificar/{old.codigo}/").json()
    assert told["situacion"] == "sustituido"
    assert told["sustituto"] == {"folio": new.folio, "codigo": new.codigo}
    private = office.sealed(confidencial=True)
    cancel_documento(documento_id=private.pk, motivo="Error", actor=office.secretary, now=later(9))
    told = api.get(f"verificar/{private.codigo}/").json()
    assert (told["situacion"], told["motivo"]) == ("cancelado", "")
    assert (told["asunto"], told["pdf"]) == ("", None)


def test_what_may_not_be_known_answers_as_a_wrong_code(api, office):
    half = office.sign(office.appointment())
    answers = []
    for codigo in (new_code(), half.codigo, "hola"):
        answer = api.get(f"verificar/{codigo}/")
        answers.append((answer.status_code, answer.content.decode().replace(codigo, "")))
    assert answers[0][0] == 404
    assert answers[0] == answers[1] == answers[2]
    sha256 = hashlib.sha256(pdf_of(half)).hexdigest()
    assert api.get("verificar/", sha256=sha256).status_code == 404


@pytest.mark.parametrize("query", [{}, {"sha256": "corto"}, {"sha256": "z" * 64}, {"otro": "1"}])
def test_a_hash_that_is_none_is_refused(api, db, query):
    answer = api.get("verificar/", **query)
    assert answer.status_code == 400
    assert "errores" in answer.json()
