"""The register to take along: as a spreadsheet, and printed."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.time import local_date
from portal.documents.rendering import (
    DocumentContent,
    Table,
    layout_source,
    render_pdf,
)
from portal.documents.selectors.register import Entry, entries

from .house_paper import house_letterhead
from .register_list import Register, gaps_words

#: Numbers that go into one PDF: a thousand rows take some seconds and 200 MB of memory.
PART = 1_000
WIDTHS = (8, 20, 12, 26, 34, 60, 34, 14, 40)
#: Shares of the columns on paper, where the folio says the number.
SHARES = (3.2, 1.8, 2.2, 2.8, 5.2, 2.8, 1.8, 2.8)


def head() -> list[str]:
    """The columns of both."""
    return [
        _("Número"),
        _("Folio"),
        _("Fecha"),
        _("Tipo"),
        _("Dependencia"),
        _("Asunto"),
        _("A quién se dirige"),
        _("Estado"),
        _("Motivo"),
    ]


def sheet_rows(lines: Iterator[Entry]) -> Iterator[tuple]:
    """A row of a spreadsheet for each line of the register; dates as dates."""
    for line in lines:
        documento, hidden = line.documento, _("(reservado)")
        yield (
            documento.numero,
            documento.folio,
            local_date(documento.fechado_en) if documento.fechado_en else None,
            str(documento.tipo),
            str(documento.dependencia),
            hidden if line.oculto else line.asunto,
            hidden if line.oculto else line.destinatario,
            documento.get_estado_display(),
            line.motivo,
        )


def parts_of(asked: Register) -> list[dict]:
    """The PDFs in which the register is printed: ``{part, first, last}``."""
    last = asked.sequence().ultimo
    return [
        {"part": part, "first": first, "last": min(first + PART - 1, last)}
        for part, first in enumerate(range(1, last + 1, PART), start=1)
    ]


def printed(asked: Register, *, part: int, now: dt.datetime) -> bytes:
    """The ``part`` of the register (from 1) as PDF: what is filtered, and if any is missing."""
    first = (part - 1) * PART
    within = asked.rows().filter(numero__gt=first, numero__lte=first + PART)
    lines = entries(asked.viewer, within.iterator(chunk_size=500))
    rows = [tuple(_cell(value) for value in row[1:]) for row in sheet_rows(lines)]
    serie, ejercicio = asked.chosen
    names = {"serie": serie, "year": ejercicio}
    content = DocumentContent(
        tipo=_("Minutario"),
        titulo=_("Minutario de folios, serie %(serie)s, %(year)s") % names,
        folio=f"{serie} {ejercicio}",
        asunto=" ".join(filter(None, (gaps_words(asked.sequence()), _filtered(asked)))),
        lugar=settings.MUNICIPIO["nombre"],
        fecha=timezone.localtime(now, timezone.get_default_timezone()),
        tablas=(Table(tuple(head()[1:]), tuple(rows), anchos=SHARES),),
    )
    layout = layout_source("minutario")
    return render_pdf(layout=layout, content=content, letterhead=house_letterhead()).pdf


def _cell(value: object) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _filtered(asked: Register) -> str:
    """What part of the register is printed, when it is not all of it."""
    parts = [chip["value"] for chip in asked.chips() if chip.get("on")]
    return _("Sólo: %(what)s.") % {"what": ", ".join(map(str, parts))} if parts else ""
