"""Where somebody receives a document they are notified of, and says so."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.access import public
from portal.core.actors import CitizenActor
from portal.core.errors import ConflictError, NotFoundError
from portal.core.ratelimit import client_address, hit
from portal.core.time import now
from portal.documents.constants import ClaseArchivo
from portal.documents.models import NotificacionDocumento
from portal.documents.services import acknowledge_notification, record_opened
from portal.documents.services.files import last_file, read_file
from portal.documents.services.proofs import issue_proof_or_leave, proof_of
from portal.documents.snapshot import grouped, verification_url

from ..public_views import FILE_POLICY
from .links import notification_from_token

#: Links looked at from one address in ten minutes.
LOOKS, WINDOW = 60, 600


def receiving(view):
    """Limit who tries links, tell in one way what does not open, and let nobody keep the page."""

    @wraps(view)
    def inner(request, ficha, *args, **kwargs):
        moment = now()
        hit("recibir", client_address(request), limit=LOOKS, window=WINDOW, now=moment)
        try:
            row = notification_from_token(ficha, now=moment)
            response = view(request, row, ficha, *args, **kwargs)
        except NotFoundError as error:
            response = render(request, "public/recibir/vencido.html", {"error": error}, status=404)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return inner


@public
@require_http_methods(["GET", "HEAD", "POST"])
@receiving
def receive(request: HttpRequest, row: NotificacionDocumento, ficha: str) -> HttpResponse:
    """The document one is notified of; sent, the acknowledgement."""
    actor = CitizenActor()
    if request.method != "POST":
        if request.method == "GET":
            row.abierta_en = record_opened(
                notificacion_id=row.pk, actor=actor, now=now()
            ).abierta_en
        return _page(request, row, ficha)
    try:
        acknowledge_notification(notificacion_id=row.pk, actor=actor, now=now())
    except ConflictError as error:
        return _page(request, row, ficha, conflict=str(error.message), status=error.status)
    issue_proof_or_leave(notificacion_id=row.pk, now=now())
    return redirect("recibir:documento", ficha=ficha)


def _page(request, row, ficha: str, *, conflict: str = "", status: int = 200) -> HttpResponse:
    proof = proof_of(row) if row.practicada_en else None
    context = {
        "n": row,
        "d": row.documento,
        "ficha": ficha,
        "codigo": grouped(row.documento.codigo),
        "verificacion": verification_url(row.documento.codigo),
        "constancia": proof,
        "conflicto": conflict,
        "migas": [
            {"label": _("Inicio"), "url": reverse("public:inicio")},
            {"label": _("Recibir un documento")},
        ],
    }
    return render(request, "public/recibir/documento.html", context, status=status)


@public
@require_safe
@receiving
def pdf(request: HttpRequest, row: NotificacionDocumento, ficha: str) -> HttpResponse:
    """The document itself, whole."""
    return _file(row.documento)


@public
@require_safe
@receiving
def proof(request: HttpRequest, row: NotificacionDocumento, ficha: str) -> HttpResponse:
    """
    The sealed proof of the acknowledgement, for who gave it.

    :raises NotFoundError: it was not given, or its proof is not ready.
    """
    made = proof_of(row)
    if made is None:
        raise NotFoundError(_("La constancia todavía no está lista. Vuelva en unos minutos."))
    return _file(made)


def _file(documento) -> HttpResponse:
    response = HttpResponse(
        read_file(last_file(documento, ClaseArchivo.FIRMADO)), content_type="application/pdf"
    )
    response["Content-Disposition"] = content_disposition_header(False, f"{documento.folio}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
