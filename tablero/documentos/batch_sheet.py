"""The spreadsheet of a batch: its template, and reading one that somebody filled. Pure."""

import datetime as dt
import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError
from portal.core.text import clean_text, fold
from portal.documents.constants import TipoCampo
from portal.documents.templating import BadValueError, read_value

from .batch_example import example_of
from .constants import MAX_FILE, MAX_ROWS

ADDRESSEE = "destinatario"
#: What the parts of the file may come to once unpacked; the others (styles) are read whole.
MAX_UNPACKED, MAX_PART, MAX_PARTS = 40_000_000, 3_000_000, 200
#: Packed tighter than this, a large part is no spreadsheet that somebody filled.
MAX_RATIO, RATIO_FROM = 150, 1_000_000
MAX_COLUMNS = 100
MAX_FAULTS = 40
DATA_SHEET = "Datos"


@dataclass(frozen=True)
class Column:
    """A column: the key of its field and what its first row says."""

    clave: str
    etiqueta: str
    campo: Mapping


@dataclass
class Row:
    """A row with something in it. ``errores``: ``[{columna, motivo}]``, without what was typed."""

    numero: int
    datos: dict[str, str] = field(default_factory=dict)
    errores: list[dict[str, str]] = field(default_factory=list)

    @property
    def destinatario(self) -> str:
        return self.datos.get(ADDRESSEE, "")


def columns_of(campos: Sequence[Mapping]) -> list[Column]:
    """The columns of a kind: its fields, and to whom each document is addressed if it asks not."""
    repeated = Counter(fold(campo["etiqueta"]) for campo in campos)
    found = [
        Column(
            campo["clave"],
            f"{campo['etiqueta']} ({campo['clave']})"
            if repeated[fold(campo["etiqueta"])] > 1
            else campo["etiqueta"],
            campo,
        )
        for campo in campos
    ]
    if ADDRESSEE not in {column.clave for column in found}:
        label = _("A quién se dirige")
        own = {"clave": ADDRESSEE, "etiqueta": label, "tipo": TipoCampo.TEXTO, "maximo": 300}
        if fold(label) not in repeated:
            found.append(Column(ADDRESSEE, label, own))
    return found


def read_sheet(content: bytes, campos: Sequence[Mapping]) -> list[Row]:
    """
    The rows that have something, each with its faults.

    :raises InvalidInputError: about ``archivo``: what keeps the whole sheet from being read.
    """
    require_workbook(content)
    columns = columns_of(campos)
    # Held only by processes that are handed a sheet: it takes 24 MB to load.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            try:
                return _read(book, columns)
            finally:
                book.close()
    except InvalidInputError:
        raise
    except Exception as error:  # the readers of the parts raise nearly anything on broken data
        raise _refused(_("El archivo está dañado y no se puede leer.")) from error


def require_workbook(content: bytes) -> None:
    """
    :raises InvalidInputError: it is no XLSX, is too large, or unpacks to more than it may.
    """
    if len(content) > MAX_FILE:
        raise _refused(_("El archivo pesa más de 5 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        line = _("No es un libro de Excel (.xlsx). Guárdelo con ese formato y súbalo otra vez.")
        raise _refused(line) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _refused(
            _("No es un libro de Excel (.xlsx). Guárdelo con ese formato y súbalo otra vez.")
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(_("El libro tiene contraseña. Quítesela y súbalo otra vez."))
    if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
        raise _refused(
            _("El libro es demasiado grande por dentro. Copie sólo sus datos a la hoja.")
        )
    if any(_too_tight(part) for part in parts):
        raise _refused(_("El libro no parece una hoja con datos: se infla demasiado al abrirse."))


def _too_tight(part: zipfile.ZipInfo) -> bool:
    rows = part.filename.startswith("xl/worksheets/") or part.filename == "xl/sharedStrings.xml"
    if not rows and part.filename.endswith((".xml", ".rels")) and part.file_size > MAX_PART:
        return True
    packed = max(part.compress_size, 1)
    return part.file_size > RATIO_FROM and part.file_size / packed > MAX_RATIO


def _read(book, columns: list[Column]) -> list[Row]:
    if not book.worksheets:
        raise _refused(_("El libro no tiene hojas."))
    named = {sheet.title: sheet for sheet in book.worksheets}
    sheet = named.get(DATA_SHEET, book.worksheets[0])
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=1_048_576)
    places = _heads(next(rows, ()), columns)
    formulas: list[str] = []
    found = list(_rows(rows, columns, places, formulas))
    if formulas:
        shown = ", ".join(formulas[:10])
        more = _(" y %(n)s más") % {"n": len(formulas) - 10} if len(formulas) > 10 else ""
        raise _refused(
            _("Hay fórmulas en %(cells)s%(more)s. Cópielas y péguelas como valores.")
            % {"cells": shown, "more": more}
        )
    if not found:
        raise _refused(_("La hoja no tiene datos debajo de los nombres de las columnas."))
    _mark_repeated(found)
    return found


def _heads(cells: Sequence, columns: list[Column]) -> dict[int, Column]:
    """The place of each column by the names of the first row, in any order."""
    by_name = {fold(c.clave): c for c in columns} | {fold(c.etiqueta): c for c in columns}
    places: dict[int, Column] = {}
    lines, seen = [], set()
    for place, cell in enumerate(cells):
        name = clean_text(str(cell.value)) if cell.value is not None else ""
        if not name:
            continue
        column = by_name.get(fold(name))
        told = {"name": name[:60], "letter": _letter(place + 1)}
        if column is None:
            lines.append(_("La columna %(letter)s, «%(name)s», no es de este documento.") % told)
        elif column.clave in seen:
            lines.append(_("La columna «%(name)s» está repetida en %(letter)s.") % told)
        else:
            places[place] = column
            seen.add(column.clave)
    if not places and not lines:
        raise _refused(_("La primera fila debe llevar los nombres de las columnas."))
    missing = [c.etiqueta for c in columns if c.campo.get("requerido") and c.clave not in seen]
    lines += [_("Falta la columna «%(name)s».") % {"name": name} for name in missing]
    if lines:
        raise InvalidInputError(fields={"archivo": lines[:MAX_FAULTS]})
    return places


def _rows(
    rows: Iterator, columns: list[Column], places: dict[int, Column], formulas: list[str]
) -> Iterator[Row]:
    count = 0
    sample = {c.clave: read_value(c.campo, example_of(c.campo)) for c in columns}
    for number, cells in enumerate(rows, start=2):
        if all(_blank(cell) for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise _refused(
                _("La hoja tiene más de %(most)s filas. Divídala en varios archivos.")
                % {"most": f"{MAX_ROWS:,}"}
            )
        formulas += [cell.coordinate for cell in cells if getattr(cell, "data_type", "") == "f"]
        if not formulas:
            yield _row(number, cells, columns, places, sample)


def _blank(cell) -> bool:
    value = cell.value
    return value is None or (isinstance(value, str) and not clean_text(value))


def _row(number: int, cells, columns, places: dict[int, Column], sample: dict[str, str]) -> Row:
    row = Row(number)
    for place, cell in enumerate(cells):
        column = places.get(place)
        if column is None:
            if not _blank(cell):
                letter = _letter(place + 1)
                row.errores.append(_fault(letter, _("Hay datos en una columna sin nombre.")))
            continue
        _take(row, column, cell)
    for column in columns:
        named = {fault["columna"] for fault in row.errores}
        missing = column.campo.get("requerido") and not row.datos.get(column.clave)
        if missing and column.etiqueta not in named:
            row.errores.append(_fault(column.etiqueta, _("Falta este dato.")))
    if all(row.datos.get(c.clave) == sample[c.clave] for c in places.values()):
        row.errores = [_fault("", _("Es el ejemplo de la plantilla: borre esta fila."))]
    return row


def _take(row: Row, column: Column, cell) -> None:
    try:
        row.datos[column.clave] = _value(column, cell)
    except BadValueError as error:
        row.errores.append(_fault(column.etiqueta, str(error)))


def _value(column: Column, cell) -> str:
    if _blank(cell):
        return ""
    if getattr(cell, "data_type", "") == "e":
        raise BadValueError(_("La celda tiene un error de la hoja de cálculo."))
    return read_value(column.campo, _plain(cell.value))


def _plain(value: object) -> object:
    """A cell's value as it was meant: 14.0 is 14, a day without hour is a date."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.time | dt.timedelta):
        raise BadValueError(_("La celda tiene una hora; escríbala como texto."))
    return value


def _mark_repeated(rows: list[Row]) -> None:
    seen: dict[tuple, int] = {}
    for row in rows:
        if row.errores:
            continue
        key = tuple(sorted((name, value) for name, value in row.datos.items() if value))
        if key in seen:
            row.errores.append(_fault("", _("Es igual a la fila %(n)s.") % {"n": seen[key]}))
        else:
            seen[key] = row.numero


def _fault(columna: str, motivo: str) -> dict[str, str]:
    return {"columna": columna, "motivo": motivo}


def _refused(line: str) -> InvalidInputError:
    return InvalidInputError(fields={"archivo": [line]})


def _letter(place: int) -> str:
    """A, B, …, Z, AA: the name of a column, from 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)
