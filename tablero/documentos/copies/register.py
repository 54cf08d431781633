"""The register of certifications on paper and as a spreadsheet."""

import datetime as dt

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from portal.core.time import local_date
from portal.documents.rendering import DocumentContent, Table, layout_source, render_pdf
from tablero.shared.export import xlsx_response

from ..house_paper import house_letterhead
from ..models import SolicitudCopia
from .certifying import pages_words


def head() -> list[str]:
    """The columns of both."""
    return [
        _("Solicitud"),
        _("Certificación"),
        _("Fecha"),
        _("De qué"),
        _("Páginas"),
        _("Solicitante"),
        _("Estado"),
    ]


def _line(row: SolicitudCopia) -> list:
    paper = row.certificacion
    signed = paper is not None and paper.firmado_en is not None
    return [
        row.folio,
        (paper.folio or "") if paper else "",
        local_date(paper.firmado_en if signed else row.creada_en),
        row.descripcion,
        pages_words(row.paginas),
        row.solicitante,
        row.get_estado_display(),
    ]


def register_sheet(rows: list[SolicitudCopia], name: str) -> FileResponse:
    """The register with dates as dates, as a download called ``name``.xlsx."""
    more = [_("Tantos"), _("Recibo"), _("Importe"), _("Exención"), _("Entregada a"), _("Huella")]
    lines = (
        [
            *_line(row),
            row.tantos,
            row.recibo,
            row.importe,
            row.exencion,
            row.entregada_a,
            row.sha256,
        ]
        for row in rows
    )
    return xlsx_response(name, [*head(), *more], lines, sheet=_("Certificaciones"))


def register_pdf(rows: list[SolicitudCopia], *, printed: dt.date) -> bytes:
    """The same on paper, dated on the day it is ``printed``."""
    lines = [_line(row) for row in rows]
    table = Table(
        columnas=tuple(head()),
        filas=tuple(
            tuple(f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date) else cell for cell in line)
            for line in lines
        ),
        anchos=(15, 15, 9, 26, 9, 16, 10),
    )
    content = DocumentContent(
        tipo=_("Registro de certificaciones"),
        titulo=_("Registro de certificaciones"),
        folio=" ",
        lugar=settings.MUNICIPIO["nombre"],
        fecha=printed,
        tablas=(table,),
    )
    layout = layout_source("minutario")
    return render_pdf(layout=layout, content=content, letterhead=house_letterhead()).pdf
