"""The pages of a batch, as people go through them."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.accounts.constants import Rol
from portal.core.models import EventRecord
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from portal.documents.services import cancel_documento
from tablero.documentos.batch_policies import LotePolicy
from tablero.documentos.constants import FormaEmision
from tablero.documentos.models import LoteDocumento
from tests.factories import NOON, StaffFactory

from .batches import PASSWORD, begun, person, prepared, sheet, upload, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def enter(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def address(name: str, *args) -> str:
    return reverse(f"documentos:{name}", args=args)


def form(town, content: bytes, **changes) -> dict:
    values = {
        "archivo": upload(content),
        "asunto": "Constancias de noviembre",
        "dependencia": town["office"].pk,
        "firmante.secretaria": town["secretary"].pk,
    }
    return values | changes


def test_from_the_empty_sheet_to_the_zip(
    town, sign_in, django_capture_on_commit_callbacks, settings
):
    client = sign_in(town["secretary"])
    empty = client.get(address("lote_plantilla", "constancia"))
    book = load_workbook(io.BytesIO(empty.content))
    book["Datos"].delete_rows(2)
    for number in (1, 2):
        book["Datos"].append(person(number))
    filled = io.BytesIO()
    book.save(filled)

    answer = client.post(address("lote_subir", "constancia"), form(town, filled.getvalue()))
    lote = LoteDocumento.objects.get()
    assert answer.headers["Location"] == address("lote", lote.pk)
    assert "Todas las filas están bien" in client.get(address("lote", lote.pk)).text

    with django_capture_on_commit_callbacks(execute=True):
        data = {"forma": "rubrica", "contrasena": PASSWORD}
        client.post(address("lote_emitir", lote.pk), data)
    assert DBTaskResult.objects.filter(task_path__endswith="issue_batch").count() == 1
    assert "hx-trigger" in client.get(address("lote", lote.pk)).text
    worked(lote)

    page = client.get(address("lote", lote.pk)).text
    assert "Terminado" in page
    assert "CON-2026-000002" in page
    assert "hx-trigger" not in page
    answer = client.get(address("lote_zip", lote.pk))
    assert answer.streaming
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == ["CON-2026-000001.pdf", "CON-2026-000002.pdf", "indice.csv"]
    lines = list(csv.DictReader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig"))))
    assert [line["Folio"] for line in lines] == ["CON-2026-000001", "CON-2026-000002"]
    for line in lines:
        content = archive.read(line["Archivo"])
        assert hashlib.sha256(content).hexdigest() == line["SHA-256"]
        assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_bad_rows_are_shown_and_taken_along_in_both_formats(town, sign_in):
    client = sign_in(town["clerk"])
    lote = prepared(town, [person(1), ["", "Calle 2", "Centro", "muchos", "", ""]])
    page = client.get(address("lote", lote.pk)).text
    assert "Años de vivir en el municipio:" in page
    text = b"".join(client.get(address("lote_errores", lote.pk, "csv")).streaming_content)
    assert "3,Nombre completo,Falta este dato." in text.decode()
    content = client.get(address("lote_errores", lote.pk, "xlsx")).getvalue()
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert rows[0] == ("Fila", "Columna", "Qué tiene")
    assert {row[0] for row in rows[1:]} == {3}


def test_a_refused_sheet_keeps_the_form_and_says_why(town, sign_in):
    client = sign_in(town["clerk"])
    wrong = form(town, sheet([person(1)], ["Color", *["x"] * 5]))
    answer = client.post(address("lote_subir", "constancia"), wrong)
    assert answer.status_code == 422
    assert "«Color», no es de este documento" in answer.text
    assert not LoteDocumento.objects.exists()


def test_a_form_without_sheet_or_signatory_is_refused(town, sign_in):
    client = sign_in(town["clerk"])
    data = form(town, sheet([person(1)])) | {"firmante.secretaria": ""}
    del data["archivo"]
    answer = client.post(address("lote_subir", "constancia"), data)
    assert answer.status_code == 422
    assert not LoteDocumento.objects.exists()


def test_the_sample_is_a_draft_that_leaves_nothing_behind(town, sign_in):
    client = sign_in(town["clerk"])
    lote = prepared(town, 1)
    facts = EventRecord.objects.count()
    content = client.get(address("lote_muestra", lote.pk)).content
    assert "Ñúñez 1" in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert not Documento.objects.exists()
    assert EventRecord.objects.count() == facts


def test_the_clerk_leaves_them_in_the_signers_tray_and_is_not_asked_a_password(town, sign_in):
    client = sign_in(town["clerk"])
    lote = prepared(town, 2)
    page = client.get(address("lote_emitir", lote.pk)).text
    assert "contrasena" not in page
    client.post(address("lote_emitir", lote.pk), {"forma": "por_firmar"})
    worked(lote)
    assert {d.estado for d in Documento.objects.all()} == {EstadoDocumento.EN_FIRMA}
    assert "2 documentos esperan firma" in client.get(address("lote", lote.pk)).text


def test_a_wrong_password_is_told_beside_its_field_and_never_sent_back(town, sign_in):
    client = sign_in(town["secretary"])
    lote = prepared(town, 1)
    data = {"forma": "rubrica", "contrasena": "no es esta"}
    answer = client.post(address("lote_emitir", lote.pk), data)
    assert answer.status_code == 422
    assert "La contraseña no es la suya." in answer.text
    assert "no es esta" not in answer.text


def test_cancelling_is_asked_first(town, sign_in):
    client = sign_in(town["clerk"])
    lote = prepared(town, 2)
    assert "2 filas ya no se emitirán" in client.get(address("lote_cancelar", lote.pk)).text
    client.post(address("lote_cancelar", lote.pk))
    assert "No se emitió ningún documento" in client.get(address("lote", lote.pk)).text
    assert client.post(address("lote_cancelar", lote.pk)).status_code == 409


def test_a_batch_of_another_office_is_not_found(town, sign_in):
    lote = prepared(town, 1)
    client = sign_in(town["stranger"])
    for name in ("lote", "lote_emitir", "lote_cancelar", "lote_zip", "lote_muestra"):
        assert client.get(address(name, lote.pk)).status_code == 404
    for name in ("lote_reintentar", "lote_cerrar"):
        assert client.post(address(name, lote.pk)).status_code == 404


@pytest.mark.parametrize("rol", Rol.values)
def test_visible_and_can_view_agree(town, rol):
    prepared(town, 1)
    prepared(town, [person(9)], actor="secretary", asunto="Otras")
    for office in (town["office"], town["other"]):
        policy = LotePolicy(StaffFactory(rol, office))
        every = LoteDocumento.objects.all()
        assert set(policy.visible()) == {lote for lote in every if policy.can_view(lote)}


def test_the_zip_holds_what_was_cancelled_with_its_state(town, sign_in):
    lote = begun(town, prepared(town, 2))
    worked(lote)
    gone = Documento.objects.first()
    cancel_documento(documento_id=gone.pk, motivo="Se repitió.", actor=town["secretary"], now=NOON)
    client = sign_in(town["secretary"])
    answer = client.get(address("lote_zip", lote.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Cancelado" in archive.read("indice.csv").decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_costs_the_same_whatever_the_size(
    town, sign_in, rows, django_assert_max_num_queries
):
    lote = begun(town, prepared(town, rows), FormaEmision.POR_FIRMAR)
    client = sign_in(town["secretary"])
    client.get(address("lote", lote.pk))
    with django_assert_max_num_queries(14):
        client.get(address("lote", lote.pk))
