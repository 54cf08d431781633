"""The first pages of the path: which door, what about; and leaving a draft or throwing it away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.access import public
from portal.core.text import clean_text
from tramites.models import Servicio

from .. import steps
from ..constants import CATCH_ALL, DOOR_LABELS, DOORS, DRAFT_COOKIE, DRAFT_DAYS, door_of
from ..selectors.catalogue import offered, offered_by_theme, search
from ..services import discard_draft
from .common import crumbs, private
from .path import Path, load, step_url

LONGEST_QUERY = 120


@public
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Which of the three doors; with an unfinished draft, the way back to it."""
    path = load(request)
    pending = path.draft is not None and not path.draft.peticion_id and path.servicio is not None
    next_page = None
    if pending:
        missing = steps.missing_before(steps.REVISION, path.datos, path.servicio)
        next_page = step_url(missing or steps.REVISION)
    context = {
        "puertas": [
            {"clave": key, "label": DOOR_LABELS[key], "detalle": DOOR_DETAILS()[key]}
            for key in DOORS
        ],
        "pendiente": next_page,
    }
    if path.draft is not None and path.draft.peticion_id:
        path.draft, path.servicio = None, None
    return path.page(steps.TIPO, "tipo", context)


def DOOR_DETAILS() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    """What stands behind each door, in examples."""
    return {
        "reporte": _("Un bache, una luminaria, una fuga, una constancia, una licencia."),
        "queja": _("Sobre la atención que recibió, un vecino, o una idea para el municipio."),
        "peticion": _("La autoridad debe responderle por escrito: artículo 8 de la Constitución."),
    }


@public
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest) -> HttpResponse:
    """Search or browse the catalogue and choose one line of it."""
    path = load(request)
    if path.draft is not None and path.draft.peticion_id:
        path.draft, path.servicio = None, None
    if request.method == "POST":
        return _choose(request, path)
    return _subject_page(request, path)


def _choose(request: HttpRequest, path: Path) -> HttpResponse:
    clave = clean_text(request.POST.get("asunto", ""))[:60]
    servicio = (
        Servicio.objects.select_related("dependencia", "tema")
        .filter(clave=clave, activo=True)
        .first()
    )
    if servicio is None:
        message = (
            _("Ese asunto ya no está en el catálogo. Elija otro.")
            if clave
            else _("Elija el asunto, o «No encuentro mi asunto».")
        )
        return _subject_page(request, path, error=message)
    path.open()
    changed = path.datos.get("servicio") not in (None, servicio.clave)
    path.servicio = servicio
    path.save(
        steps.ASUNTO,
        {"servicio": servicio.clave, "puerta": door_of(servicio.tipo)},
        olvidar=(steps.LUGAR, steps.RELATO, steps.CONTACTO) if changed else (),
    )
    return path.go(steps.ASUNTO)


def _subject_page(request: HttpRequest, path: Path, error: str = "") -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    door = data.get("puerta") or path.datos.get("puerta", "")
    door = door if door in DOORS else ""
    query = " ".join(clean_text(data.get("q", "")).split())[:LONGEST_QUERY]
    kinds = DOORS.get(door)
    found = search(query, kinds, now=path.now) if query else []
    chosen = data.get("asunto") or (path.servicio.clave if path.servicio else "")
    context = {
        "q": query,
        "puerta": door,
        "resultados": found,
        "temas": offered_by_theme(offered(kinds, now=path.now)),
        "elegido": chosen,
        "otro": CATCH_ALL.get(door, CATCH_ALL["reporte"]),
        "error_title": bool(error),
        "errores": [{"anchor": "temas", "message": error}] if error else [],
    }
    if door and not path.servicio:
        context["migas"] = crumbs((str(DOOR_LABELS[door]), ""))
    return path.page(steps.ASUNTO, "asunto", context, status=422 if error else 200)


@public
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """The draft stays in this browser; until when, and how to come back."""
    path = load(request)
    if path.draft is None:
        return redirect("public:presentar")
    context = {
        "migas": crumbs((_("Borrador guardado"), "")),
        "borrador": path.draft,
        "dias": DRAFT_DAYS,
        "servicio": path.servicio,
    }
    return private(render(request, "public/presentar/guardado.html", context))


@public
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away with its files."""
    path = load(request)
    if path.draft is not None:
        discard_draft(borrador_id=path.draft.pk)
    response = redirect(f"{reverse('public:presentar')}?{urlencode({'borrado': 1})}")
    response.delete_cookie(DRAFT_COOKIE)
    return private(response)
