"""Lists as files to take along, that a spreadsheet opens well and cannot be harmed by."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

#: First characters that make a spreadsheet take a cell for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
#: Letters that a cell of a spreadsheet holds.
LONGEST_CELL = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 24
#: Letters that the name of a sheet holds.
LONGEST_TITLE = 31


def safe_cell(value: object) -> str:
    """``value`` as text; what a spreadsheet would run gets an apostrophe in front of it."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of the file, one by one: nothing is held in memory but the line."""
    writer = csv.writer(_Echo())
    yield BOM
    yield writer.writerow([safe_cell(cell) for cell in head])
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def csv_response(
    name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A download called ``name``.csv, sent as it is read."""
    return StreamingHttpResponse(
        (line.encode() for line in csv_lines(head, rows)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def xlsx_response(
    name: str,
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    widths: Sequence[float] = (),
    sheet: str = "",
) -> FileResponse:
    """
    A download called ``name``.xlsx; its head stays in sight. ``widths`` are in letters.

    Numbers and dates stay what they are; any text is a text, also where it looks like a formula.
    The rows are written to a temporary file as they are read.
    """
    # Held only by processes that are asked for a sheet: it takes 24 MB to load.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet((sheet or name)[:LONGEST_TITLE])
    page.freeze_panes = "A2"
    for place in range(len(head)):
        width = widths[place] if place < len(widths) else WIDTH
        page.column_dimensions[get_column_letter(place + 1)].width = width
    page.append([_head_cell(page, value) for value in head])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def workbook_response(name: str, content: bytes) -> HttpResponse:
    """A workbook that is made already, as a download called ``name``.xlsx."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _cell(page, value: object) -> object:
    """Dates and figures as such, anything else as a text that is never run."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, int | float):
        return value
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, dt.date):
        cell = WriteOnlyCell(page, value=value)
        if not isinstance(value, dt.datetime):
            cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _head_cell(page, value: object) -> object:
    from openpyxl.styles import Alignment, Font

    cell = _cell(page, str(value))
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell
