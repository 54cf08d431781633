"""The list of documents, and the same as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.calendar import current_calendar
from portal.core.time import today
from portal.documents.models import Documento
from tablero.shared.export import csv_response
from tablero.shared.views import partial_errors

from ..drafting import may_draft_something
from ..pages import page_of
from ..standing import Standing, with_waiting
from ..trays import Asked
from .base import live_path

PAGE_SIZE = 50
#: A file larger than this is made by narrowing the filters.
EXPORT_LIMIT = 50_000


@staff_only
@require_safe
@partial_errors
def lista(request: HttpRequest) -> HttpResponse:
    """The list; htmx asks for its rows alone."""
    asked = Asked(request.GET, request.user)
    page = page_of(with_waiting(asked.rows()), request.GET, size=PAGE_SIZE)
    calendar, day = current_calendar(), today()
    may_draft = may_draft_something(request.user)
    context = {
        "lista": asked,
        "pagina": page,
        "filas": [Standing(row, day, calendar) for row in page.rows],
        "vacio": None if page.rows else asked.nothing(may_draft=may_draft),
    }
    if request.headers.get("HX-Request") and request.GET.get("parte") == "filas":
        return render(request, "tablero/documentos/_filas.html", context)
    context |= {
        "migas": [{"label": _("Documentos")}],
        "live_path": live_path() if asked.first_page else "",
        "puede_redactar": may_draft,
        "ayuda_texto": _(
            "Los documentos que usted puede ver: los de su oficina y aquellos que redacta,"
            " revisa o firma. La lista se actualiza sola."
        ),
    }
    return render(request, "tablero/documentos/lista.html", context)


@staff_only
@require_safe
def exportar(request: HttpRequest) -> StreamingHttpResponse:
    """What is filtered, as CSV, without to whom each goes; sent as it is read."""
    rows = Asked(request.GET, request.user).rows()[:EXPORT_LIMIT]
    head = [
        _("Folio"), _("Tipo"), _("Asunto"), _("Estado"), _("Confidencial"), _("Dependencia"),
        _("Redacta"), _("Versión"), _("Creado"), _("Vence el paso"), _("Firmado"),
    ]  # fmt: skip
    return csv_response("documentos", head, _lines(rows.iterator(500)))


def _lines(rows: Iterator[Documento]) -> Iterator[tuple]:
    for row in rows:
        yield (
            row.folio or "",
            row.tipo,
            row.asunto,
            row.get_estado_display(),
            _("Sí") if row.confidencial else _("No"),
            row.dependencia.nombre,
            row.autor or "",
            row.version,
            _iso(row.creado_en),
            row.vence_etapa or "",
            _iso(row.firmado_en),
        )


def _iso(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
