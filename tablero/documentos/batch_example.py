"""The spreadsheet that is handed out to be filled in."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from portal.documents.constants import TipoCampo

EXAMPLE_DAY = dt.date(2026, 3, 5)
#: The list of a drop-down may not be longer, in characters.
LONGEST_LIST = 250
_HEAD = "FFEFEAE0"


def example_of(campo: Mapping) -> object:
    """What somebody could write in that field; invented, and refused if it is left there."""
    if campo["tipo"] == TipoCampo.FECHA:
        return EXAMPLE_DAY
    if campo["tipo"] == TipoCampo.NUMERO:
        return 12
    if campo["tipo"] == TipoCampo.OPCION:
        return (campo.get("opciones") or [""])[0]
    if campo["tipo"] == TipoCampo.SI_NO:
        return "Sí"
    text = _("Ejemplo de %(name)s") % {"name": str(campo["etiqueta"]).lower()}
    return text[: campo.get("maximo") or 300].strip()


def template_workbook(columns: Sequence, *, kind: str, rows: int) -> bytes:
    """
    A workbook with the columns (``batch_sheet.Column``) and an example row, and a sheet of help.
    """
    # Held only by processes that are asked for a sheet: it takes 24 MB to load.
    from openpyxl import Workbook

    book = Workbook()
    data = book.active
    data.title = "Datos"
    data.append([column.etiqueta for column in columns])
    data.append([example_of(column.campo) for column in columns])
    for place, column in enumerate(columns, start=1):
        _dress(data, place, column, rows)
    data.freeze_panes = "A2"
    _help_sheet(book, columns, kind)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a name that begins with «=» is no formula
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _dress(sheet, place: int, column, rows: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(place)
    head = sheet.cell(1, place)
    head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)
    head.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[letter].width = max(14, min(40, len(column.etiqueta) + 4))
    sheet.cell(2, place).font = Font(italic=True, color="FF666666")
    if column.campo["tipo"] == TipoCampo.FECHA:
        sheet.cell(2, place).number_format = "dd/mm/yyyy"
        sheet.column_dimensions[letter].number_format = "dd/mm/yyyy"
    options = _options(column.campo)
    if options and len(",".join(options)) <= LONGEST_LIST and not any("," in o for o in options):
        choice = DataValidation("list", formula1=f'"{",".join(options)}"', allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}{rows + 1}")


def _options(campo: Mapping) -> list[str]:
    if campo["tipo"] == TipoCampo.SI_NO:
        return ["Sí", "No"]
    return list(campo.get("opciones") or ()) if campo["tipo"] == TipoCampo.OPCION else []


def _help_sheet(book, columns: Sequence, kind: str) -> None:
    from openpyxl.styles import Font

    sheet = book.create_sheet("Ayuda")
    lines = [
        kind,
        _("Escriba en la hoja «Datos», una persona o documento por fila."),
        _("Borre la fila del ejemplo. No cambie los nombres de las columnas ni use fórmulas."),
        _("Las fechas pueden ir como fecha o como texto: día/mes/año."),
    ]
    for line in lines:
        sheet.append([line])
    sheet.append([])
    sheet.append([_("Columna"), _("¿Obligatoria?"), _("Qué lleva"), _("Ejemplo")])
    for cell in (sheet.cell(1, 1), *sheet[6]):
        cell.font = Font(bold=True)
    for column in columns:
        required = _("Sí") if column.campo.get("requerido") else _("No")
        row = [column.etiqueta, required, _meaning(column.campo), example_of(column.campo)]
        sheet.append(row)
    for letter, width in zip("ABCD", (34, 14, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width


def _meaning(campo: Mapping) -> str:
    parts = [str(TipoCampo(campo["tipo"]).label)]
    if campo.get("maximo"):
        parts.append(_("hasta %(n)s letras") % {"n": campo["maximo"]})
    if campo["tipo"] == TipoCampo.OPCION:
        parts.append(_("una de: %(list)s") % {"list": "; ".join(campo.get("opciones") or ())})
    if campo.get("ayuda"):
        parts.append(str(campo["ayuda"]))
    return ". ".join(parts)
