"""Signing many documents with one pair, in one request that tells of each as it goes."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from portal.core.errors import DomainError
from portal.core.time import now
from portal.documents.models import Documento
from portal.documents.services import load_pair, sign_with
from portal.documents.signing.keys import Signatory
from tablero.shared.secrets import carries_keys

from .signing_forms import BatchForm, attach, too_large
from .signing_pages import MOST, Waiting, waiting_for
from .views.base import crumbs

logger = logging.getLogger("ventanilla.documentos")
#: Where the rows go in the page that is sent in pieces.
GAP = mark_safe("<!--filas-->")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of one document."""

    documento: Documento
    place: int
    total: int
    folio: str = ""
    reason: str = ""


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@carries_keys
def firmar_lote(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What waits for the person's signature; posted, the marked ones are signed one by one."""
    rows = waiting_for(request.user)
    if request.method != "POST":
        return _page(request, rows, BatchForm(waiting=rows))
    form = BatchForm(request.POST, request.FILES, waiting=rows)
    if request.too_large:
        return _page(request, rows, form, status=too_large(form))
    if not form.is_valid():
        return _page(request, rows, form, status=422)
    try:
        signatory = load_pair(form.credentials(), now=now())
    except DomainError as error:
        return _page(request, rows, form, status=attach(form, error))
    chosen = set(form.cleaned_data["sel"])
    picked = [row for row in rows if row.token in chosen]
    return _progress(request, picked, signatory)


def _page(request: HttpRequest, rows: list[Waiting], form, *, status: int = 200) -> HttpResponse:
    marked = set(request.POST.getlist("sel")) if request.method == "POST" else set()
    everything = request.GET.get("todos") == "1"
    context = {
        "filas": [{"w": row, "marked": everything or row.token in marked} for row in rows],
        "form": form,
        "tope": MOST if len(rows) == MOST else 0,
        "todos": everything,
        "migas": crumbs(last=_("Firmar")),
    }
    return render(request, "tablero/documentos/firmar_lote.html", context, status=status)


def _progress(request: HttpRequest, rows: list[Waiting], signatory: Signatory):
    """The page around the rows is made before the first signature; each row follows its own."""
    context = {"total": len(rows), "hueco": GAP, "migas": crumbs(last=_("Firmar"))}
    page = render_to_string("tablero/documentos/firmando.html", context, request)
    head, _gap, foot = page.partition(GAP)
    language = translation.get_language()
    pieces = _pieces(head, foot, rows, signatory, request.user, language)
    response = StreamingHttpResponse(pieces)
    response["X-Accel-Buffering"] = "no"
    return response


def _pieces(head, foot, rows, signatory: Signatory, actor, language) -> Iterator[str]:
    """
    The page in pieces. Whoever stops reading stops the signing, between two documents; no
    transaction is open while a piece is on its way. The key is dropped however it ends.
    """
    good = 0
    with signatory, translation.override(language):
        yield head
        for place, row in enumerate(rows, start=1):
            done = _sign(row.documento, place, len(rows), signatory, actor)
            good += not done.reason
            yield render_to_string("tablero/documentos/_firma_fila.html", {"r": done})
        summary = {"buenas": good, "malas": len(rows) - good, "total": len(rows)}
        yield render_to_string("tablero/documentos/_lote_resumen.html", summary)
        yield foot


@sensitive_variables("signatory")
def _sign(documento: Documento, place: int, total: int, signatory: Signatory, actor) -> Done:
    told = {"documento": documento, "place": place, "total": total}
    try:
        firma = _signed(documento, signatory, actor, now())
    except DomainError as error:
        return Done(**told, reason=str(error.message))
    except Exception:
        # One that fails for a reason of ours must not keep the others from being signed.
        logger.exception("batch_signature_failed", extra={"documento": documento.pk})
        return Done(**told, reason=_("No se pudo firmar por una falla del sistema."))
    return Done(**told, folio=firma.documento.folio)


def _signed(documento: Documento, signatory: Signatory, actor, moment: dt.datetime):
    return sign_with(
        documento_id=documento.pk,
        signatory=signatory,
        actor=actor,
        now=moment,
        huella=documento.huella_contenido,
    )
