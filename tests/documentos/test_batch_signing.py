"""Signing many at once: each whole or not at all, told one by one."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.urls import reverse

from portal.documents.constants import EstadoDocumento
from portal.documents.models import ArchivoDocumento, Documento, Firma
from portal.documents.signing.keys import Signatory
from portal.documents.signing.test_authority import issue_signatory
from tablero.documentos.signing_batch import firmar_lote
from tests.documents.authority import SECRET, SINCE, pair_of
from tests.documents.ready import fresh, waiting
from tests.factories import SuplenciaFactory

from .test_signing_pages import assert_no_secret, text_of

pytestmark = pytest.mark.django_db
COUNT = 4


@pytest.fixture
def address():
    return reverse("documentos:firmar_lote")


@pytest.fixture
def papers(secretary, office):
    return [waiting(secretary, office, secretary, asunto=f"Aviso {n}") for n in range(COUNT)]


def token(documento) -> str:
    return f"{documento.pk}:{documento.huella_contenido}"


def pair_files(who, **changed) -> dict:
    pair = pair_of(str(who), 0)
    posted = {
        "certificado": SimpleUploadedFile("firma.cer", pair.certificate),
        "llave": SimpleUploadedFile("firma.key", pair.key),
        "clave_llave": SECRET,
    }
    return posted | changed


def told(response) -> str:
    """The whole of a page that is sent in pieces."""
    assert response.streaming
    return re.sub(r"\s+", " ", b"".join(response.streaming_content).decode())


def test_what_waits_is_listed_with_the_soonest_first(
    papers, secretary, president, office, signed_in, address
):
    waiting(secretary, office, president, asunto="De otra persona")
    page = text_of(signed_in(secretary).get(address))
    assert all(documento.asunto in page for documento in papers)
    assert "De otra persona" not in page
    assert page.count('name="sel"') == COUNT
    assert page.count("checked") == 0
    assert text_of(signed_in(secretary).get(address + "?todos=1")).count(" checked") == COUNT


def test_who_also_signs_for_somebody_absent_is_told_whose_turn_it_is(
    secretary, president, office, signed_in, address
):
    """In order: first the President's, for whom the Secretary signs; then her own."""
    SuplenciaFactory(ausente=president, suplente=secretary)
    waiting(secretary, office, president, secretary, kind="nombramiento")
    assert "en suplencia de Tomás Villegas" in text_of(signed_in(secretary).get(address))


def test_the_list_asks_no_more_of_the_database_for_more_documents(
    papers, secretary, office, signed_in, address, django_assert_max_num_queries
):
    browser = signed_in(secretary)
    with django_assert_max_num_queries(60) as few:
        browser.get(address)
    for n in range(3):
        waiting(secretary, office, secretary, asunto=f"Otro {n}")
    with django_assert_max_num_queries(len(few)):
        browser.get(address)


def test_the_marked_ones_are_signed_one_by_one(papers, secretary, signed_in, address):
    chosen = papers[:3]
    posted = pair_files(secretary, sel=[token(documento) for documento in chosen])
    page = told(signed_in(secretary).post(address, posted))
    assert [fresh(documento).numero for documento in papers] == [1, 2, 3, None]
    assert page.count("Firmado") >= 3
    assert "3 de 3" in page
    assert "Terminó: 3 documentos firmados" in page
    assert page.index("1 de 3") < page.index("Terminó") < page.index("</html>")
    assert_no_secret(page, secretary)


def test_one_that_cannot_be_signed_says_why_and_the_others_go_on(
    papers, secretary, signed_in, address
):
    content = papers[1].contenido | {"asunto": "Otro"}
    Documento.objects.filter(pk=papers[1].pk).update(contenido=content)
    posted = pair_files(secretary, sel=[token(documento) for documento in papers])
    page = told(signed_in(secretary).post(address, posted))
    assert "no coincide con su huella" in page
    assert f"Terminó: {COUNT - 1} de {COUNT} firmados" in page
    assert [fresh(documento).estado for documento in papers] == [
        EstadoDocumento.FIRMADO,
        EstadoDocumento.EN_FIRMA,
        EstadoDocumento.FIRMADO,
        EstadoDocumento.FIRMADO,
    ]
    assert sorted(Documento.objects.exclude(numero=None).values_list("numero", flat=True)) == [
        1,
        2,
        3,
    ]


