"""Certified copies: asked for, paid, certified with the copy inside, handed over, registered."""

import hashlib
import subprocess
import threading
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.accounts.constants import Rol
from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.models import EventRecord
from portal.documents import services as documents
from portal.documents.constants import ClaseArchivo, EstadoDocumento
from portal.documents.models import ArchivoDocumento, Documento
from portal.documents.selectors.verification import verified_by_code
from portal.documents.services import Issue
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tablero.documentos.constants import EstadoCopia
from tablero.documentos.copies import certifying, services
from tablero.documentos.copies.certifying import certify_copy, pages_words
from tablero.documentos.copies.services import CopyOrder, Payment, record_payment, request_copy
from tablero.documentos.models import SolicitudCopia
from tests.documents.authority import own_pair
from tests.documents.samples import DATA
from tests.documents.test_copying import made
from tests.factories import NOON, StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "house")]
ORDER = {"solicitante": "María Núñez", "interes": "Es parte en el asunto"}


@pytest.fixture
def original(room) -> Documento:
    """A sealed document of the office."""
    issue = Issue(
        tipo="prevencion",
        origen="prueba:1",
        dependencia_id=room.office.pk,
        asunto="Bache",
        datos=DATA["prevencion"],
    )
    return documents.issue_sealed(issue=issue, actor=room.clerk, now=NOON)


def asked(room, original=None, *, who=None, scan=None, **changes) -> SolicitudCopia:
    about = {"documento_id": original.pk} if original else {"descripcion": "Acta 14 de 1998"}
    order = CopyOrder(**ORDER | about | changes)
    if original is None and scan is None:
        scan = made(3)
    return request_copy(order=order, scan=scan, actor=who or room.secretary, now=NOON)


def ready(room, original=None, **changes) -> SolicitudCopia:
    row = asked(room, original, **changes)
    payment = Payment(recibo="A-123", importe=85)
    return record_payment(copia_id=row.pk, payment=payment, actor=room.secretary, now=NOON)


def sent(room, original=None, **changes) -> SolicitudCopia:
    return certify_copy(
        copia_id=ready(room, original, **changes).pk, actor=room.secretary, now=NOON
    )


def certified(room, original=None, **changes) -> SolicitudCopia:
    row = sent(room, original, **changes)
    documents.sign_documento(
        documento_id=row.certificacion_id,
        credentials=own_pair(str(room.secretary)),
        actor=room.secretary,
        now=NOON,
    )
    row.refresh_from_db()
    return row


def paper(row) -> bytes:
    return read_file(last_file(row.certificacion, ClaseArchivo.FIRMADO))


def faults(call) -> set[str]:
    with pytest.raises(InvalidInputError) as caught:
        call()
    return set(caught.value.fields)


def test_a_copy_of_a_signed_document_holds_its_pages_and_its_certification(room, original):
    row = certified(room, original)
    assert (row.estado, row.folio) == (EstadoCopia.CERTIFICADA, "SCC-2026-000001")
    assert row.certificacion.folio == "CERT-2026-000001"
    pdf = paper(row)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    inside = PdfReader(BytesIO(read_file(last_file(original, ClaseArchivo.FIRMADO)))).pages
    assert len(pages) == 1 + len(inside)
    assert "PREV-2026-000001" in pages[0]
    assert "el documento electrónico firmado" in " ".join(pages[0].split())
    assert "COPIA CERTIFICADA" in pages[1]
    assert "CERT-2026-000001" in pages[1]
    assert verified_by_code(row.certificacion.codigo).vigente
    # The hash of the copy is bound to the text that was signed.
    assert row.certificacion.contenido["extra"]["copia"]["sha256"] == row.sha256
    assert row.certificacion.archivos.get(clase=ClaseArchivo.COPIA).sha256 == row.sha256


def test_only_the_certification_is_a_signature_and_it_is_good(room, original):
    found = validate_pdf(paper(certified(room, original)), trust=current_trust(), at=NOON)
    assert [status.intact for status in found] == [True]


