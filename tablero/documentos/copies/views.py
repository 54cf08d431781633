"""Pages of certified copies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.policies import StaffPolicy
from portal.core.access import staff_only
from portal.core.errors import (
    DomainError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.time import now, today
from portal.documents.copying import MAX_BYTES
from portal.documents.models import Documento
from portal.documents.stored import open_whole
from tablero.shared.acts import Act
from tablero.shared.lists import link_with

from ..constants import EstadoCopia
from ..models import SolicitudCopia
from ..pages import page_of
from ..views.base import visible_documento
from ..views.drafting import spread_faults
from .acts import BY_SLUG, offered
from .certifying import pages_words
from .forms import RequestForm
from .policies import CopiaPolicy
from .presenting import TONES, timeline
from .register import register_pdf, register_sheet
from .selectors import MOST, copies_for, facts_of, years
from .services import CopyOrder, request_copy

PAGE_SIZE = 50


def _crumbs(*rest: dict) -> list[dict]:
    return [{"label": _("Copias certificadas"), "url": reverse("documentos:copias")}, *rest]


def visible_copy(user, pk: int) -> SolicitudCopia:
    """
    The request with all its page shows.

    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    rows = CopiaPolicy(user).visible().select_related("documento__tipo", "certificacion", "autor")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa solicitud de copia."))
    return row


def _asked(request: HttpRequest) -> dict[str, str]:
    return {
        "estado": request.GET.get("estado", ""),
        "anio": request.GET.get("anio", ""),
        "q": request.GET.get("q", "")[:100],
    }


def _require_staff(request: HttpRequest) -> None:
    if not StaffPolicy(request.user).is_staff_member:
        raise NotAllowedError


@staff_only
@require_safe
def copies(request: HttpRequest) -> HttpResponse:
    """The requests, and with them the register of certifications."""
    _require_staff(request)
    asked = _asked(request)
    page = page_of(copies_for(request.user, **asked), request.GET, size=PAGE_SIZE)
    tabs = [("", _("Todas")), *EstadoCopia.choices]
    context = {
        **asked,
        "tabs": [
            {
                "label": str(label),
                "url": link_with(request.GET, estado=value),
                "current": asked["estado"] == value,
            }
            for value, label in tabs
        ],
        "anios": years(request.user),
        "filas": [
            {"c": row, "tono": TONES[row.estado], "paginas": pages_words(row.paginas)}
            for row in page.rows
        ],
        "pagina": page,
        "consulta": link_with(request.GET),
        "puede_pedir": CopiaPolicy(request.user).can_request(),
        "migas": [{"label": _("Copias certificadas")}],
    }
    return render(request, "tablero/documentos/copias.html", context)


@staff_only
@require_safe
def export(request: HttpRequest, formato: str) -> HttpResponse:
    """What is filtered, to take along."""
    _require_staff(request)
    rows = list(copies_for(request.user, **_asked(request)).order_by("pk")[:MOST])
    name = f"certificaciones-{today().isoformat()}"
    if formato == "xlsx":
        return register_sheet(rows, name)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    content = register_pdf(rows, printed=today())
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of a scan, or of the document that the address names."""
    if not CopiaPolicy(request.user).can_request():
        raise NotAllowedError
    documento = _of_document(request)
    given = {"of_document": documento is not None}
    if request.method != "POST":
        return _new_page(request, documento, RequestForm(**given))
    form = RequestForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _new_page(request, documento, form, status=InvalidInputError.status)
    values = form.cleaned_data
    scan = values.pop("archivo", None)
    if documento is not None:
        values["documento_id"] = documento.pk
    try:
        row = request_copy(
            order=CopyOrder(**values),
            scan=scan.read(MAX_BYTES + 1) if scan else None,
            actor=request.user,
            now=now(),
        )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        _tell(form, error)
        return _new_page(request, documento, form, status=error.status)
    messages.success(request, _("La solicitud quedó registrada."))
    return redirect("documentos:copia", pk=row.pk)


def _of_document(request: HttpRequest) -> Documento | None:
    asked = request.GET.get("documento", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return visible_documento(request.user, int(asked))


def _tell(form, error: DomainError) -> None:
    if isinstance(error, InvalidInputError):
        spread_faults(form, error)
    else:
        form.add_error(None, str(error.message))


def _new_page(request, documento: Documento | None, form, *, status: int = 200) -> HttpResponse:
    context = {
        "d": documento,
        "form": form,
        "migas": _crumbs({"label": _("Pedir una copia")}),
    }
    return render(request, "tablero/documentos/copia_pedir.html", context, status=status)


@staff_only
@require_safe
@never_cache
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: where it stands, its acts and its record."""
    row = visible_copy(request.user, pk)
    policy = CopiaPolicy(request.user)
    paper = row.certificacion
    context = {
        "c": row,
        "tono": TONES[row.estado],
        "paginas": pages_words(row.paginas),
        "actos": offered(row, policy),
        "ve_certificacion": paper is not None and policy.documents.can_view(paper),
        "ve_original": row.documento is not None and policy.documents.can_view(row.documento),
        "historia": timeline(facts_of(row)),
        "migas": _crumbs({"label": row.folio}),
    }
    return render(request, "tablero/documentos/copia.html", context)


@staff_only
@require_safe
@never_cache
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The clean copy, to be compared with the original; without certification it proves nothing."""
    row = visible_copy(request.user, pk)
    headers = {
        "Content-Disposition": f'attachment; filename="{row.folio}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    content = open_whole(row.ruta, sha256=row.sha256)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, acto: str) -> HttpResponse:
    """The form of an act on a request, and the act."""
    found = BY_SLUG.get(acto)
    if found is None:
        raise Http404
    row = visible_copy(request.user, pk)
    CopiaPolicy(request.user).require(found.action, row)
    if row.estado not in found.states:
        line = _("La solicitud está en «%(s)s»: este acto ya no procede.")
        return _act_page(request, found, row, None, line % {"s": row.get_estado_display()}, 409)
    if request.method != "POST":
        return _act_page(request, found, row, found.form(initial={"cambios": row.cambios}))
    return _do(request, found, row)


def _do(request: HttpRequest, found: Act, row: SolicitudCopia) -> HttpResponse:
    form = found.form(request.POST)
    if not form.is_valid():
        return _act_page(request, found, row, form, status=InvalidInputError.status)
    try:
        found.service(copia_id=row.pk, actor=request.user, now=now(), **form.arguments())
    except InvalidInputError as error:
        spread_faults(form, error)
        return _act_page(request, found, row, form, status=error.status)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        fresh = visible_copy(request.user, row.pk)
        form.data = form.data.copy()
        form.data["cambios"] = fresh.cambios
        return _act_page(request, found, fresh, form, str(error.message), error.status)
    messages.success(request, found.done)
    return redirect("documentos:copia", pk=row.pk)


def _act_page(request, found: Act, row, form, conflict: str = "", status: int = 200):
    context = {
        "acto": found,
        "c": row,
        "tono": TONES[row.estado],
        "form": form,
        "conflicto": conflict,
        "volver": reverse("documentos:copia", args=[row.pk]),
        "migas": _crumbs(
            {"label": row.folio, "url": reverse("documentos:copia", args=[row.pk])},
            {"label": str(found.label)},
        ),
    }
    return render(request, "tablero/documentos/copia_acto.html", context, status=status)
