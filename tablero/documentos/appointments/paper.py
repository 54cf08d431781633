"""The register of posts on paper and as a spreadsheet."""

import datetime as dt

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.documents.rendering import (
    DocumentContent,
    Letterhead,
    Table,
    layout_source,
    render_pdf,
)
from portal.documents.snapshot import emblem_svg
from tablero.shared.export import xlsx_response

from ..models import Nombramiento


def head() -> list[str]:
    """The columns of both."""
    return [_("Dependencia"), _("Cargo"), _("Persona"), _("Desde"), _("Hasta"), _("Nombramiento")]


def holders_sheet(rows: list[Nombramiento], name: str) -> FileResponse:
    """Who held each post, with dates as dates, as a download called ``name``.xlsx."""
    more = [_("Acuerdo"), _("Protestó el")]
    lines = (
        [
            row.adscripcion,
            row.cargo,
            row.persona,
            row.desde,
            row.termina,
            row.documento.folio,
            row.acuerdo,
            row.protestado_el,
        ]
        for row in rows
    )
    return xlsx_response(name, [*head(), *more], lines, sheet=_("Cargos"))


def holders_pdf(rows: list[Nombramiento], day: dt.date, *, printed: dt.date) -> bytes:
    """The same on paper, dated on the day it is ``printed``."""
    table = Table(
        columnas=tuple(head()),
        filas=tuple(
            (
                row.adscripcion,
                row.cargo,
                row.persona,
                f"{row.desde:%d/%m/%Y}",
                f"{row.termina:%d/%m/%Y}" if row.termina else "—",
                row.documento.folio or "",
            )
            for row in rows
        ),
        anchos=(3, 3, 3, 1.4, 1.4, 2.8),
    )
    content = DocumentContent(
        tipo=_("Registro de nombramientos"),
        titulo=_("Quién ocupaba cada cargo el %(day)s") % {"day": full_date(day)},
        folio=" ",
        lugar=settings.MUNICIPIO["nombre"],
        fecha=printed,
        tablas=(table,),
    )
    return render_pdf(
        layout=layout_source("minutario"), content=content, letterhead=_letterhead()
    ).pdf


def _letterhead() -> Letterhead:
    place = settings.MUNICIPIO
    names = ("ayuntamiento", "secretaria", "domicilio", "telefono", "correo", "color", "cenefa")
    values = {name: place[name] for name in names}
    return Letterhead(dependencia=place["secretaria"], emblema_svg=emblem_svg(), **values)
