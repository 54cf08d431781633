"""Signing a document, or refusing to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.access import staff_only
from portal.core.errors import ConflictError, DomainError, NotFoundError
from portal.core.time import now
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services import return_documento, sign_documento
from tablero.shared.secrets import carries_keys

from .signing_forms import AdvancedForm, RefuseForm, RubricaForm, attach, too_large
from .signing_pages import own_signature, sign_context, signed_context
from .views.base import crumbs, visible_documento

#: The two ways of signing, by the name that each form sends.
WAYS = {"avanzada": AdvancedForm, "rubrica": RubricaForm}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@carries_keys
def firmar(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it will be signed, and its signing."""
    documento = _to_sign(request.user, pk)
    forms = {name: form(auto_id=f"{name}_%s") for name, form in WAYS.items()}
    if request.method != "POST":
        return _page(request, documento, forms)
    way = request.POST.get("como", "")
    way = way if way in WAYS else "avanzada"
    form = WAYS[way](request.POST, request.FILES, auto_id=f"{way}_%s")
    forms[way] = form
    if request.too_large:
        return _page(request, documento, forms, status=too_large(form))
    if not form.is_valid():
        return _page(request, documento, forms, status=422)
    try:
        sign_documento(
            documento_id=pk,
            credentials=form.credentials(),
            actor=request.user,
            now=now(),
            huella=form.cleaned_data["huella"],
        )
    except NotFoundError:
        raise
    except DomainError as error:
        status = attach(form, error)
        return _page(request, _to_sign(request.user, pk), forms, status=status, error=error)
    return redirect("documentos:firmado", pk=pk)


def _to_sign(user, pk: int) -> Documento:
    documento = visible_documento(user, pk)
    DocumentoPolicy(user).require("sign", documento)
    return documento


def _page(
    request: HttpRequest,
    documento: Documento,
    forms: dict,
    *,
    status: int = 200,
    error: DomainError | None = None,
) -> HttpResponse:
    """The page with both forms; each holds the text that is shown now, and nothing secret."""
    for form in forms.values():
        _show_again(form, documento)
    context = sign_context(documento, request.user)
    if status == 200 and context["impedimento"]:
        status = ConflictError.status
    context |= {
        "avanzada": forms["avanzada"],
        "rubrica": forms["rubrica"],
        "form": next((form for form in forms.values() if form.is_bound), None),
        "conflicto": error.message if isinstance(error, ConflictError) else "",
    }
    response = render(request, "tablero/documentos/firmar.html", context, status=status)
    retry_after = getattr(error, "retry_after", None)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def _show_again(form, documento: Documento) -> None:
    """What the form posts next time is the text of this page, not of the one before."""
    form.initial["huella"] = documento.huella_contenido
    if form.is_bound:
        form.data = form.data.copy()
        form.data["huella"] = documento.huella_contenido


@staff_only
@require_safe
@never_cache
def firmado(request: HttpRequest, pk: int) -> HttpResponse:
    """What was signed, and what comes next."""
    documento = visible_documento(request.user, pk)
    firma = own_signature(documento, request.user)
    context = signed_context(documento, firma, request.user)
    return render(request, "tablero/documentos/firmado.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rechazar(request: HttpRequest, pk: int) -> HttpResponse:
    """Not to sign: the document goes back to who drafts it, with the reason."""
    documento = _to_sign(request.user, pk)
    form = RefuseForm(request.POST or None, initial={"cambios": documento.cambios})
    if request.method != "POST" or not form.is_valid():
        return _refuse_page(request, documento, form, status=422 if form.is_bound else 200)
    try:
        return_documento(
            documento_id=pk,
            motivo=form.cleaned_data["motivo"],
            cambios=form.cleaned_data["cambios"],
            actor=request.user,
            now=now(),
        )
    except NotFoundError:
        raise
    except DomainError as error:
        status = attach(form, error)
        documento = _to_sign(request.user, pk)
        form.data = form.data.copy()
        form.data["cambios"] = documento.cambios
        return _refuse_page(request, documento, form, status=status)
    messages.success(request, _("El documento volvió a quien lo redactó, con su motivo."))
    return redirect("documentos:lista")


def _refuse_page(request: HttpRequest, documento: Documento, form, *, status: int) -> HttpResponse:
    context = {
        "d": documento,
        "form": form,
        "firmado": documento.firmas.exists(),
        "migas": crumbs(documento, _("Rechazar la firma")),
    }
    return render(request, "tablero/documentos/rechazar.html", context, status=status)
