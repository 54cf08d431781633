"""The pages of verification: what they tell, what they never tell, and to whom they say nothing."""

import hashlib
import re
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from portal.documents.models import Documento
from portal.documents.services import cancel_documento, publish_documento
from portal.documents.signing.pdf import MAX_BYTES
from portal.documents.snapshot import grouped, new_code
from tests.factories import DependenciaFactory

from .papers import Office, first_step, flipped, later, pdf_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar", "clock")]


@pytest.fixture
def office():
    return Office()


def page(client, documento_or_code, name="documento", **query):
    code = getattr(documento_or_code, "codigo", documento_or_code)
    return client.get(reverse(f"verificar:{name}", args=[code]), query)


def text_of(response) -> str:
    return response.content.decode()


def sha256_of(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def send(client, pdf: bytes, documento=None, name="documento.pdf"):
    given = SimpleUploadedFile(name, pdf, content_type="application/pdf")
    address = reverse("verificar:archivo")
    if documento is not None:
        address = reverse("verificar:comparar", args=[documento.codigo])
    return client.post(address, {"archivo": given})


# what a page tells


def test_a_signed_document_tells_who_signed_it_when_and_with_what(client, office):
    documento = office.signed()
    answer = page(client, documento)
    text = text_of(answer)
    assert answer.status_code == 200
    for words in (
        "Es auténtico y está vigente",
        "Nombramiento",
        documento.folio,
        "Secretaría General",
        "Tomás Villegas",
        "Elena Villaseñor",
        "Firma electrónica avanzada",
        "lunes 5 de octubre de 2026, 12:04:00 h (hora del centro)",
        documento.firmas.first().certificado_serie,
        documento.asunto,
        sha256_of(pdf_of(documento))[:4] + " </span>",
        grouped(documento.codigo),
    ):
        assert words in text, words
    assert "CERTIFICADO DE PRUEBA, sin validez oficial" in text
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_nobody_reads_to_whom_it_goes(client, office):
    documento = office.sealed()
    assert documento.destinatario
    text = text_of(page(client, documento))
    assert documento.destinatario not in text
    assert "María" not in text


def test_a_confidential_document_keeps_its_subject(client, office):
    documento = office.sealed(confidencial=True)
    text = text_of(page(client, documento))
    assert documento.asunto not in text
    assert "Reservado" in text


def test_a_real_certificate_is_not_called_a_test(client, office):
    documento = office.sealed()
    Documento.objects.filter(pk=documento.pk).update(de_prueba=False)
    assert "CERTIFICADO DE PRUEBA, sin" not in text_of(page(client, documento))


def test_a_replaced_document_leads_to_the_one_in_force(client, office):
    old = office.signed()
    new = office.signed(replaces=old)
    text = text_of(page(client, old))
    assert "Es auténtico, pero ya no está vigente" in text
    assert reverse("verificar:documento", args=[new.codigo]) in text
    assert "Es auténtico y está vigente" in text_of(page(client, new))


@pytest.mark.parametrize("public", [True, False], ids=["public", "not public"])
def test_a_cancelled_document_says_since_when_and_why_if_it_is_public(client, office, public):
    documento = office.signed() if public else office.sealed()
    cancel_documento(
        documento_id=documento.pk, motivo="Nombre mal escrito", actor=office.secretary, now=later(9)
    )
    text = text_of(page(client, documento))
    assert "Está cancelado" in text
    assert "lunes 5 de octubre de 2026" in text
    assert ("Nombre mal escrito" in text) is public


def test_a_document_cancelled_between_signatures_never_had_effect(client, office):
    documento = office.sign(office.appointment())
    cancel_documento(
        documento_id=documento.pk, motivo="Se retira", actor=office.secretary, now=later(9)
    )
    text = text_of(page(client, documento))
    assert "Nunca tuvo efecto" in text
    assert "está vigente" not in text


def test_who_signs_for_somebody_absent_is_told(client, office):
    documento = office.sealed()
    documento.firmas.update(cargo="Secretaria General. En suplencia de Tomás Villegas")
    assert "En suplencia de Tomás Villegas" in text_of(page(client, documento))


def test_the_record_of_a_signature_can_be_checked_with_openssl(client, office):
    """By the very commands that the page shows."""
    documento = office.sealed()
    text = text_of(page(client, documento))
    commands = re.search(r"<pre[^>]*>(.*?)</pre>", text, re.S)[1].replace("&gt;", ">")
    certificate = page_of_certificate(client, documento, 1)
    assert certificate["Content-Type"] == "application/pkix-cert"
    assert ".cer" in certificate["Content-Disposition"]
    firma = documento.firmas.get()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "certificado.cer").write_bytes(certificate.content)
        (folder / "cadena.txt").write_text(firma.cadena_original)
        (folder / "sello.txt").write_text(firma.sello)
        done = subprocess.run(
            commands, shell=True, cwd=folder, capture_output=True, text=True, check=False
        )
    assert "Verified OK" in done.stdout, done.stderr


