"""The page of a document, its pictures and its PDF, its versions, and whether it holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.errors import ConflictError, NotFoundError
from portal.core.time import now
from portal.documents.comparison import compare
from portal.documents.constants import ClaseArchivo
from portal.documents.models import Documento
from portal.documents.printing import render_draft
from portal.documents.rendering import LayoutError
from portal.documents.services.drafting import current_version
from portal.documents.services.files import read_file
from portal.documents.snapshot import printed_paragraphs

from ..docpage import page_context
from ..integrity import checks_of
from ..preview import kept_pages
from .base import crumbs, live_path, visible_documento

#: A picture or a file opened by itself runs and loads nothing.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@staff_only
@require_safe
@never_cache
def documento(request: HttpRequest, pk: int) -> HttpResponse:
    """The document, for whoever may know of it."""
    found = visible_documento(request.user, pk)
    context = page_context(found, request.user)
    context |= {"migas": crumbs(found)[:-1] + [{"label": found.folio or str(found.tipo)}]}
    context |= {"live_path": live_path(pk)}
    return render(request, "tablero/documentos/documento.html", context)


@staff_only
@require_safe
def pagina(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """
    The picture of a page from 1.

    :raises NotFoundError: it has no such page, or cannot be drawn.
    """
    found = visible_documento(request.user, pk)
    try:
        pages = kept_pages(found)
    except LayoutError as error:
        raise NotFoundError(_("La página no se puede dibujar.")) from error
    if not 1 <= n <= len(pages):
        raise NotFoundError(_("El documento no tiene esa página."))
    response = HttpResponse(pages[n - 1], content_type="image/svg+xml")
    response["Content-Encoding"] = "gzip"
    response["Content-Security-Policy"] = INERT
    response["X-Content-Type-Options"] = "nosniff"
    # Its address holds the number of changes, so the same address is always the same picture.
    patch_cache_control(response, private=True, max_age=3600)
    return response


@staff_only
@require_safe
@never_cache
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """
    The PDF: the signed one, the one that is to be signed, or the draft as it would print.

    :raises ConflictError: the layout cannot print it, or the kept file is not what it was.
    """
    found = visible_documento(request.user, pk)
    row = _kept_file(found)
    if row is not None:
        content, name = read_file(row), row.nombre
    else:
        content, name = _draft_pdf(found), f"borrador-{found.pk}-v{found.version}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = INERT
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kept_file(found: Documento):
    """The file that rules, signed before ready; none for a text that still changes."""
    if found.contenido is None:
        return None
    kept = {row.clase: row for row in found.archivos.order_by("pk")}
    return kept.get(ClaseArchivo.FIRMADO) or kept.get(ClaseArchivo.LISTO)


def _draft_pdf(found: Documento) -> bytes:
    try:
        return render_draft(found, current_version(found)).pdf
    except LayoutError as error:
        line = _("La plantilla no puede imprimir este texto: %(why)s")
        raise ConflictError(line % {"why": error}) from error


@staff_only
@require_safe
@never_cache
def versiones(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, and two of them side by side."""
    found = visible_documento(request.user, pk)
    rows = list(found.versiones.select_related("autor"))
    by_number = {row.numero: row for row in rows}
    after = by_number.get(_number(request.GET.get("con", "")), rows[-1])
    default = by_number.get(after.numero - 1, rows[0])
    before = by_number.get(_number(request.GET.get("de", "")), default)
    pairs = compare(printed_paragraphs(found, before), printed_paragraphs(found, after))
    context = {
        "d": found,
        "versiones": rows,
        "antes": before,
        "despues": after,
        "pares": pairs,
        "cambiados": sum(pair.cambio != "igual" for pair in pairs),
        "migas": crumbs(found, _("Versiones")),
    }
    return render(request, "tablero/documentos/versiones.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@staff_only
@require_safe
@never_cache
def integridad(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether record, text, files and signatures are what they were."""
    found = visible_documento(request.user, pk)
    checks = checks_of(found, at=now())
    context = {
        "d": found,
        "pruebas": checks,
        "integro": all(check.good for check in checks),
        "cuando": now(),
        "migas": crumbs(found, _("Integridad")),
    }
    return render(request, "tablero/documentos/integridad.html", context)
