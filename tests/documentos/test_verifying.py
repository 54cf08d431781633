"""What anybody learns by a code or a file, within which limits, and what a hostile file does."""

import datetime as dt
import hashlib
import zlib

import pytest
from django.utils import translation

from portal.core.errors import InvalidInputError, NotFoundError, TooManyAttemptsError
from portal.documents import inspection
from portal.documents.services import (
    cancel_documento,
    check_file,
    page_count,
    verify_code,
    verify_file,
)
from portal.documents.snapshot import grouped
from tests.factories import NOON

from .papers import Office, first_step, flipped, later, pdf_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]
HERE = "192.0.2.7"


@pytest.fixture
def office():
    return Office()


def by_code(codigo: str, *, address: str = HERE, now=NOON):
    return verify_code(codigo=codigo, address=address, now=now)


def by_file(pdf: bytes):
    return verify_file(sha256=hashlib.sha256(pdf).hexdigest(), address=HERE, now=NOON)


def test_a_code_is_understood_however_it_is_typed(office):
    documento = office.sealed()
    typed = grouped(documento.codigo).replace("-", " - ").lower()
    typed = typed.replace("0", "o").replace("1", "l")
    assert by_code(f"  {typed} ").documento == documento


def test_nobody_learns_of_a_document_that_somebody_still_has_to_sign(office):
    documento = office.appointment()
    with pytest.raises(NotFoundError):
        by_code(documento.codigo)
    documento = office.sign(documento)
    with pytest.raises(NotFoundError):
        by_code(documento.codigo)
    with pytest.raises(NotFoundError):
        by_file(pdf_of(documento))


def test_the_file_of_an_earlier_signature_is_known_once_all_have_signed(office):
    documento = office.signed()
    found = by_file(first_step(documento))
    assert found.documento == documento
    assert found.anteriores == (hashlib.sha256(first_step(documento)).hexdigest(),)
    assert found.huella == hashlib.sha256(pdf_of(documento)).hexdigest()
    with pytest.raises(NotFoundError):
        by_file(flipped(pdf_of(documento)))


def test_the_substitute_that_is_named_is_the_one_that_took_its_place(office):
    old = office.signed()
    office.appointment(replaces=old)
    new = office.signed(replaces=old)
    found = by_code(old.codigo)
    assert (found.vigente, found.sustituto_codigo) == (False, new.codigo)
    assert by_code(new.codigo).vigente


@pytest.mark.parametrize("public", [True, False])
def test_why_it_was_cancelled_is_told_only_of_a_public_document(office, public):
    documento = office.signed() if public else office.sealed()
    cancel_documento(
        documento_id=documento.pk, motivo="Error en el cargo", actor=office.secretary, now=later(9)
    )
    found = by_code(documento.codigo)
    assert found.cancelado
    assert found.motivo == ("Error en el cargo" if public else "")


def test_whoever_guesses_gets_no_answer_for_a_while_right_or_wrong(office, settings):
    settings.DOCUMENTS_VERIFY_LIMITS = {"consultas": (100, 60), "fallidas": (3, 600)}
    documento = office.sealed()
    for n in range(3):
        with pytest.raises(NotFoundError):
            by_code(f"{n}" * 20)
    with pytest.raises(TooManyAttemptsError) as refused:
        by_code(documento.codigo)
    assert 0 < refused.value.retry_after <= 600
    assert by_code(documento.codigo, address="192.0.2.8").vigente
    assert by_code(documento.codigo, now=NOON + dt.timedelta(minutes=11)).vigente


def test_reading_many_good_codes_is_no_guessing(office, settings):
    settings.DOCUMENTS_VERIFY_LIMITS = {"consultas": (30, 60), "fallidas": (3, 600)}
    documento = office.sealed()
    for _ in range(30):
        assert by_code(documento.codigo).vigente
    with pytest.raises(TooManyAttemptsError):
        by_code(documento.codigo)


def test_the_work_is_the_same_for_a_wrong_code_a_secret_one_and_no_code(
    office, django_assert_num_queries
):
    hidden = office.appointment()
    for codigo in ("Z" * 20, hidden.codigo, "hola", "", "\x00"):
        with django_assert_num_queries(1), pytest.raises(NotFoundError):
            by_code(codigo)


def test_the_pages_are_counted_once(office, django_assert_num_queries, monkeypatch):
    archivo = by_code(office.sealed().codigo).archivo
    assert page_count(archivo) >= 1
    monkeypatch.setattr("portal.documents.services.verifying.read_file", None)
    assert page_count(archivo) >= 1


# the file itself


def check(pdf: bytes, **more):
    return check_file(pdf=pdf, address=HERE, now=more.get("now", later(60)))


def test_each_signature_says_its_sentence_in_the_readers_language(office):
    pdf = pdf_of(office.signed())
    found = check(pdf)
    assert [status.good for status in found] == [True, True]
    assert "Tomás Villegas el lunes 5 de octubre de 2026 y no ha cambiado" in found[0].sentence
    assert "no tiene valor legal" in found[0].sentence
    with translation.override("en"):
        assert "Monday, 5 October 2026" in check(pdf)[1].sentence
    changed = check(flipped(pdf))
    assert not any(status.good for status in changed)


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"hola", "no_es_pdf"),
        (b"%PDF-1.7\nnada", "pdf_danado"),
        (b"%PDF-" + b"0" * 25_000_000, "pdf_grande"),
    ],
    ids=["no pdf", "broken", "too large"],
)
def test_what_cannot_be_looked_at_is_refused_in_words(db, pdf, code):
    with pytest.raises(InvalidInputError) as refused:
        check(pdf)
    assert refused.value.code == code


def bomb() -> bytes:
    """A file that says it is small: its table unpacks to two gigabytes."""
    packer = zlib.compressobj(1)
    zeros = b"\0" * 10_000_000
    stream = b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()
    head = b"1 0 obj\n<< /Type /XRef /Size 9999999 /W [1 9 9] /Root 1 0 R /Filter /FlateDecode"
    body = b"%%PDF-1.7\n%s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        head,
        len(stream),
        stream,
    )
    return body + b"startxref\n9\n%%EOF"


@pytest.mark.slow
def test_a_file_made_to_exhaust_us_is_given_up_in_time(db, monkeypatch):
    pdf = bomb()
    with pytest.raises(InvalidInputError) as refused:
        check(pdf)
    assert refused.value.code in ("pdf_costoso", "pdf_danado")


def test_a_look_that_does_not_end_is_ended(db, monkeypatch):
    monkeypatch.setattr(inspection, "WALL_SECONDS", 0.01)
    with pytest.raises(InvalidInputError) as refused:
        check(b"%PDF-1.7\n")
    assert refused.value.code == "pdf_costoso"


def test_files_are_looked_at_few_at_a_time(db, monkeypatch):
    monkeypatch.setattr(inspection, "PATIENCE", 0.01)
    for _ in range(inspection.AT_ONCE):
        inspection._places.acquire()
    try:
        with pytest.raises(Exception, match="muchos archivos"):
            check(b"%PDF-1.7\n")
    finally:
        for _ in range(inspection.AT_ONCE):
            inspection._places.release()