def page_of_certificate(client, documento, number):
    return client.get(reverse("verificar:certificado", args=[documento.codigo, number]))


def test_there_is_no_certificate_of_a_signature_that_nobody_put(client, office):
    documento = office.sealed()
    for number in (0, 2, 99):
        assert page_of_certificate(client, documento, number).status_code == 404


def test_the_page_asks_the_database_little(client, office, django_assert_max_num_queries):
    documento = office.signed()
    page(client, documento)
    with django_assert_max_num_queries(4):
        page(client, documento)


# what nobody is told


def told(client, code: str, name: str = "documento") -> tuple[int, str, int, set]:
    """Status, page, queries and headers, without the code itself, which the switches repeat."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = page(client, code, name)
    text = text_of(answer)
    for written in (code, code.replace(" ", "%20")):
        text = text.replace(written, "CODIGO")
    headers = {key for key in answer.headers if key != "Content-Length"}
    return answer.status_code, text, len(queries), headers


def test_a_wrong_code_a_secret_document_and_nonsense_look_the_same(client, office):
    waiting = office.appointment()
    half = office.sign(office.appointment())
    draft = office.sealed()
    Documento.objects.filter(pk=draft.pk).update(estado="en_firma")
    codes = [new_code(), waiting.codigo, half.codigo, draft.codigo, "hola", "x" * 90, "no es nada"]
    answers = [told(client, code) for code in codes]
    assert answers[0][0] == 404
    assert "No encontramos un documento con ese código" in answers[0][1]
    assert all(answer == answers[0] for answer in answers)


def test_the_file_of_a_document_that_is_not_public_looks_like_a_wrong_code(client, office):
    private, wrong = office.sealed(), new_code()
    assert told(client, private.codigo, "pdf")[:2] == told(client, wrong, "pdf")[:2]
    assert told(client, wrong, "pdf")[0] == 404


def test_guessing_is_stopped_in_words(client, office, settings):
    settings.DOCUMENTS_VERIFY_LIMITS = {"consultas": (100, 60), "fallidas": (2, 600)}
    documento = office.sealed()
    for _ in range(2):
        page(client, new_code())
    refused = page(client, documento)
    assert refused.status_code == 429
    assert "no-store" in refused["Cache-Control"]
    assert 0 < int(refused["Retry-After"]) <= 600
    assert re.search(r"Espere (un minuto|\d+ minutos)", text_of(refused))
    api = client.get(f"/api/v1/verificar/{documento.codigo}/")
    assert api.status_code == 429


# typing a code


@pytest.mark.parametrize("shape", ["lower", "spaces", "letters", "address", "address in English"])
def test_a_typed_code_leads_to_its_page(client, office, shape):
    documento = office.sealed()
    code = documento.codigo
    typed = {
        "lower": code.lower(),
        "spaces": f"  {grouped(code).replace('-', ' ')} ",
        "letters": code.replace("0", "o").replace("1", "I"),
        "address": f"https://pueblo.example/verificar/{code}/",
        "address in English": f"http://pueblo.example/en/verificar/{code}/pdf/",
    }[shape]
    answer = client.get(reverse("verificar:inicio"), {"codigo": typed}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("verificar:documento", args=[code])
    assert documento.folio in text_of(answer)


def test_an_empty_code_is_asked_for_again(client):
    answer = client.get(reverse("verificar:inicio"), {"codigo": "  "})
    assert answer.status_code == 422
    assert "Escriba el código" in text_of(answer)


@pytest.mark.parametrize("typed", ["---", "ñandú", "\x00", "/../", "日本", "ß" * 20])
def test_what_is_no_code_is_simply_not_found(client, typed):
    answer = client.get(reverse("verificar:inicio"), {"codigo": typed}, follow=True)
    assert answer.status_code in (404, 422)


def test_the_start_may_be_found_and_is_linked_from_everywhere(client):
    DependenciaFactory()
    start = reverse("verificar:inicio")
    answer = client.get(start)
    assert answer.status_code == 200
    assert "X-Robots-Tag" not in answer
    home = text_of(client.get(reverse("public:inicio")))
    assert home.count(f'href="{start}"') == 2
    assert start in text_of(client.get(reverse("public:sitemap")))


# the document itself


def test_a_public_document_can_be_read_under_its_folio(client, office):
    documento = office.signed()
    answer = page(client, documento, "pdf")
    assert answer.status_code == 200
    assert answer.content == pdf_of(documento)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{documento.folio}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert reverse("verificar:pdf", args=[documento.codigo]) in text_of(page(client, documento))


def test_a_document_becomes_readable_when_it_is_published(client, office):
    documento = office.sealed()
    assert page(client, documento, "pdf").status_code == 404
    publish_documento(documento_id=documento.pk, actor=office.secretary, now=later(9))
    assert page(client, documento, "pdf").status_code == 200


def test_a_folio_with_slashes_makes_a_decent_file_name(client, office):
    documento = office.signed()
    Documento.objects.filter(pk=documento.pk).update(folio='SG/1182/2026"\\x')
    disposition = page(client, documento, "pdf")["Content-Disposition"]
    assert disposition == 'inline; filename="SG-1182-2026--x.pdf"'


# a file, by its hash


def test_a_hash_leads_to_its_document(client, office):
    documento = office.signed()
    start = reverse("verificar:inicio")
    same = client.get(start, {"sha256": sha256_of(pdf_of(documento)).upper()}, follow=True)
    assert "Su archivo es el mismo" in text_of(same)
    earlier = client.get(start, {"sha256": sha256_of(first_step(documento))}, follow=True)
    assert "anterior a la última firma" in text_of(earlier)
    assert "noindex" in earlier["X-Robots-Tag"]


def test_a_hash_that_is_unknown_secret_or_none_looks_the_same(client, office):
    half = office.sign(office.appointment())
    answers = []
    for sha256 in ("0" * 64, sha256_of(pdf_of(half)), "nada", ""):
        answer = client.get(reverse("verificar:inicio"), {"sha256": sha256})
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(answer))
        answers.append((answer.status_code, text.replace(sha256, "") if sha256 else text))
    assert answers[0][0] == 404
    assert "No reconocemos su archivo" in answers[0][1]
    assert {answer[0] for answer in answers} == {404}
    assert answers[0][1] == answers[1][1] == answers[2][1]


# a file, sent


def test_the_same_file_is_recognised_with_what_its_signatures_say(client, office):
    documento = office.signed()
    answer = send(client, pdf_of(documento), documento)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "Su archivo es el mismo" in text
    assert "Tomás Villegas el lunes 5 de octubre de 2026 y no ha cambiado" in text
    assert text.count('class="verify__say"') == 2


def test_one_changed_bit_is_told_by_the_hash_and_by_the_signatures(client, office):
    documento = office.signed()
    text = text_of(send(client, flipped(pdf_of(documento)), documento))
    assert "Su archivo no es el mismo" in text
    assert "fue alterado" in text
    assert "El original es auténtico y está vigente" in text
    assert "Es auténtico y está vigente" not in text


def test_a_file_sent_alone_finds_its_document(client, office):
    documento = office.signed()
    text = text_of(send(client, first_step(documento)))
    assert documento.folio in text
    assert "anterior a la última firma" in text
    assert "No reconocemos su archivo" in text_of(send(client, flipped(pdf_of(documento))))


def test_the_file_of_another_document_is_told_with_its_page(client, office):
    one, other = office.sealed(), office.sealed()
    text = text_of(send(client, pdf_of(other), one))
    assert "Su archivo es de otro documento" in text
    assert reverse("verificar:documento", args=[other.codigo]) in text
    assert "El original es auténtico y está vigente" in text
    assert one.folio in text


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(client, office):
    documento = office.sealed()
    client = Client(enforce_csrf_checks=True)
    for address in (
        reverse("verificar:archivo"),
        reverse("verificar:comparar", args=[documento.codigo]),
    ):
        answer = client.generic(
            "POST",
            address,
            b"x",  # reading on from here would fail
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH="200000300",
        )
        assert answer.status_code == 413
        assert "Su archivo pesa 200 MB y aquí se revisan hasta 25 MB" in text_of(answer)
        assert "(opcional)" not in text_of(answer)


def test_a_file_just_over_the_limit_is_refused_too(client):
    answer = send(client, b"%PDF-" + b"0" * MAX_BYTES)
    assert answer.status_code == 413
    assert "aquí se revisan hasta 25 MB" in text_of(answer)


@pytest.mark.parametrize(
    ("pdf", "words"),
    [(b"", "está vacío"), (b"GIF89a" * 40, "no es un PDF")],
    ids=["empty", "no pdf"],
)
def test_what_is_no_pdf_is_refused_in_words(client, pdf, words):
    answer = send(client, pdf)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "<title>Error:" in text_of(answer)


def test_a_broken_pdf_is_compared_all_the_same(client):
    text = text_of(send(client, b"%PDF-1.7\nroto"))
    assert "No reconocemos su archivo" in text
    assert "está dañado" in text


def test_no_file_at_all_is_asked_for_again(client):
    answer = client.post(reverse("verificar:archivo"))
    assert answer.status_code == 422
    assert "Elija el PDF" in text_of(answer)


def test_nothing_that_was_sent_stays(client, office, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    documento = office.sealed()
    kept = documento.archivos.count()
    send(client, pdf_of(documento) + b"\n" * 2_000_000, documento)
    assert documento.archivos.count() == kept
    assert not list(tmp_path.iterdir())


def test_the_form_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    assert send(client, b"%PDF-1.7").status_code == 403


def test_reloading_after_a_file_was_sent_asks_for_nothing_again(client, office):
    documento = office.sealed()
    answer = client.get(reverse("verificar:comparar", args=[documento.codigo]), follow=True)
    assert documento.folio in text_of(answer)
    assert client.get(reverse("verificar:archivo")).url == reverse("verificar:inicio")


# in English


@pytest.fixture
def english(client):
    call_command("compilar_idiomas", verbosity=0)
    trans_real._translations.clear()
    trans_real._default = None
    yield client
    translation.activate("es-mx")


SPANISH = re.compile(r"[¿¡]|\b(?:usted|archivo|firma|documento|código|vigente|Certificado|hoy)\b")


def assert_english(response, *documentos) -> None:
    """Nothing on the page is in Spanish but what stands in the document and what is typed."""
    text = text_of(response)
    assert '<html lang="en"' in text
    text = re.sub(r"<pre.*?</pre>|<[^>]*>", " ", text.split("<main", 1)[1], flags=re.S)
    for documento in documentos:
        for written in (documento.asunto, *documento.firmas.values_list("cargo", flat=True)):
            text = text.replace(written, "")
    assert not SPANISH.findall(text), SPANISH.findall(text)


def test_every_page_of_verification_is_in_english(english, office):
    old = office.signed()
    new = office.signed(replaces=old)
    cancelled = office.sealed(confidencial=True)
    cancel_documento(
        documento_id=cancelled.pk, motivo="Error", actor=office.secretary, now=later(9)
    )
    for documento in (old, new, cancelled):
        assert_english(english.get(f"/en/verificar/{documento.codigo}/"), documento)
    for address in ("", f"{new_code()}/", "?codigo=", "?sha256=x"):
        assert_english(english.get(f"/en/verificar/{address}"))
    for pdf in (pdf_of(new), flipped(pdf_of(new)), b"%PDF-1.7", b"nada", b""):
        given = SimpleUploadedFile("a.pdf", pdf)
        address = f"/en/verificar/{new.codigo}/archivo/"
        assert_english(english.post(address, {"archivo": given}), new)
