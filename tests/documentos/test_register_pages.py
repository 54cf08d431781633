"""The register of folios: complete, in order, and mute about what the reader may not see."""

import io
import re

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from portal.accounts.constants import Rol
from portal.core.folios import next_number
from portal.documents import services
from portal.documents.models import Documento
from portal.documents.selectors.register import sequence_of
from portal.documents.services import Credentials
from tablero.documentos import register_export, register_list
from tests.documents.ready import later, waiting
from tests.documents.test_life import PASSWORD, person
from tests.factories import DependenciaFactory

from .test_signing_pages import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/tablero/documentos/minutario/"


def signed(secretary, office, asunto: str, **more) -> Documento:
    paper = waiting(secretary, office, secretary, asunto=asunto, **more)
    given = Credentials(contrasena=PASSWORD.contrasena)
    services.sign_documento(documento_id=paper.pk, credentials=given, actor=secretary, now=later(5))
    return Documento.objects.get(pk=paper.pk)


@pytest.fixture
def folios(secretary, office):
    """Three memoranda: a plain one, a confidential one, one without effect."""
    rows = [
        signed(secretary, office, "Guardia de noviembre", destinatario="Obras Públicas"),
        signed(secretary, office, "Divorcio de una trabajadora", confidencial=True),
        signed(secretary, office, "Aviso repetido"),
    ]
    services.cancel_documento(
        documento_id=rows[2].pk, motivo="Se emitió dos veces.", actor=secretary, now=later(6)
    )
    return rows


@pytest.fixture
def outsider(house):
    """Somebody who reads the register and sees nothing of that office."""
    return person(Rol.ENLACE, DependenciaFactory(nombre="Rastro"))


def test_every_folio_stands_in_the_register_the_newest_first(folios, secretary, signed_in):
    page = text_of(signed_in(secretary).get(ADDRESS))
    places = [page.index(f"MEM-2026-00000{n}") for n in (3, 2, 1)]
    assert places == sorted(places)
    assert "Sin huecos: 1 a 3." in page
    assert "Se emitió dos veces." in page
    assert "Divorcio de una trabajadora" in page


def test_who_may_not_see_a_document_reads_its_folio_and_not_its_subject(
    folios, outsider, signed_in
):
    page = text_of(signed_in(outsider).get(ADDRESS))
    assert "MEM-2026-000002" in page
    assert "Divorcio" not in page
    assert "Guardia de noviembre" not in page
    assert "Obras Públicas" not in page
    assert page.count("Reservado: no puede ver") == 3


def test_a_search_tells_nothing_of_a_hidden_subject(folios, outsider, secretary, signed_in):
    assert "MEM-2026-000002" in text_of(signed_in(secretary).get(ADDRESS + "?q=divorcio"))
    page = text_of(signed_in(outsider).get(ADDRESS + "?q=divorcio"))
    assert "MEM-2026" not in page
    assert "Ningún folio con esos filtros" in page
    assert "MEM-2026-000002" in text_of(signed_in(outsider).get(ADDRESS + "?q=000002"))


def test_a_reason_that_could_tell_of_something_confidential_is_hidden(
    folios, secretary, outsider, signed_in
):
    services.cancel_documento(
        documento_id=folios[1].pk, motivo="La trabajadora desistió.", actor=secretary, now=later(7)
    )
    assert "desistió" in text_of(signed_in(secretary).get(ADDRESS))
    page = text_of(signed_in(outsider).get(ADDRESS))
    assert "desistió" not in page
    assert "Se emitió dos veces." in page


def test_the_register_is_filtered_by_state(folios, secretary, signed_in):
    page = text_of(signed_in(secretary).get(ADDRESS + "?estado=cancelado"))
    assert "MEM-2026-000003" in page
    assert "MEM-2026-000001" not in page