@pytest.mark.poppler
def test_poppler_finds_the_signature_good_and_a_changed_byte_bad(room, original, tmp_path):
    pdf = paper(certified(room, original))
    spoilt = bytearray(pdf)
    spoilt[pdf.index(b"/Copia Do") if b"/Copia Do" in pdf else len(pdf) // 3] ^= 1
    told = []
    for name, content in (("good.pdf", pdf), ("bad.pdf", bytes(spoilt))):
        (tmp_path / name).write_bytes(content)
        done = subprocess.run(
            ["pdfsig", "-nocert", str(tmp_path / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        told.append("Signature Validation: Signature is Valid." in done.stdout)
    assert told == [True, False]


def test_a_scan_is_certified_in_part_with_its_book(room):
    row = certified(room, paginas="1, 3", libro="Libro de actas 3", foja="12 a 14")
    pdf = PdfReader(BytesIO(paper(row)))
    first = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 3
    for words in ("parcial", "Libro de actas 3", "12 a 14", "Acta 14 de 1998", "1, 3"):
        assert words in first
    assert "A-123" in first
    assert row.original_sha256 in str(row.certificacion.contenido["extra"]["hechos"])
    assert "número 3" in pdf.pages[2].extract_text()


def test_the_hash_of_the_original_is_of_the_file_as_it_came(room):
    scan = made(2)
    row = asked(room, scan=scan)
    assert row.original_sha256 == hashlib.sha256(scan).hexdigest()
    assert (row.paginas, row.paginas_total, row.parcial) == ([1, 2], 2, False)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"solicitante": " "}, {"solicitante"}),
        ({"interes": ""}, {"interes"}),
        ({"descripcion": ""}, {"descripcion"}),
        ({"tantos": 0}, {"tantos"}),
        ({"tantos": 21}, {"tantos"}),
        ({"cotejo": "olfato"}, {"cotejo"}),
        ({"solicitante": "x" * 161}, {"solicitante"}),
        ({"paginas": "9"}, {"paginas"}),
        ({"paginas": "3-1"}, {"paginas"}),
        ({"scan": b"no"}, {"archivo"}),
    ],
)
def test_a_request_that_lacks_something_leaves_nothing(room, settings, changes, wrong):
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}
    assert faults(lambda: asked(room, **changes)) == wrong
    assert not SolicitudCopia.objects.exists()
    assert {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()} == before
    assert asked(room).folio == "SCC-2026-000001"


def test_drafts_and_what_one_may_not_see_are_not_copied(room, original):
    with pytest.raises(ConflictError):
        asked(room, room.draft())
    with pytest.raises(NotFoundError):
        asked(room, original, who=StaffFactory(Rol.ENLACE))


def test_a_document_that_ended_is_copied_and_the_certification_says_so(room, original):
    row = ready(room, original)
    documents.cancel_documento(
        documento_id=original.pk, motivo="Error.", actor=room.secretary, now=NOON
    )
    row = certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)
    text = " ".join(p["texto"] for p in row.certificacion.contenido["parrafos"])
    assert "que quedó sin efecto" in text


@pytest.mark.parametrize(
    "payment",
    [
        Payment(),
        Payment(recibo="A", importe=1, exencion="B"),
        Payment(recibo="A"),
        Payment(recibo="A", importe=0),
        Payment(exencion="x" * 301),
    ],
)
def test_it_is_paid_or_exempt_and_not_both(room, payment):
    row = asked(room)
    with pytest.raises(InvalidInputError):
        record_payment(copia_id=row.pk, payment=payment, actor=room.secretary, now=NOON)
    row.refresh_from_db()
    assert row.estado == EstadoCopia.SOLICITADA


def test_what_is_not_paid_is_not_certified(room):
    row = asked(room)
    with pytest.raises(ConflictError):
        certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)
    assert not Documento.objects.filter(tipo__clave="certificacion").exists()


def test_a_copy_that_changed_on_the_disk_is_not_certified(room, settings):
    row = ready(room)
    (settings.MEDIA_ROOT / row.ruta).write_bytes(b"%PDF-1.7 otra cosa")
    with pytest.raises(ConflictError) as caught:
        certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)
    assert caught.value.code == "archivo_alterado"
    assert not Documento.objects.filter(tipo__clave="certificacion").exists()


def test_without_anybody_who_certifies_nothing_is_written(room, monkeypatch):
    row = ready(room)
    monkeypatch.setattr(certifying, "signer_for_certifications", lambda day: None)
    with pytest.raises(ConflictError):
        certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)


def test_a_cancelled_certification_keeps_its_number_and_the_request_gets_another(room, original):
    row = certified(room, original)
    first = row.certificacion
    documents.cancel_documento(
        documento_id=first.pk, motivo="Faltó una página.", actor=room.secretary, now=NOON
    )
    row.refresh_from_db()
    assert (row.estado, row.certificacion) == (EstadoCopia.LISTA, None)
    again = certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)
    documents.sign_documento(
        documento_id=again.certificacion_id,
        credentials=own_pair(str(room.secretary)),
        actor=room.secretary,
        now=NOON,
    )
    again.refresh_from_db()
    assert again.certificacion.folio == "CERT-2026-000002"
    first.refresh_from_db()
    assert (first.estado, first.folio) == (EstadoDocumento.CANCELADO, "CERT-2026-000001")


def test_the_story_ends_with_who_took_it_and_is_told_without_names(room, original):
    row = certified(room, original)
    given = {"copia_id": row.pk, "actor": room.secretary, "now": NOON}
    assert faults(lambda: services.deliver_copy(entregada_a=" ", **given)) == {"entregada_a"}
    services.deliver_copy(entregada_a="María Núñez, con INE", **given)
    with pytest.raises(ConflictError):
        services.deliver_copy(entregada_a="Otra", **given)
    with pytest.raises(ConflictError):
        services.reject_copy(motivo="Tarde", **given)
    rows = EventRecord.objects.filter(stream=f"copia:{row.pk}").order_by("sequence")
    assert [row.event_type for row in rows] == [
        "CopyRequested",
        "CopyPaid",
        "CopySentToSign",
        "CopyCertified",
        "CopyDelivered",
    ]
    assert "Mar" not in str(list(rows.values_list("payload", flat=True)))


