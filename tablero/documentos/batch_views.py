"""Pages of the batches."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.access import staff_only
from portal.core.errors import DomainError, InvalidInputError, NotAllowedError
from portal.core.time import now
from portal.documents.models import TipoDocumento
from portal.documents.services import Credentials, ensure_kind
from tablero.shared.export import csv_response, workbook_response, xlsx_response

from . import batch_services as services
from .batch_example import template_workbook
from .batch_forms import BatchForm, IssueForm
from .batch_policies import LotePolicy, template_of
from .batch_presenting import page_context
from .batch_sample import sample_pdf
from .batch_selectors import batch_for, batches_for, counts_of, fault_lines, issued_documents
from .batch_sheet import columns_of
from .batch_tasks import begin_soon
from .batch_zip import zip_documents
from .constants import MAX_ROWS

SHOWN = 100


def _crumbs(*rest: dict) -> list[dict]:
    return [{"label": _("Lotes"), "url": reverse("documentos:lotes")}, *rest]


def _kind(request: HttpRequest, tipo: str) -> TipoDocumento:
    """A kind that the person may issue in batches, put in place if it is built in."""
    policy = LotePolicy(request.user)
    if tipo not in {kind.clave for kind in policy.kinds()}:
        raise NotAllowedError(_("Ese tipo de documento no se emite por lote, o no por usted."))
    return ensure_kind(tipo, now=now())


def _attach(form, error: DomainError) -> int:
    """Put a refusal on the form, each fault by its field; returns the status to answer with."""
    lines = error.fields if isinstance(error, InvalidInputError) else {}
    for name, words in lines.items():
        for line in words:
            form.add_error(name if name in form.fields else None, str(line))
    if not lines:
        form.add_error(None, str(error.message))
    return error.status


@staff_only
@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    """The batches, newest first."""
    if not LotePolicy(request.user).can_enter():
        raise NotAllowedError
    context = {
        "lotes": list(batches_for(request.user)[:SHOWN]),
        "puede_nuevo": bool(LotePolicy(request.user).kinds()),
        "migas": [{"label": _("Lotes")}],
    }
    return render(request, "tablero/documentos/lotes.html", context)


@staff_only
@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    """Which kind of document, and its spreadsheet to be filled."""
    policy = LotePolicy(request.user)
    if not policy.can_enter():
        raise NotAllowedError
    context = {"tipos": policy.kinds(), "migas": _crumbs({"label": _("Nuevo lote")})}
    return render(request, "tablero/documentos/lote_tipos.html", context)


@staff_only
@require_safe
def batch_template(request: HttpRequest, tipo: str) -> HttpResponse:
    """The spreadsheet of a kind, to be filled in."""
    kind = _kind(request, tipo)
    template = template_of(kind)
    columns = columns_of(template.campos if template else [])
    content = template_workbook(columns, kind=kind.nombre, rows=MAX_ROWS)
    return workbook_response(tipo, content)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, tipo: str) -> HttpResponse:
    """Take a filled sheet and look at it; nothing is issued."""
    kind = _kind(request, tipo)
    template = template_of(kind)
    form = BatchForm(
        request.POST or None,
        request.FILES or None,
        places=template.firmantes if template else [],
        offices=LotePolicy(request.user).documents.drafting_offices(),
        initial={"asunto": kind.nombre, "confidencial": kind.confidencial},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                lote = _prepare(request, kind, form)
            except DomainError as error:
                status = _attach(form, error)
            else:
                return redirect("documentos:lote", pk=lote.pk)
    context = {
        "tipo": kind,
        "form": form,
        "columnas": columns_of(template.campos if template else []),
        "migas": _crumbs(
            {"label": _("Nuevo lote"), "url": reverse("documentos:lote_nuevo")},
            {"label": kind.nombre},
        ),
    }
    return render(request, "tablero/documentos/lote_subir.html", context, status=status)


def _prepare(request: HttpRequest, kind: TipoDocumento, form: BatchForm):
    data = form.cleaned_data
    new = services.NewBatch(
        tipo=kind.clave,
        dependencia_id=data["dependencia"].pk,
        asunto=data["asunto"],
        confidencial=data["confidencial"],
        firmantes=form.signatories(),
        content=data["archivo"].read(),
        nombre_archivo=data["archivo"].name,
    )
    return services.prepare_batch(new=new, actor=request.user, now=now())


@staff_only
@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet says, or how far it is; asked by htmx, only that part."""
    lote = batch_for(request.user, pk)
    context = page_context(lote, request.user)
    context["migas"] = _crumbs({"label": _("Lote %(n)s") % {"n": pk}})
    part = "_lote.html" if request.headers.get("HX-Request") else "lote.html"
    return render(request, f"tablero/documentos/{part}", context)