def test_pages_follow_the_numbers_both_ways(secretary, office, signed_in, monkeypatch):
    monkeypatch.setattr(register_list, "PAGE", 2)
    for n in range(5):
        signed(secretary, office, f"Aviso {n}")
    browser = signed_in(secretary)
    first = text_of(browser.get(ADDRESS))
    assert ["MEM-2026-000005" in first, "MEM-2026-000003" in first] == [True, False]
    second = text_of(browser.get(ADDRESS + "?despues=4"))
    assert ["MEM-2026-000003" in second, "MEM-2026-000001" in second] == [True, False]
    assert "antes=3" in second
    assert "despues=2" in second
    back = text_of(browser.get(ADDRESS + "?antes=3"))
    assert ["MEM-2026-000005" in back, "MEM-2026-000004" in back] == [True, True]
    assert "despues=4" in back


def test_a_missing_number_is_told(folios, secretary, signed_in):
    next_number(serie="MEM", ejercicio=2026)
    signed_five = next_number(serie="MEM", ejercicio=2026)
    assert sequence_of(serie="MEM", ejercicio=2026).faltan == (4, signed_five)
    assert "Faltan folios entre 1 y 5: 4, 5." in text_of(signed_in(secretary).get(ADDRESS))


def test_an_empty_register_and_an_unknown_series(secretary, signed_in):
    browser = signed_in(secretary)
    assert "Todavía no hay folios" in text_of(browser.get(ADDRESS))
    assert browser.get(ADDRESS + "?serie=XYZ.2026").status_code == 404
    assert browser.get(reverse("documentos:minutario_xlsx")).status_code == 404


def test_the_register_is_not_for_everybody(house, signed_in):
    assert signed_in(person(Rol.VENTANILLA)).get(ADDRESS).status_code == 403
    assert signed_in(person(Rol.CONSULTA)).get(ADDRESS).status_code == 200


def sheet(response) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    page = book.active
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["F"].width == 60
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def test_the_spreadsheet_holds_the_same_in_the_order_of_the_numbers(
    folios, secretary, outsider, signed_in
):
    rows = sheet(signed_in(secretary).get(reverse("documentos:minutario_xlsx")))
    assert [row[1] for row in rows[1:]] == [f"MEM-2026-00000{n}" for n in (1, 2, 3)]
    assert rows[1][2].date() == later(5).date()
    assert rows[3][7:] == ("Cancelado", "Se emitió dos veces.")
    hidden = sheet(signed_in(outsider).get(reverse("documentos:minutario_xlsx")))
    assert {row[5] for row in hidden[1:]} == {"(reservado)"}


def test_a_subject_that_looks_like_a_formula_is_a_text(secretary, office, signed_in):
    signed(secretary, office, '=HYPERLINK("http://example.org";"clic")')
    response = signed_in(secretary).get(reverse("documentos:minutario_xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cell = book.active["F2"]
    assert (cell.data_type, cell.value[0]) == ("s", "=")


def printed_words(response) -> str:
    """The letters of the pages without blanks: a narrow column breaks where it must."""
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"[\s\u200b\xad]", "", "".join(page.extract_text() for page in pages))


def test_the_printed_register_says_the_same(folios, secretary, outsider, signed_in):
    def words(who) -> str:
        return printed_words(signed_in(who).get(reverse("documentos:minutario_pdf")))

    own = words(secretary)
    assert "Sinhuecos:1a3." in own
    assert "MEM-2026-000003" in own
    assert "Divorcio" in own
    assert "Divorcio" not in words(outsider)


def test_a_long_register_is_printed_in_parts(folios, secretary, signed_in, monkeypatch):
    monkeypatch.setattr(register_export, "PART", 2)
    browser, address = signed_in(secretary), reverse("documentos:minutario_pdf")
    page = text_of(browser.get(ADDRESS))
    assert "PDF 1–2" in page
    assert "PDF 3–3" in page
    second = printed_words(browser.get(address + "?hoja=2"))
    assert ["MEM-2026-000002" in second, "MEM-2026-000003" in second] == [False, True]
    assert [browser.get(f"{address}?hoja={n}").status_code for n in ("3", "0", "x")] == [404] * 3


def test_the_register_costs_the_same_for_one_folio_or_many(
    folios, secretary, office, signed_in, django_assert_max_num_queries
):
    browser = signed_in(secretary)
    browser.get(ADDRESS)
    with django_assert_max_num_queries(30) as few:
        browser.get(ADDRESS)
    for n in range(3):
        signed(secretary, office, f"Otro {n}")
    with django_assert_max_num_queries(len(few)):
        browser.get(ADDRESS)
