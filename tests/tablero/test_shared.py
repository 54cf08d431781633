"""What the rooms share: lists in the address, files that cannot harm, navigation."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.http import QueryDict

from portal.accounts.constants import Rol
from tablero.shared.export import BOM, LONGEST_CELL, csv_lines, safe_cell, xlsx_response
from tablero.shared.lists import MAX_MARKED, Filter, active_chips, link_with, marked
from tests.factories import UserFactory


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_formula_never_leaves_as_a_formula(start):
    assert safe_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_figures_stay_figures_and_nothing_is_empty():
    assert [safe_cell(v) for v in (-3, 0, 1.5, None, "Fuga, Mina 4")] == [
        "-3",
        "0",
        "1.5",
        "",
        "Fuga, Mina 4",
    ]


def test_a_file_reads_back_as_it_was_written_line_by_line():
    lines = csv_lines(["Folio", "Asunto"], iter([("A-1", 'dice "hola"\ny adiós'), ("A-2", "=1+1")]))
    assert next(lines) == BOM
    rows = list(csv.reader(io.StringIO("".join(lines))))
    assert rows == [["Folio", "Asunto"], ["A-1", 'dice "hola"\ny adiós'], ["A-2", "'=1+1"]]


def written(*rows) -> list[list]:
    response = xlsx_response("lista", ["Folio", "Valor"], iter(rows), widths=(10, 60))
    assert response["Content-Disposition"] == 'attachment; filename="lista.xlsx"'
    page = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["B"].width == 60
    return [list(row) for row in page.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_a_text_in_a_spreadsheet(text):
    cell = written(("A-1", text))[0][1]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_spreadsheet_keeps_figures_and_dates_and_takes_any_text():
    moment = dt.datetime(2026, 11, 25, 18, 0, tzinfo=dt.UTC)
    rows = [
        ("A-1", 12),
        ("A-2", dt.date(2026, 11, 25)),
        ("A-3", moment),
        ("A-4", "campana\x07 y nulo\x00"),
        ("A-5", "x" * 40_000),
        ("A-6", None),
    ]
    values = [row[1].value for row in written(*rows)]
    assert values[0] == 12
    assert values[1].date() == dt.date(2026, 11, 25)
    assert values[2] == dt.datetime(2026, 11, 25, 12, 0)
    assert values[3] == "campana y nulo"
    assert len(values[4]) == LONGEST_CELL
    assert values[5] is None


def test_changing_a_filter_starts_the_list_over():
    query = QueryDict("q=bache&despues=abc&estado=turnada&parte=filas")
    assert link_with(query, estado=None) == "?q=bache"
    assert link_with(query, estado="recibida") == "?q=bache&estado=recibida"
    assert link_with(QueryDict(""), q=None) == "?"


def test_a_chip_says_the_words_and_takes_itself_off():
    chips = active_chips(
        QueryDict("estado=turnada&zona="),
        [Filter("estado", "Estado", [("turnada", "Turnada")]), Filter("zona", "Zona")],
    )
    assert chips == [
        {"label": "Estado", "value": "Turnada", "url": "?", "on": True},
    ]


def test_marks_count_once_and_have_a_limit():
    many = "&".join(f"sel=A-{n}" for n in range(MAX_MARKED + 50))
    assert len(marked(QueryDict(many))) == MAX_MARKED
    assert marked(QueryDict("sel=B&sel=A&sel=B&sel=")) == ["B", "A"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rol", "seen", "hidden"),
    [
        (Rol.ENLACE, ["Mi día", "Panel", "Bandeja"], ["Captura en ventanilla"]),
        (Rol.VENTANILLA, ["Captura en ventanilla"], []),
        (Rol.ADMINISTRADOR, ["Panel"], ["/tablero/bandeja/", "Captura en ventanilla"]),
    ],
)
def test_navigation_shows_each_role_its_rooms(people, sign_in, rol, seen, hidden):
    html = sign_in(people[rol]).get("/tablero/").content.decode()
    side = html.split('class="side"')[1].split("</header>")[0]
    assert all(words in side for words in seen)
    assert not any(words in side for words in hidden)


@pytest.mark.django_db
def test_the_home_of_who_has_no_post_says_what_to_do(sign_in, client):
    assert "no tiene todavía un puesto" in sign_in(UserFactory()).get("/tablero/").content.decode()
    assert client.get("/tablero/").status_code == 302


@pytest.mark.django_db
def test_a_refusal_inside_a_part_is_a_note_and_not_a_page(people, sign_in):
    browser = sign_in(UserFactory())
    response = browser.get("/tablero/panel/?parte=cifras", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert "<html" not in response.content.decode()
