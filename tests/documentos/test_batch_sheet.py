"""What is refused of a spreadsheet, and in what words."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import load_workbook

from portal.core.errors import InvalidInputError
from tablero.documentos.batch_example import template_workbook
from tablero.documentos.batch_sheet import columns_of, read_sheet

from .batches import CAMPOS, HEADS, person, sheet

KINDS = [
    {"clave": "nombre", "etiqueta": "Nombre", "tipo": "texto", "requerido": True, "maximo": 20},
    {"clave": "nacio", "etiqueta": "Nació", "tipo": "fecha", "requerido": True},
    {"clave": "monto", "etiqueta": "Monto", "tipo": "numero"},
    {"clave": "turno", "etiqueta": "Turno", "tipo": "opcion", "opciones": ["mañana", "tarde"]},
    {"clave": "socio", "etiqueta": "Es socio", "tipo": "si_no"},
]
KIND_HEADS = [campo["etiqueta"] for campo in KINDS]


def refusal(content: bytes, campos=CAMPOS) -> str:
    with pytest.raises(InvalidInputError) as error:
        read_sheet(content, campos)
    return " ".join(str(line) for line in error.value.fields["archivo"])


def bomb(name: str, size: int) -> bytes:
    """A workbook one of whose parts unpacks to ``size`` zeros."""
    kept = io.BytesIO(sheet([person(1)]))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return kept.getvalue()


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """A good workbook with something replaced in one of its parts."""
    source, kept = zipfile.ZipFile(io.BytesIO(sheet([person(1)]))), io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in source.namelist():
            data = source.read(part)
            archive.writestr(part, data.replace(old, new) if part == name else data)
    return kept.getvalue()


ENTITY = b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "No es un libro de Excel", id="empty"),
        pytest.param(b"nombre,domicilio\nAna,Centro", "No es un libro de Excel", id="csv"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"0" * 600, "No es un libro de Excel", id="old xls"),
        pytest.param(b"0" * 5_000_001, "más de 5 MB", id="six megabytes"),
        pytest.param(sheet([person(1)])[:-300], "No es un libro de Excel", id="cut off"),
        pytest.param(bomb("xl/worksheets/x.xml", 90_000_000), "demasiado grande", id="huge part"),
        pytest.param(bomb("xl/worksheets/x.xml", 3_000_000), "se infla", id="tight part"),
        pytest.param(bomb("xl/styles2.xml", 4_000_000), "se infla", id="huge styles"),
        pytest.param(
            changed("xl/worksheets/sheet1.xml", b"<worksheet", ENTITY), "dañado", id="entities"
        ),
        pytest.param(
            changed("xl/worksheets/sheet1.xml", b"</row>", b"<row>"), "dañado", id="broken XML"
        ),
        pytest.param(sheet([], heads=[]), "nombres de las columnas", id="nothing at all"),
        pytest.param(sheet([]), "no tiene datos", id="only heads"),
        pytest.param(sheet([[None, "  "]]), "no tiene datos", id="only blanks"),
        pytest.param(
            sheet([person(1)], [*HEADS[:4], "Color", HEADS[5]]),
            "La columna E, «Color», no es de este documento.",
            id="wrong column",
        ),
        pytest.param(
            sheet([person(1)], HEADS[1:]), "Falta la columna «Nombre completo».", id="missing"
        ),
        pytest.param(
            sheet([person(1)], [*HEADS, "NOMBRE  completo"]),
            "La columna «NOMBRE completo» está repetida en G.",
            id="repeated",
        ),
        pytest.param(
            sheet([person(1), ["=1+1", *person(2)[1:]], [*person(3)[:5], "=A2"]]),
            "Hay fórmulas en A3, F4. Cópielas y péguelas como valores.",
            id="formulas",
        ),
    ],
)
def test_a_bad_file_is_refused_in_a_clear_line(content, words):
    assert words in " ".join(refusal(content).split())


def test_ten_thousand_rows_are_read_and_one_more_is_refused():
    rows = [person(n) for n in range(10_000)]
    assert len(read_sheet(sheet(rows), CAMPOS)) == 10_000
    rows.append(person(10_000))
    assert "más de 10,000 filas" in refusal(sheet(rows))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["Ana", "2001-02-30", 1, "tarde", "sí"], "Nació", "día/mes/año"),
        (["Ana", 45000, 1, "tarde", "sí"], "Nació", "día/mes/año"),
        (["Ana", None, 1, "tarde", "sí"], "Nació", "Falta este dato."),
        (["Ana", dt.time(10, 0), 1, "tarde", "sí"], "Nació", "una hora"),
        (["Ana", dt.date(2001, 2, 3), "doce", "tarde", "sí"], "Monto", "con cifras"),
        (["Ana", dt.date(2001, 2, 3), "12,5", "tarde", "sí"], "Monto", "con cifras"),
        (["Ana", dt.date(2001, 2, 3), 1, "noche", "sí"], "Turno", "una de las opciones"),
        (["Ana", dt.date(2001, 2, 3), 1, "tarde", "quizá"], "Es socio", "sí o no"),
        (["A" * 21, dt.date(2001, 2, 3), 1, "tarde", "sí"], "Nombre", "20 caracteres; van 21"),
        (["#N/A", dt.date(2001, 2, 3), 1, "tarde", "sí"], "Nombre", "error de la hoja"),
        (["Ana", dt.date(2001, 2, 3), 1, "tarde", "sí", None, "x"], "G", "columna sin nombre"),
    ],
)
def test_a_bad_row_says_its_column_and_its_reason(row, column, words):
    (found,) = read_sheet(sheet([row], KIND_HEADS), KINDS)
    assert [fault["columna"] for fault in found.errores] == [column]
    assert words in found.errores[0]["motivo"]


def test_dates_numbers_and_yes_come_as_cells_or_as_text():
    rows = [
        ["Ana", dt.datetime(1980, 5, 4), 1250.5, "mañana", True],
        ["Bea", "04/05/1980", "$1,250.50", "mañana", "SI"],
    ]
    found = read_sheet(sheet(rows, KIND_HEADS), KINDS)
    assert [row.errores for row in found] == [[], []]
    assert {row.datos["nacio"] for row in found} == {"1980-05-04"}
    assert [row.datos["monto"] for row in found] == ["1250.5", "1250.50"]
    assert {row.datos["socio"] for row in found} == {"Sí"}


def test_columns_come_in_any_order_and_letter_case_and_rows_keep_their_numbers():
    heads = [head.upper() for head in reversed(HEADS)]
    rows = [list(reversed(person(1))), [None] * 6, list(reversed(person(2)))]
    found = read_sheet(sheet(rows, heads), CAMPOS)
    assert [row.numero for row in found] == [2, 4]
    assert found[1].datos["domicilio"] == "Calle Juárez 2"


def test_the_same_row_twice_is_told_with_the_first_ones_number():
    found = read_sheet(sheet([person(1), person(2), person(1)]), CAMPOS)
    assert [row.errores for row in found[:2]] == [[], []]
    assert found[2].errores == [{"columna": "", "motivo": "Es igual a la fila 2."}]


def test_what_people_typed_is_never_in_the_faults():
    (found,) = read_sheet(sheet([["Ana", "secreto", 1, "tarde", "sí"]], KIND_HEADS), KINDS)
    assert "secreto" not in str(found.errores)


@pytest.mark.parametrize("campos", [CAMPOS, KINDS], ids=["constancia", "every kind"])
def test_the_template_has_the_columns_help_and_an_example_that_is_refused(campos):
    columns = columns_of(campos)
    content = template_workbook(columns, kind="Constancia", rows=10_000)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Datos", "Ayuda"]
    assert [cell.value for cell in book["Datos"][1]] == [c.etiqueta for c in columns]
    assert len(list(book["Ayuda"].rows)) == 6 + len(columns)
    (found,) = read_sheet(content, campos)
    assert "ejemplo" in found.errores[0]["motivo"]


def test_two_fields_of_one_name_are_told_apart():
    campos = [KINDS[0], {**KINDS[0], "clave": "otro"}]
    assert [c.etiqueta for c in columns_of(campos)][:2] == ["Nombre (nombre)", "Nombre (otro)"]