def test_a_failure_of_ours_does_not_stop_the_others(
    papers, secretary, signed_in, address, monkeypatch
):
    from tablero.documentos import signing_batch

    real, seen = signing_batch.sign_with, []

    def sometimes(**given):
        seen.append(given["documento_id"])
        if len(seen) == 2:
            raise RuntimeError("out of order")
        return real(**given)

    monkeypatch.setattr(signing_batch, "sign_with", sometimes)
    posted = pair_files(secretary, sel=[token(documento) for documento in papers])
    page = told(signed_in(secretary).post(address, posted))
    assert "falla del sistema" in page
    assert "out of order" not in page
    assert Firma.objects.count() == COUNT - 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"clave_llave": "otra"}, "no abre esta llave"),
        ({"certificado": SimpleUploadedFile("f", b"x")}, "no es un certificado"),
        ({"sel": []}, "Marque al menos un documento"),
    ],
)
def test_a_fault_is_told_before_the_first_signature(
    papers, secretary, signed_in, address, changed, words
):
    posted = pair_files(secretary, sel=[token(papers[0])]) | changed
    response = signed_in(secretary).post(address, posted)
    assert response.status_code == 422
    assert not response.streaming
    page = text_of(response)
    assert words in page
    assert page.count(" checked") == len(changed.get("sel", [1]))
    assert not Firma.objects.exists()


def test_a_certificate_that_is_no_good_is_told_before_the_first(
    papers, secretary, signed_in, address, settings
):
    pair = issue_signatory(
        settings.DOCUMENTS_PKI_DIR,
        name=str(secretary),
        now=SINCE,
        since=SINCE,
        days=30,
        passphrase=SECRET,
    )
    posted = pair_files(
        secretary,
        certificado=SimpleUploadedFile("f.cer", pair.certificate),
        llave=SimpleUploadedFile("f.key", pair.key),
        sel=[token(papers[0])],
    )
    response = signed_in(secretary).post(address, posted)
    assert response.status_code == 422
    assert "venció el" in text_of(response)


def test_a_text_that_changed_since_the_list_is_not_signed(papers, secretary, signed_in, address):
    posted = pair_files(secretary, sel=[f"{papers[0].pk}:{'0' * 64}", token(papers[1])])
    response = signed_in(secretary).post(address, posted)
    assert response.status_code == 422
    assert "ya no espera su firma" in text_of(response)
    assert not Firma.objects.exists()


def test_what_is_cut_short_leaves_whole_signatures_and_no_open_key(
    papers, secretary, rf, address, monkeypatch
):
    closed = []
    real = Signatory.close

    def close(self):
        closed.append(self)
        real(self)

    monkeypatch.setattr(Signatory, "close", close)
    posted = pair_files(secretary, sel=[token(documento) for documento in papers])
    request = rf.post(address, posted)
    request.user, request.csrf_processing_done = secretary, True
    response = firmar_lote(request)
    pieces = iter(response.streaming_content)
    assert b"<html" in next(pieces)
    assert Firma.objects.count() == 0
    next(pieces)
    next(pieces)
    request_finished.disconnect(close_old_connections)  # the test still needs its connection
    response.close()
    request_finished.connect(close_old_connections)
    assert Firma.objects.count() == 2
    assert ArchivoDocumento.objects.filter(clase="firmado").count() == 2
    assert [fresh(documento).estado for documento in papers] == [
        *[EstadoDocumento.FIRMADO] * 2,
        *[EstadoDocumento.EN_FIRMA] * 2,
    ]
    assert closed


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_row_is_on_its_way(papers, secretary, signed_in, address):
    posted = pair_files(secretary, sel=[token(documento) for documento in papers[:2]])
    response = signed_in(secretary).post(address, posted)
    for _piece in response.streaming_content:
        assert not connection.in_atomic_block
    assert Firma.objects.count() == 2
