"""Writing the next version of a template."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core.errors import DomainError, InvalidInputError
from portal.core.time import now
from portal.documents.models import TipoDocumento
from portal.documents.rendering import NAMES, layout_source
from portal.documents.services import publish_template
from portal.documents.services.templates import template_hash
from portal.documents.templating import template_faults

from .template_editor import PARTS, Editor
from .template_preview import Preview, preview
from .template_views import known_kind, managers_page, template_crumbs
from .template_words import CLASS_NAMES, FIELD_NAMES, LAYOUT_NAMES

#: Of what the faults speak when they name no part: they stand on top.
TOP = "plantilla"


@managers_page()
def editar(request: HttpRequest, clave: str) -> HttpResponse:
    """The editor: every button of it is a submit of the whole form."""
    kind = known_kind(clave)
    if request.method != "POST":
        return _page(request, kind, _begin(kind))
    editor, action = Editor.posted(request.POST), request.POST.get("hacer", "vista")
    if action == "publicar":
        return _publish(request, kind, editor)
    if action == "diseno":
        name = request.POST.get("base_diseno", "")
        if name in NAMES:
            editor.scalars["diseno"] = layout_source(name)
        return _page(request, kind, editor, focus="id_diseno")
    if action == "vista":
        return _page(request, kind, editor, shown=_shown(kind, editor), faults=_faults(editor))
    return _page(request, kind, editor, focus=editor.apply(action))


def _begin(kind: TipoDocumento) -> Editor:
    """The version in force; of a kind without any, an empty one on the plainest layout."""
    last = kind.plantillas.order_by("-version").first()
    if last is not None:
        return Editor.of(last)
    editor = Editor()
    editor.scalars |= {"titulo": kind.nombre, "diseno": layout_source("oficio")}
    for part in PARTS:
        editor.rows[part.slug].append(dict(part.blank))
    return editor


def _shown(kind: TipoDocumento, editor: Editor) -> Preview:
    return preview(kind, editor.template(), now=now())


def _faults(editor: Editor) -> dict[str, list[str]]:
    """What would keep it from being published, but for the layout."""
    given = editor.template()
    return editor.faults() | template_faults(
        titulo=given.titulo,
        campos=given.campos,
        clausulas=given.clausulas,
        firmantes=given.firmantes,
    )


def _publish(request: HttpRequest, kind: TipoDocumento, editor: Editor) -> HttpResponse:
    template = editor.template()
    if kind.plantillas.filter(vigente=True, huella=template_hash(template)).exists():
        messages.info(request, _("No cambió nada: sigue vigente la misma versión."))
        return redirect("documentos:plantilla", clave=kind.clave)
    try:
        if faults := editor.faults():
            raise InvalidInputError(
                _("La plantilla no se guardó; la anterior sigue vigente."), fields=faults
            )
        row = publish_template(
            tipo=kind.clave,
            template=template,
            base_version=editor.base,
            actor=request.user,
            now=now(),
        )
    except DomainError as error:
        return _refused(request, kind, editor, error)
    messages.success(
        request,
        _("La versión %(n)s está vigente. Los documentos en curso conservan la suya.")
        % {"n": row.version},
    )
    return redirect("documentos:plantilla", clave=kind.clave)


def _refused(request, kind: TipoDocumento, editor: Editor, error: DomainError) -> HttpResponse:
    """The form again with each fault at its part; of the layout, with the code around it."""
    faults = dict(error.fields) if isinstance(error, InvalidInputError) else {}
    shown = _shown(kind, editor) if "diseno" in faults else None
    if not faults:
        faults[TOP] = [str(error.message)]
        newest = kind.plantillas.order_by("-version").first()
        editor.base = newest.version if newest else 0
    return _page(request, kind, editor, shown=shown, faults=faults, status=error.status)


def _page(
    request: HttpRequest,
    kind: TipoDocumento,
    editor: Editor,
    *,
    shown: Preview | None = None,
    faults: dict[str, list[str]] | None = None,
    focus: str = "",
    status: int = 200,
) -> HttpResponse:
    faults = faults or {}
    anchors = {TOP: "", **{p.name: f"parte-{p.slug}" for p in PARTS}}
    context = {
        "k": kind,
        "e": editor,
        "t": editor.scalars,
        "partes": [_part(part, editor, faults, focus) for part in PARTS],
        "tipos_campo": FIELD_NAMES.items(),
        "clases": CLASS_NAMES.items(),
        "disenos": LAYOUT_NAMES.items(),
        "renglones": range(1, editor.scalars["diseno"].count("\n") + 61),
        "alto": editor.scalars["diseno"].count("\n") + 4,
        "vista": shown,
        "falta": faults,
        "errores": [
            {"anchor": anchors.get(name, f"id_{name}"), "message": line}
            for name, lines in faults.items()
            for line in lines
        ],
        "error_title": bool(faults) and status != 200,
        "foco": focus,
        "migas": template_crumbs(kind, _("Editar la plantilla")),
    }
    return render(request, "tablero/documentos/plantilla_editar.html", context, status=status)


def _part(part, editor: Editor, faults: dict, focus: str) -> dict:
    rows = editor.rows[part.slug]
    return {
        "slug": part.slug,
        "label": part.label,
        "one": part.one,
        "filas": [_shown_row(part, n, row, focus) for n, row in enumerate(rows)],
        "total": len(rows),
        "caben": len(rows) < part.most,
        "faltas": faults.get(part.name, []),
        "plantilla": f"tablero/documentos/_fila_{part.slug}.html",
    }


def _shown_row(part, n: int, row: dict, focus: str) -> dict:
    anchor = f"{part.slug}-{n}"
    new = row == part.blank
    return {
        "n": n,
        "r": row,
        "id": anchor,
        "opciones": "\n".join(row.get("opciones", ())),
        "abierta": new or focus == anchor,
    }
