"""The kinds of documents: which there are, their rules, and the versions of their templates."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from portal.core.errors import DomainError, NotAllowedError, NotFoundError
from portal.core.time import now
from portal.documents.builtin import builtin_keys, builtin_kind
from portal.documents.constants import IN_FORCE_STATES, EstadoDocumento
from portal.documents.models import Documento, PlantillaDocumento, TipoDocumento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services import ensure_kind, save_kind

from .signing_forms import attach
from .template_compare import differences, layout_lines
from .template_forms import KindForm, NewKindForm
from .template_words import CLASS_NAMES, FIELD_NAMES, with_words

ENDED = (*IN_FORCE_STATES, EstadoDocumento.SUSTITUIDO, EstadoDocumento.CANCELADO)


def managers_page(*methods: str) -> Callable:
    """A page of those who keep kinds and templates; others get 403."""

    def decorate(view: Callable) -> Callable:
        @staff_only
        @require_http_methods(list(methods or ("GET", "HEAD", "POST")))
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not DocumentoPolicy(request.user).can_manage_templates():
                raise NotAllowedError
            return view(request, *args, **kwargs)

        return inner

    return decorate


def template_crumbs(kind: TipoDocumento | None = None, last: str = "") -> list[dict]:
    """Breadcrumb under «Plantillas»."""
    lines = [{"label": _("Plantillas"), "url": reverse("documentos:plantillas")}]
    if kind is not None:
        url = reverse("documentos:plantilla", args=[kind.clave])
        lines.append({"label": kind.nombre, "url": url})
    return [*lines, {"label": last}] if last else lines


def known_kind(clave: str) -> TipoDocumento:
    """
    :raises NotFoundError: there is none of that key.
    """
    found = TipoDocumento.objects.filter(clave=clave).first()
    if found is None:
        raise NotFoundError(_("No encontramos ese tipo de documento."))
    return found


def known_version(kind: TipoDocumento, version: int) -> PlantillaDocumento:
    """
    :raises NotFoundError: the kind has no such version.
    """
    found = kind.plantillas.filter(version=version).select_related("creada_por").first()
    if found is None:
        raise NotFoundError(_("No encontramos esa versión de la plantilla."))
    return found


@managers_page("GET", "HEAD")
def plantillas(request: HttpRequest) -> HttpResponse:
    """Every kind with its version in force, and the built-in ones that are not in use yet."""
    kinds = list(TipoDocumento.objects.order_by("nombre"))
    in_force = PlantillaDocumento.objects.filter(vigente=True).defer("diseno", "clausulas")
    by_kind = {row.tipo_id: row for row in in_force}
    there = {kind.clave for kind in kinds}
    missing = [
        {"clave": clave, **builtin_kind(clave).values}
        for clave in builtin_keys()
        if clave not in there
    ]
    context = {
        "filas": [{"k": kind, "p": by_kind.get(kind.pk)} for kind in kinds],
        "disponibles": missing,
        "migas": template_crumbs()[:-1] + [{"label": _("Plantillas")}],
    }
    return render(request, "tablero/documentos/plantillas.html", context)


@managers_page("POST")
def instalar(request: HttpRequest, clave: str) -> HttpResponse:
    """Put a built-in kind in use, with its first template."""
    try:
        kind = ensure_kind(clave, now=now())
    except KeyError:
        raise NotFoundError(_("No encontramos ese tipo de documento.")) from None
    messages.success(request, _("«%(kind)s» ya está en uso.") % {"kind": kind})
    return redirect("documentos:plantilla", clave=kind.clave)


@managers_page("GET", "HEAD")
def plantilla(request: HttpRequest, clave: str) -> HttpResponse:
    """A kind: its rules, its template in force, and every version."""
    kind = known_kind(clave)
    versions = list(kind.plantillas.select_related("creada_por").order_by("-version"))
    drafts = Documento.objects.filter(tipo=kind).exclude(estado__in=ENDED).order_by()
    counted = dict(drafts.values_list("plantilla_id").annotate(n=Count("pk")))
    context = {
        "k": kind,
        "p": next((row for row in versions if row.vigente), None),
        "versiones": [{"v": row, "en_curso": counted.get(row.pk, 0)} for row in versions],
        "roles": ", ".join(_role_names(kind)) or _("nadie"),
        "migas": template_crumbs(last=kind.nombre),
    }
    return render(request, "tablero/documentos/plantilla.html", context)


def _role_names(kind: TipoDocumento) -> list[str]:
    names = dict(KindForm.base_fields["roles"].choices)
    return [str(names[role]) for role in kind.roles if role in names]


@managers_page()
def reglas(request: HttpRequest, clave: str) -> HttpResponse:
    """Change what a kind demands."""
    kind = known_kind(clave)
    form = KindForm(request.POST or None, instance=known_kind(clave))
    context = {
        "title": _("Reglas de «%(kind)s»") % {"kind": kind},
        "intro": _("Valen para lo que se haga desde ahora; lo ya firmado no cambia."),
        "cancel_url": reverse("documentos:plantilla", args=[clave]),
        "migas": template_crumbs(kind, _("Reglas")),
    }
    return _save_rules(request, form, clave, context)


@managers_page()
def nueva(request: HttpRequest) -> HttpResponse:
    """A kind that did not exist; its template comes next."""
    form = NewKindForm(request.POST or None)
    clave = form.cleaned_data["clave"] if form.is_bound and form.is_valid() else ""
    context = {
        "title": _("Nuevo tipo de documento"),
        "intro": _("Después se escribe su plantilla; hasta entonces nadie puede redactarlo."),
        "cancel_url": reverse("documentos:plantillas"),
        "migas": template_crumbs(last=_("Nuevo tipo")),
    }
    return _save_rules(request, form, clave, context)


def _save_rules(request: HttpRequest, form, clave: str, context: dict) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "clave"}
        try:
            kind = save_kind(clave=clave, values=values, actor=request.user, now=now())
        except DomainError as error:
            status = attach(form, error)
        else:
            messages.success(request, _("Las reglas quedaron guardadas."))
            has_template = kind.plantillas.exists()
            target = "documentos:plantilla" if has_template else "documentos:plantilla_editar"
            return redirect(target, clave=kind.clave)
    context = {"form": form, **context}
    return render(request, "tablero/documentos/plantilla_reglas.html", context, status=status)


@managers_page("GET", "HEAD")
def version(request: HttpRequest, clave: str, version: int) -> HttpResponse:
    """A version as it was published."""
    kind = known_kind(clave)
    row = known_version(kind, version)
    title = _("Versión %(n)s") % {"n": version}
    context = {
        "k": kind,
        "v": row,
        "campos": with_words(row.campos, "tipo", FIELD_NAMES),
        "clausulas": with_words(row.clausulas, "clase", CLASS_NAMES),
        "codigo": list(enumerate(row.diseno.splitlines(), start=1)),
        "migas": template_crumbs(kind, title),
    }
    return render(request, "tablero/documentos/plantilla_version.html", context)


@managers_page("GET", "HEAD")
def comparar(request: HttpRequest, clave: str) -> HttpResponse:
    """What changed between two versions; by default the last two."""
    kind = known_kind(clave)
    numbers = list(kind.plantillas.order_by("version").values_list("version", flat=True))
    if not numbers:
        raise NotFoundError(_("«%(kind)s» todavía no tiene plantilla.") % {"kind": kind})
    new = _chosen(request.GET.get("con", ""), numbers, numbers[-1])
    earlier = [number for number in numbers if number < new]
    old = _chosen(request.GET.get("de", ""), numbers, earlier[-1] if earlier else numbers[0])
    before, after = known_version(kind, old), known_version(kind, new)
    context = {
        "k": kind,
        "numeros": numbers,
        "antes": before,
        "despues": after,
        "partes": differences(before, after),
        "codigo": layout_lines(before.diseno, after.diseno),
        "migas": template_crumbs(kind, _("Comparar versiones")),
    }
    return render(request, "tablero/documentos/plantilla_comparar.html", context)


def _chosen(text: str, numbers: list[int], default: int) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return asked if asked in numbers else default
