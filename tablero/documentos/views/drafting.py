"""Beginning a document, writing its text, and seeing it as it will be printed."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import Dependencia
from portal.core.access import staff_only
from portal.core.errors import ConflictError, DomainError, InvalidInputError
from portal.core.time import now, today
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento, PlantillaDocumento, TipoDocumento
from portal.documents.policies import DocumentoPolicy
from portal.documents.rendering import LayoutError
from portal.documents.services import draft_documento, save_draft
from tablero.shared.views import partial_errors

from .. import drafting
from ..draft_form import CLAUSE, FIELD, DraftForm
from ..people import Person, staff_people
from ..preview import typed_pages
from .base import crumbs, visible_documento


@dataclass
class Sheet:
    """What is being written: a new document (``documento`` is ``None``) or one that is kept."""

    kind: TipoDocumento
    template: PlantillaDocumento
    people: list[Person]
    documento: Documento | None = None
    replaced: Documento | None = None
    offices: list[Dependencia] | None = None

    def form(self, *args, **kwargs) -> DraftForm:
        """Its form."""
        return DraftForm(
            *args, template=self.template, people=self.people, offices=self.offices, **kwargs
        )

    def office(self, form: DraftForm) -> Dependencia:
        """In whose name it is written."""
        if self.documento is not None:
            return self.documento.dependencia
        chosen = form.cleaned_data.get("dependencia", "")
        return next((o for o in self.offices if str(o.pk) == chosen), self.offices[0])

    def pages(self, form: DraftForm) -> list[str]:
        """The pages of what was typed."""
        return typed_pages(
            kind=self.kind,
            template=self.template,
            office=self.office(form),
            draft=form.draft(),
            people=self.people,
            replaced=self.replaced,
        )


# a new one


@staff_only
@require_safe
def nuevo(request: HttpRequest) -> HttpResponse:
    """The kinds the person may begin, with what each is for."""
    context = {
        "grupos": drafting.grouped_kinds(request.user),
        "migas": crumbs(last=_("Nuevo documento")),
    }
    return render(request, "tablero/documentos/nuevo.html", context)


def _new_sheet(request: HttpRequest, clave: str) -> Sheet:
    kind, template = drafting.kind_to_draft(request.user, clave)
    offices = drafting.offices_for(request.user, kind)
    if not offices:
        raise ConflictError(_("No tiene una dependencia activa a cuyo nombre redactar."))
    return Sheet(
        kind=kind,
        template=template,
        people=staff_people(today()),
        replaced=_replaced(request, kind),
        offices=offices,
    )


def _replaced(request: HttpRequest, kind: TipoDocumento) -> Documento | None:
    """
    The document whose place the new one will take, if the address names one.

    :raises ConflictError: it is of another kind, or not in force.
    """
    asked = request.GET.get("sustituye", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    documento = visible_documento(request.user, int(asked))
    DocumentoPolicy(request.user).require("supersede", documento)
    if not documento.vigente or documento.tipo_id != kind.pk:
        raise ConflictError(_("Sólo se sustituye un documento en vigor, por otro de su tipo."))
    return documento


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def redactar(request: HttpRequest, clave: str) -> HttpResponse:
    """The form of a new document, and its first draft."""
    sheet = _new_sheet(request, clave)
    if request.method != "POST":
        return _form_page(request, sheet, sheet.form(initial=_first_values(sheet)))

    def keep(form: DraftForm) -> Documento:
        return draft_documento(
            tipo=sheet.kind.clave,
            dependencia_id=sheet.office(form).pk,
            draft=form.draft(),
            actor=request.user,
            now=now(),
            sustituye_id=sheet.replaced.pk if sheet.replaced else None,
        )

    return _save(request, sheet, keep)


def _first_values(sheet: Sheet) -> dict:
    office = sheet.offices[0].pk
    values = {
        "dependencia": str(office),
        "confidencial": sheet.kind.confidencial,
        "firmantes": drafting.suggested_signatories(sheet.template, office, on=today()),
    }
    if sheet.replaced is not None:
        copied = drafting.copied_to(sheet.template, drafting.values_of(sheet.replaced))
        values |= copied
        own = [o.pk for o in sheet.offices if o.pk == sheet.replaced.dependencia_id]
        values["dependencia"] = str(own[0] if own else office)
    return DraftForm.initial_of(sheet.template, values)


# one that is kept


def _kept_sheet(request: HttpRequest, pk: int) -> Sheet:
    documento = visible_documento(request.user, pk)
    DocumentoPolicy(request.user).require("edit", documento)
    return Sheet(
        kind=documento.tipo,
        template=documento.plantilla,
        people=staff_people(today()),
        documento=documento,
        replaced=documento.sustituye,
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of the draft, and saving it."""
    sheet = _kept_sheet(request, pk)
    documento = sheet.documento
    if request.method != "POST":
        if documento.estado != EstadoDocumento.BORRADOR:
            line = _("El documento está en «%(s)s»: su texto ya no se cambia aquí.")
            raise ConflictError(line % {"s": documento.get_estado_display()})
        values = drafting.values_of(documento) | {"cambios": documento.cambios}
        initial = DraftForm.initial_of(sheet.template, values)
        return _form_page(request, sheet, sheet.form(initial=initial))

    def keep(form: DraftForm) -> Documento:
        return save_draft(
            documento_id=documento.pk,
            draft=form.draft(),
            actor=request.user,
            now=now(),
            cambios=form.cleaned_data.get("cambios") or 0,
        )

    return _save(request, sheet, keep)