def test_pages_are_told_as_they_are_asked():
    assert pages_words([1, 2, 3, 5]) == "1-3, 5"
    assert pages_words([4]) == "4"
    assert pages_words([2, 1]) == "2, 1"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_certify_at_once_one_does(room):
    row = ready(room)
    barrier, results = threading.Barrier(2), []

    def run() -> None:
        try:
            barrier.wait(10)
            certify_copy(copia_id=row.pk, actor=room.secretary, now=NOON)
            results.append("done")
        except ConflictError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == ["done", "refused"]
    assert Documento.objects.filter(tipo__clave="certificacion").count() == 1
    assert ArchivoDocumento.objects.filter(clase=ClaseArchivo.COPIA).count() == 1


# screens


def page(row, rest: str = "") -> str:
    return f"{reverse('documentos:copia', args=[row.pk])}{rest}"


def test_the_counter_asks_for_a_copy_of_a_scan_and_follows_it(room, sign_in):
    counter = sign_in(StaffFactory(Rol.VENTANILLA, room.secretaria))
    url = reverse("documentos:copia_nueva")
    form = ORDER | {"descripcion": "Acta 14", "cotejo": "original", "tantos": 2, "paginas": "1-2"}
    refused = counter.post(url, form)
    assert refused.status_code == 422
    assert "Agregue el original escaneado (PDF)." in refused.content.decode()
    assert 'value="María Núñez"' in refused.content.decode()
    form["archivo"] = SimpleUploadedFile("acta.pdf", made(3))
    done = counter.post(url, form, follow=True).content.decode()
    assert "La solicitud quedó registrada." in done
    row = SolicitudCopia.objects.get()
    assert "Páginas 1-2 de 3." in done
    assert counter.get(page(row, "paginas.pdf")).content.startswith(b"%PDF")
    pay = counter.post(page(row, "pago/"), {"cambios": row.cambios, "exencion": "Autoridad"})
    assert pay.status_code == 302
    assert counter.get(page(row, "certificar/")).status_code == 403


def test_a_document_offers_its_copy_and_the_secretaria_certifies(room, original, sign_in):
    browser = sign_in(room.secretary)
    shown = browser.get(reverse("documentos:documento", args=[original.pk])).content.decode()
    url = f"{reverse('documentos:copia_nueva')}?documento={original.pk}"
    assert url in shown
    browser.post(url, ORDER | {"tantos": 1})
    row = SolicitudCopia.objects.get()
    assert row.documento == original
    browser.post(page(row, "pago/"), {"cambios": row.cambios, "recibo": "A-1", "importe": "85.50"})
    row.refresh_from_db()
    stale = browser.post(page(row, "certificar/"), {"cambios": row.cambios - 1})
    assert stale.status_code == 409
    assert browser.post(page(row, "certificar/"), {"cambios": row.cambios}).status_code == 302
    row.refresh_from_db()
    assert row.estado == EstadoCopia.EN_FIRMA
    assert browser.get(page(row, "pago/")).status_code == 409
    # It waits in the tray of whoever certifies.
    tray = browser.get(f"{reverse('documentos:lista')}?bandeja=por_firmar").content.decode()
    assert "Copia certificada de" in tray


def test_the_register_is_searched_and_taken_along(room, original, sign_in):
    row = certified(room, original)
    asked(room, solicitante="Otra persona")
    browser = sign_in(room.reader)
    url = reverse("documentos:copias")
    listed = browser.get(f"{url}?q=nunez").content.decode()
    assert "CERT-2026-000001" in listed
    assert "Otra persona" not in listed
    assert "María" not in browser.get(f"{url}?estado=solicitada").content.decode()
    sheet = browser.get(reverse("documentos:copias_registro", args=["xlsx"]))
    rows = list(load_workbook(BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert row.folio in rows[1]
    assert "CERT-2026-000001" in rows[1]
    pdf = browser.get(reverse("documentos:copias_registro", args=["pdf"])).content
    text = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert "Registro de certificaciones" in text
    assert "Otra persona" in text


def test_the_list_costs_the_same_however_long(room, sign_in, django_assert_max_num_queries):
    browser = sign_in(room.secretary)
    asked(room)
    url = reverse("documentos:copias")
    browser.get(url)
    with django_assert_max_num_queries(12) as few:
        browser.get(url)
    for _time in range(3):
        asked(room)
    with django_assert_max_num_queries(12) as many:
        browser.get(url)
    assert len(few) == len(many)


def test_strangers_do_not_know_of_a_request(room, original, sign_in):
    row = asked(room, original)
    stranger = sign_in(room.stranger)
    for rest in ("", "paginas.pdf", "pago/"):
        assert stranger.get(page(row, rest)).status_code == 404
    assert sign_in(room.clerk).get(page(row)).status_code == 200
    assert sign_in(room.clerk).get(page(row, "pago/")).status_code == 403
    assert "María" not in stranger.get(reverse("documentos:copias")).content.decode()
