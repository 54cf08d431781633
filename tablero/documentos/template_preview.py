"""A template as it would print, with a sample for each of its fields."""

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.time import local_date
from portal.documents.constants import NivelFirma, TipoCampo
from portal.documents.models import Documento, TipoDocumento
from portal.documents.printing import content_of
from portal.documents.rendering import LayoutError, render_pages
from portal.documents.rendering.samples import receipt_sample
from portal.documents.services import Template
from portal.documents.services.templates import layout_error_of
from portal.documents.templating import fill, paragraphs

from .house_paper import house_letterhead

#: Lines of a layout shown before and after the one at fault.
AROUND = 3
MOST_PAGES = 8


@dataclass(frozen=True)
class Fault:
    """Why a layout does not compile, with the code around it: ``(number, line, at fault)``."""

    message: str
    line: int = 0
    column: int = 0
    hint: str = ""
    around: tuple[tuple[int, str, bool], ...] = ()


@dataclass(frozen=True)
class Preview:
    """Pages as addresses that carry their picture, or the fault."""

    urls: list[str] = field(default_factory=list)
    fault: Fault | None = None


def preview(kind: TipoDocumento, template: Template, *, now: dt.datetime) -> Preview:
    """
    The pages of a template on sample values; nothing is kept.

    The layout is first tried in a process of its own, with its limits, as when it is published.
    """
    error = layout_error_of(template.diseno)
    if error is None:
        try:
            pages = render_pages(
                layout=template.diseno,
                content=_content(kind, template, now),
                letterhead=house_letterhead(_("Dependencia que lo emite")),
            )
            return Preview([_as_address(page) for page in pages[:MOST_PAGES]])
        except LayoutError as failed:
            error = failed
    return Preview(fault=fault_of(error, template.diseno))


def fault_of(error: LayoutError, diseno: str) -> Fault:
    """The fault with the code around its line."""
    lines, at = diseno.splitlines(), error.line
    first, last = max(1, at - AROUND), min(len(lines), at + AROUND)
    around = [(n, lines[n - 1], n == at) for n in range(first, last + 1)] if at else []
    return Fault(str(error.message), at, error.column, error.hint, tuple(around))


def sample_of(campo: dict, day: dt.date) -> str:
    """A value that reads as an example of what goes there."""
    kind = campo["tipo"]
    if kind == TipoCampo.TEXTO_LARGO:
        words = _("Primer párrafo de ejemplo de «%(name)s».\n\nSegundo párrafo de ejemplo.")
        return words % {"name": campo["etiqueta"]}
    if kind == TipoCampo.OPCION:
        return campo["opciones"][0] if campo["opciones"] else ""
    fixed = {
        TipoCampo.NUMERO: "1250",
        TipoCampo.FECHA: day.isoformat(),
        TipoCampo.SI_NO: _("Sí"),
    }
    return fixed.get(kind) or _("ejemplo de %(name)s") % {"name": campo["etiqueta"]}


def _content(kind: TipoDocumento, template: Template, now: dt.datetime):
    datos = {campo["clave"]: sample_of(campo, local_date(now)) for campo in template.campos}
    rows = paragraphs(
        campos=template.campos, clausulas=template.clausulas, datos=datos, cambios={}, gaps=True
    )
    content = {
        "tipo": kind.nombre,
        "titulo": fill(template.titulo, template.campos, datos, gaps=True),
        "asunto": _("Asunto de ejemplo"),
        "destinatario": _("Nombre de la persona a quien se dirige"),
        "lugar": settings.MUNICIPIO["nombre"],
        "parrafos": [
            {"clave": p.clave, "texto": p.texto, "clase": p.clase, "titulo": p.titulo} for p in rows
        ],
        "fundamento": template.fundamento or kind.fundamento,
        "pie_de_recurso": template.pie_de_recurso,
        "firmantes": _signatories(kind, template),
        "serie_archivo": kind.serie_archivo,
        "confidencial": kind.confidencial,
        "sustituye": "",
        "extra": receipt_sample(),
    }
    return content_of(Documento(tipo=kind), content, borrador=True)


def _signatories(kind: TipoDocumento, template: Template) -> list[dict]:
    if kind.nivel_firma == NivelFirma.SELLO and not template.firmantes:
        place = settings.MUNICIPIO
        seal = {"clave": "sello", "nombre": place["ayuntamiento"], "cargo": place["secretaria"]}
        return [seal]
    return [row | {"nombre": _("Nombre de quien firma")} for row in template.firmantes]


def _as_address(page: bytes) -> str:
    return f"data:image/svg+xml,{quote(page)}"
