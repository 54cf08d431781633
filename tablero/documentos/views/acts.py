"""The page of each act on a document, and the act."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from portal.core.errors import ConflictError, DomainError, InvalidInputError, NotFoundError
from portal.core.time import now, today
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services import settle_comment

from ..acts import BY_SLUG, Act, admitted
from ..docpage import paragraphs_of, standing_of
from ..forms import ActForm, CommentForm, SubmitForm
from ..people import by_office, staff_people
from .base import crumbs, visible_documento
from .drafting import spread_faults

LONGEST_CHOICE = 90


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def acto(request: HttpRequest, pk: int, acto: str) -> HttpResponse:
    """The form of an act, and the act."""
    act = BY_SLUG.get(acto)
    if act is None:
        raise Http404
    documento = visible_documento(request.user, pk)
    policy = DocumentoPolicy(request.user)
    _require(act, documento, policy)
    if request.method == "POST":
        return _do(request, act, documento)
    form = _form(act, documento, initial=_first_values(request, act, documento))
    if not admitted(act, documento, policy):
        return _act_page(request, act, documento, form, conflict=_refusal(documento), stuck=True)
    return _act_page(request, act, documento, form)


def _require(act: Act, documento: Documento, policy: DocumentoPolicy) -> None:
    """
    Whoever has answered already is told that the act no longer proceeds, not that it is not theirs.

    :raises NotAllowedError: the act is not for this person.
    """
    answered = act.stage and documento.revisiones.filter(revisor__in=policy.acting_as).exists()
    if not answered:
        policy.require(act.action, documento)


def _refusal(documento: Documento) -> str:
    line = _("El documento está en «%(s)s»: este acto ya no procede.")
    return line % {"s": documento.get_estado_display()}


def _form(act: Act, documento: Documento, *args, **kwargs) -> ActForm:
    context: dict = {}
    if act.form is SubmitForm:
        context["people"] = by_office(staff_people(today()), first=documento.dependencia_id)
    if act.form is CommentForm:
        context["paragraphs"] = [
            (p.clave, f"{n}. {_shortened(p.texto)}")
            for n, p in enumerate(paragraphs_of(documento), start=1)
        ]
    return act.form(*args, context=context, **kwargs)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CHOICE else f"{text[: LONGEST_CHOICE - 1]}…"


def _first_values(request: HttpRequest, act: Act, documento: Documento) -> dict:
    values: dict = {"cambios": documento.cambios}
    if act.form is CommentForm:
        values["parrafo"] = request.GET.get("parrafo", "")[:60]
    if act.form is SubmitForm:
        # Whoever reviewed the version before is asked again unless they are taken off.
        rows = documento.revisiones.filter(etapa="revision", revisor__isnull=False)
        last = rows.order_by("-version").values_list("version", flat=True)[:1]
        values["revisores"] = list(rows.filter(version__in=last).values_list("revisor", flat=True))
    return values


def _act_page(
    request: HttpRequest,
    act: Act,
    documento: Documento,
    form: ActForm,
    *,
    conflict: str = "",
    stuck: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "acto": act,
        "d": documento,
        "form": form,
        "paso": standing_of(documento),
        "conflicto": conflict,
        "impedido": stuck,
        "parrafos": paragraphs_of(documento),
        "migas": crumbs(documento, str(act.label)),
    }
    if stuck and status == 200:
        status = ConflictError.status
    return render(request, "tablero/documentos/acto.html", context, status=status)


def _do(request: HttpRequest, act: Act, documento: Documento) -> HttpResponse:
    """Carry the act out, or show the form again with everything that was typed."""
    form = _form(act, documento, request.POST)
    if not form.is_valid():
        return _act_page(request, act, documento, form, status=InvalidInputError.status)
    try:
        act.service(documento_id=documento.pk, actor=request.user, now=now(), **form.arguments())
    except InvalidInputError as error:
        spread_faults(form, error)
        return _act_page(request, act, documento, form, status=error.status)
    except ConflictError as error:
        return _conflict(request, act, documento.pk, form, error)
    messages.success(request, act.done)
    return redirect("documentos:documento", pk=documento.pk)


def _conflict(
    request: HttpRequest, act: Act, pk: int, form: ActForm, error: ConflictError
) -> HttpResponse:
    """What is there now, with the text that was typed: sending again is decided knowing it."""
    documento = visible_documento(request.user, pk)
    form.data = form.data.copy()
    form.data["cambios"] = documento.cambios
    stuck = not admitted(act, documento, DocumentoPolicy(request.user))
    return _act_page(
        request,
        act,
        documento,
        form,
        conflict=str(error.message),
        stuck=stuck,
        status=error.status,
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def atender(request: HttpRequest, pk: int, comentario: int) -> HttpResponse:
    """Ask, then mark a remark as attended."""
    documento = visible_documento(request.user, pk)
    row = documento.comentarios.select_related("autor").filter(pk=comentario).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese comentario."))
    back = f"{reverse('documentos:documento', args=[pk])}#texto"
    context = {
        "d": documento,
        "comentario": row,
        "volver": back,
        "migas": crumbs(documento, _("Atender comentario")),
    }
    if request.method == "POST":
        try:
            settle_comment(comentario_id=row.pk, actor=request.user, now=now())
        except DomainError as error:
            context["error"] = error.message
            return render(request, "tablero/documentos/atender.html", context, status=error.status)
        messages.success(request, _("El comentario quedó atendido."))
        return redirect(back)
    return render(request, "tablero/documentos/atender.html", context)