@staff_only
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The first row as it would be printed, marked as a draft."""
    content = sample_pdf(batch_for(request.user, pk), now=now())
    headers = {
        "Content-Disposition": f'inline; filename="muestra-lote-{pk}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@staff_only
@require_safe
def faults(request: HttpRequest, pk: int, formato: str) -> HttpResponse:
    """Every bad row with its column and its reason."""
    lote = batch_for(request.user, pk)
    head = [_("Fila"), _("Columna"), _("Qué tiene")]
    name = f"lote-{pk}-errores"
    if formato == "csv":
        return csv_response(name, head, fault_lines(lote))
    return xlsx_response(name, head, fault_lines(lote), sheet=_("Errores"))


@staff_only
@sensitive_post_parameters("contrasena")
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will happen, and have it done."""
    lote = batch_for(request.user, pk)
    ways = LotePolicy(request.user).ways(lote)
    if lote.forma:
        ways = [way for way in ways if way == lote.forma]
    if not ways:
        raise NotAllowedError(_("Sólo quien firma el lote puede continuarlo."))
    form = IssueForm(request.POST or None, ways=ways)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _begin(request, pk, form.cleaned_data)
            except DomainError as error:
                status = _attach(form, error)
            else:
                messages.success(request, _("El lote se está emitiendo."))
                return redirect("documentos:lote", pk=pk)
    context = {
        "lote": lote,
        "form": form,
        "cuentas": counts_of(lote),
        "migas": _crumbs(
            {"label": _("Lote %(n)s") % {"n": pk}, "url": reverse("documentos:lote", args=[pk])},
            {"label": _("Emitir")},
        ),
    }
    return render(request, "tablero/documentos/lote_emitir.html", context, status=status)


def _begin(request: HttpRequest, pk: int, data: dict) -> None:
    services.begin_batch(
        lote_id=pk,
        forma=data["forma"],
        credentials=Credentials(contrasena=data.get("contrasena", "")),
        actor=request.user,
        now=now(),
    )
    begin_soon(pk)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then stop what is left."""
    lote = batch_for(request.user, pk)
    context = {
        "title": _("Cancelar lo que falta del lote %(n)s") % {"n": pk},
        "cuentas": counts_of(lote),
        "lote": lote,
        "migas": _crumbs(
            {"label": _("Lote %(n)s") % {"n": pk}, "url": reverse("documentos:lote", args=[pk])},
            {"label": _("Cancelar")},
        ),
    }
    status = 200
    if request.method == "POST":
        try:
            services.cancel_batch(lote_id=pk, actor=request.user, now=now())
        except DomainError as error:
            context["error"], status = error.message, error.status
        else:
            messages.success(request, _("Lo que faltaba del lote quedó cancelado."))
            return redirect("documentos:lote", pk=pk)
    return render(request, "tablero/documentos/lote_cancelar.html", context, status=status)


@staff_only
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what failed pending again, and go and have it issued."""
    batch_for(request.user, pk)
    services.retry_batch(lote_id=pk, actor=request.user, now=now())
    return redirect("documentos:lote_emitir", pk=pk)


@staff_only
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up what failed and erase its data."""
    batch_for(request.user, pk)
    services.close_batch(lote_id=pk, actor=request.user, now=now())
    messages.success(request, _("Los datos de las filas se borraron."))
    return redirect("documentos:lote", pk=pk)


@staff_only
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Every document of the batch in a ZIP."""
    lote = batch_for(request.user, pk)
    documents = issued_documents(lote, request.user).iterator(chunk_size=200)
    return StreamingHttpResponse(
        zip_documents(documents, now=now()),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="lote-{pk}.zip"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
