"""Pages of notifications for the staff."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.policies import StaffPolicy
from portal.core.access import staff_only
from portal.core.calendar import current_calendar
from portal.core.errors import (
    ConflictError,
    DomainError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.time import now, today
from portal.documents import services
from portal.documents.constants import MedioNotificacion
from portal.documents.models import Documento, NotificacionDocumento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services import Order, Proof, Service
from portal.documents.services.files import read_file
from tablero.shared.lists import link_with
from tramites.uploads import discard_upload, receive_upload

from ..pages import page_of
from ..views.base import crumbs, visible_documento
from ..views.drafting import spread_faults
from .acts import BY_SLUG, NoticeAct, offered
from .case_contact import contact_of_case
from .forms import OrderForm
from .presenting import Notice
from .selectors import TRAYS, notices_for, papers_of

PAGE_SIZE = 50
TRAY_WORDS = {
    "pendientes": gettext_lazy("Por practicar"),
    "por_vencer": gettext_lazy("Vencen pronto"),
    "vencidas": gettext_lazy("Vencidas"),
    "practicadas": gettext_lazy("Practicadas"),
    "fallidas": gettext_lazy("No se pudo"),
    "todas": gettext_lazy("Todas"),
}


def visible_notice(user, pk: int) -> NotificacionDocumento:
    """
    The notification, with its document as its page shows it.

    :raises NotFoundError: there is none, or its document is not theirs to know.
    """
    rows = NotificacionDocumento.objects.select_related("evidencia", "practicada_por")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa notificación."))
    row.documento = visible_documento(user, row.documento_id)
    return row


@staff_only
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is to be notified, and what was."""
    if not StaffPolicy(request.user).is_staff_member:
        raise NotAllowedError
    tray = request.GET.get("bandeja", "")
    tray = tray if tray in TRAYS else TRAYS[0]
    means = request.GET.get("medio", "")
    day, calendar = today(), current_calendar()
    rows = notices_for(request.user, tray=tray, medio=means, day=day, calendar=calendar)
    page = page_of(rows, request.GET, size=PAGE_SIZE)
    context = {
        "tabs": [
            {
                "label": str(TRAY_WORDS[name]),
                "url": link_with(request.GET, bandeja=name, antes=None, despues=None),
                "current": name == tray,
            }
            for name in TRAYS
        ],
        "filas": [Notice(row, day, calendar) for row in page.rows],
        "pagina": page,
        "medios": MedioNotificacion.choices,
        "medio": means,
        "bandeja": tray,
        "migas": crumbs(last=_("Notificaciones")),
    }
    return render(request, "tablero/documentos/notificaciones.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to notify of a document, and by what means."""
    documento = visible_documento(request.user, pk)
    DocumentoPolicy(request.user).require("notify", documento)
    if not documento.vigente:
        line = _("El documento está en «%(s)s»: ya no se notifica.")
        raise ConflictError(line % {"s": documento.get_estado_display()})
    if request.method != "POST":
        first = {"cambios": documento.cambios, "destinatario": documento.destinatario}
        return _order_page(request, documento, OrderForm(initial=first))
    if "usar_asunto" in request.POST:
        return _with_case_contact(request, documento)
    return _do_order(request, documento)


def _with_case_contact(request: HttpRequest, documento: Documento) -> HttpResponse:
    """The same form with what the person gave with the case; that it was looked at is recorded."""
    typed = {name: request.POST.get(name, "") for name in OrderForm.base_fields}
    known = contact_of_case(documento, actor=request.user, now=now())
    form = OrderForm(initial=typed | known | {"cambios": documento.cambios})
    return _order_page(request, documento, form)


def _do_order(request: HttpRequest, documento: Documento) -> HttpResponse:
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _order_page(request, documento, form, status=InvalidInputError.status)
    values = form.arguments()
    cambios = values.pop("cambios")
    try:
        row = services.order_notification(
            documento_id=documento.pk,
            order=Order(**values),
            actor=request.user,
            now=now(),
            cambios=cambios,
        )
    except InvalidInputError as error:
        spread_faults(form, error)
        return _order_page(request, documento, form, status=error.status)
    except ConflictError as error:
        form.data = form.data.copy()
        form.data["cambios"] = visible_documento(request.user, documento.pk).cambios
        form.add_error(None, str(error.message))
        return _order_page(request, documento, form, status=error.status)
    messages.success(request, _("La notificación quedó ordenada."))
    return redirect("documentos:notificacion", pk=row.pk)


def _order_page(request, documento: Documento, form: OrderForm, *, status: int = 200):
    context = {
        "d": documento,
        "form": form,
        "del_asunto": contact_of_case(documento, actor=request.user) is not None,
        "migas": crumbs(documento, _("Notificar")),
    }
    return render(request, "tablero/documentos/notificar.html", context, status=status)


@staff_only
@require_safe
@never_cache
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notification: what was done, what comes next, and its papers."""
    row = visible_notice(request.user, pk)
    policy = DocumentoPolicy(request.user)
    may = policy.can_notify(row.documento) and row.documento.vigente
    context = {
        "n": Notice(row, today(), current_calendar()),
        "d": row.documento,
        "actos": offered(row) if may else [],
        "papeles": services.papers_for(row) if may else (),
        "emitidos": papers_of(row),
        "migas": crumbs(row.documento, _("Notificación")),
    }
    return render(request, "tablero/documentos/notificacion.html", context)


@staff_only
@require_POST
def paper(request: HttpRequest, pk: int, papel: str) -> HttpResponse:
    """Issue a paper of the next visit and show it."""
    row = visible_notice(request.user, pk)
    try:
        made = services.issue_paper(
            notificacion_id=row.pk, paper=papel, actor=request.user, now=now()
        )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error.message))
        return redirect("documentos:notificacion", pk=row.pk)
    return redirect("documentos:pdf", pk=made.pk)


@staff_only
@require_safe
@never_cache
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """
    The scanned proof, to be saved.

    :raises NotFoundError: there is none.
    """
    row = visible_notice(request.user, pk)
    if row.evidencia is None:
        raise NotFoundError(_("Esa notificación no tiene constancia escaneada."))
    response = HttpResponse(read_file(row.evidencia), content_type=row.evidencia.tipo)
    ending = row.evidencia.ruta.rpartition(".")[2]
    name = f"constancia-{row.documento.folio}-{row.pk}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, acto: str) -> HttpResponse:
    """The form of an act on a notification, and the act."""
    found = BY_SLUG.get(acto)
    if found is None:
        raise Http404
    row = visible_notice(request.user, pk)
    DocumentoPolicy(request.user).require("notify", row.documento)
    if not (row.documento.vigente and found.admits(row)):
        return _act_page(request, found, row, None, conflict=_refused(row))
    if request.method != "POST":
        return _act_page(request, found, row, found.make_form(row, initial=_first(row)))
    return _do_act(request, found, row)


def _first(row: NotificacionDocumento) -> dict:
    return {"cambios": row.cambios, "recibe": row.destinatario if not row.visita_en else ""}


def _refused(row: NotificacionDocumento) -> str:
    if not row.documento.vigente:
        line = _("El documento está en «%(s)s»: ya no se notifica.")
        return line % {"s": row.documento.get_estado_display()}
    line = _("La notificación está en «%(s)s»: este acto ya no procede.")
    return line % {"s": row.get_estado_display()}


def _do_act(request: HttpRequest, found: NoticeAct, row: NotificacionDocumento) -> HttpResponse:
    form = found.make_form(row, request.POST, request.FILES)
    if not form.is_valid():
        return _act_page(request, found, row, form, status=InvalidInputError.status)
    values, stored = form.arguments(), None
    try:
        if values.get("evidencia"):
            stored = receive_upload(values["evidencia"])
        _carry_out(found, row, values, stored, request.user)
    except DomainError as error:
        if stored is not None:
            discard_upload(stored)
        return _act_refused(request, found, row, form, error)
    messages.success(request, found.done)
    return redirect("documentos:notificacion", pk=row.pk)


def _carry_out(found: NoticeAct, row, values: dict, stored, actor) -> None:
    common = {
        "notificacion_id": row.pk,
        "cambios": values.pop("cambios"),
        "actor": actor,
        "now": now(),
    }
    if found.slug != "practicada":
        found.service(**common, **values)
        return
    values.pop("evidencia", None)
    proof = None
    if stored is not None:
        proof = Proof(
            ruta=stored.ruta,
            nombre=stored.nombre,
            tipo=stored.tipo,
            tamano=stored.tamano,
            sha256=stored.sha256,
        )
    found.service(**common, service=Service(**values), proof=proof)


def _act_refused(request, found: NoticeAct, row, form, error: DomainError) -> HttpResponse:
    """The form again with all that was typed; a file must be chosen again."""
    if error.status in (403, 404):
        raise error
    if isinstance(error, InvalidInputError):
        if "archivo" in error.fields:
            error.fields["evidencia"] = error.fields.pop("archivo")
        spread_faults(form, error)
        return _act_page(request, found, row, form, status=error.status)
    fresh = visible_notice(request.user, row.pk)
    form.data = form.data.copy()
    form.data["cambios"] = fresh.cambios
    return _act_page(request, found, fresh, form, conflict=str(error.message), status=error.status)


def _act_page(request, found: NoticeAct, row, form, *, conflict: str = "", status: int = 200):
    if form is None and status == 200:
        status = ConflictError.status
    context = {
        "acto": found,
        "n": Notice(row, today(), current_calendar()),
        "d": row.documento,
        "form": form,
        "conflicto": conflict,
        "volver": reverse("documentos:notificacion", args=[row.pk]),
        "migas": crumbs(row.documento, str(found.label)),
    }
    return render(request, "tablero/documentos/notificacion_acto.html", context, status=status)