def _save(request: HttpRequest, sheet: Sheet, keep) -> HttpResponse:
    """Keep what was typed, or show it again with what is wrong; «previa» only shows it."""
    form = sheet.form(request.POST)
    if not form.is_valid():
        return _form_page(request, sheet, form, status=InvalidInputError.status)
    if "previa" in request.POST:
        return _form_page(request, sheet, form, drawn=True)
    try:
        documento = keep(form)
    except InvalidInputError as error:
        spread_faults(form, error)
        return _form_page(request, sheet, form, status=error.status)
    except ConflictError as error:
        return _conflict(request, sheet, form, error)
    messages.success(request, _("El borrador quedó guardado."))
    if "seguir" in request.POST:
        return redirect("documentos:editar", pk=documento.pk)
    return redirect("documentos:documento", pk=documento.pk)


def spread_faults(form: forms.Form, error: DomainError) -> None:
    """Put each fault beside its field; what has no field stands on top."""
    for name, lines in getattr(error, "fields", {}).items():
        target = name if name in form.fields else None
        for line in lines:
            form.add_error(target, line)
    if not form.errors:
        form.add_error(None, str(error.message))


def _conflict(
    request: HttpRequest, sheet: Sheet, form: DraftForm, error: ConflictError
) -> HttpResponse:
    """Somebody saved meanwhile: what they wrote, so that saving again is decided knowing it."""
    conflict = {"texto": str(error.message), "cambios": [], "impedido": True}
    if sheet.documento is not None:
        kept = visible_documento(request.user, sheet.documento.pk)
        conflict["impedido"] = kept.estado != EstadoDocumento.BORRADOR
        conflict["cambios"] = _differences(sheet, form, drafting.values_of(kept))
        form.data = form.data.copy()
        form.data["cambios"] = kept.cambios
    return _form_page(request, sheet, form, conflict=conflict, status=error.status)


def _differences(sheet: Sheet, form: DraftForm, kept: dict) -> list[dict]:
    """The fields that are kept otherwise than they were typed, with what is kept."""
    initial = DraftForm.initial_of(sheet.template, kept)
    rows = []
    for name, field in form.fields.items():
        if name == "cambios":
            continue
        typed, there = form.cleaned_data.get(name, ""), initial.get(name, "")
        if " ".join(str(typed).split()) == " ".join(str(there).split()):
            continue
        if name.startswith((FIELD, CLAUSE)) or name in ("asunto", "destinatario"):
            rows.append({"label": field.label, "value": there})
        else:
            rows.append({"label": field.label, "value": dict(_choices(field)).get(str(there), "")})
    return rows


def _choices(field: forms.Field) -> list[tuple]:
    return getattr(field.widget, "choices", [("True", _("Sí")), ("False", _("No"))])


# the page


def _form_page(
    request: HttpRequest,
    sheet: Sheet,
    form: DraftForm,
    *,
    drawn: bool = False,
    conflict: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    documento = sheet.documento
    context = {
        "form": form,
        "tipo": sheet.kind,
        "d": documento,
        "sustituye": sheet.replaced,
        "conflicto": conflict,
        "comentarios": _open_comments(documento),
        "motivo": _reason(documento),
        "migas": crumbs(documento, _("Editar") if documento else str(sheet.kind)),
        "previa": _drawn(sheet, form) if drawn else None,
    }
    return render(request, "tablero/documentos/redactar.html", context, status=status)


def _open_comments(documento: Documento | None) -> list:
    if documento is None:
        return []
    rows = documento.comentarios.filter(atendido_en__isnull=True).select_related("autor")
    return list(rows)


def _reason(documento: Documento | None) -> str:
    """Why the version in hand began: what whoever returned it asked for."""
    if documento is None or documento.version == 1:
        return ""
    return drafting.current_version(documento).motivo


def _drawn(sheet: Sheet, form: DraftForm) -> dict:
    try:
        return {"paginas": sheet.pages(form)}
    except LayoutError as error:
        return {"falla": str(error)}


@staff_only
@require_POST
@gzip_page
@partial_errors
def previa_nueva(request: HttpRequest, clave: str) -> HttpResponse:
    """The pages of a new document as it is being typed."""
    return _preview(request, _new_sheet(request, clave))


@staff_only
@require_POST
@gzip_page
@partial_errors
def previa(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of a draft as it is being typed."""
    return _preview(request, _kept_sheet(request, pk))


def _preview(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    form = sheet.form(request.POST)
    form.is_valid()
    context = {"previa": _drawn(sheet, form)}
    return render(request, "tablero/documentos/_previa.html", context)
