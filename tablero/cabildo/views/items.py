"""Items for the agenda: the list, one with its acts, its text and its annexes."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from portal.core.refusals import keep_refusals
from portal.core.time import now, today
from tablero.documentos.pages import page_of
from tablero.shared.downloads import uploaded_file
from tablero.shared.formpages import confirm, posted, run_form
from tablero.shared.lists import link_with

from ..constants import DRAFT_STATES, EstadoAsunto, OrigenAsunto
from ..forms.items import AnnexForm, ItemForm
from ..item_acts import BY_SLUG, offered
from ..item_events import ItemActRefused
from ..item_policies import AsuntoPolicy
from ..item_presenting import TONES, item_timeline, majority_of
from ..item_selectors import RELATED, annex_by_key, annexes_of, item_facts, items_for
from ..models import Asunto
from ..selectors import bodies_on
from ..services import add_annex, draft_item, edit_item, remove_annex
from ..services.annexes import WHILE, NewAnnex
from ..services.items import missing_annexes
from .base import crumbs, room_page

PAGE_SIZE = 50
WRITTEN = ("organo", "materia", "titulo", "exposicion", "propuesta", "origen", "proponente")


def _list_address() -> tuple[str, str]:
    return _("Asuntos"), reverse("cabildo:asuntos")


def visible_item(user, pk: int) -> Asunto:
    """
    The item with all its page shows.

    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    row = AsuntoPolicy(user).visible().select_related(*RELATED).filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese asunto."))
    return row


@room_page("view", "GET", "HEAD")
def item_list(request: HttpRequest) -> HttpResponse:
    """The items this person may know of."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("estado", "origen", "q")}
    page = page_of(items_for(request.user, **asked), request.GET, size=PAGE_SIZE)
    tabs = [("", _("Todos")), *EstadoAsunto.choices]
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
        "origenes": OrigenAsunto.choices,
        "filas": [{"a": row, "tono": TONES[row.estado]} for row in page.rows],
        "pagina": page,
        "puede": AsuntoPolicy(request.user).can_draft(),
        "migas": crumbs((_("Asuntos"),)),
    }
    return render(request, "tablero/cabildo/asuntos.html", context)


@room_page("view", "GET", "HEAD")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: where it stands, what it proposes, its annexes, its acts and its record."""
    row = visible_item(request.user, pk)
    policy = AsuntoPolicy(request.user, today())
    edits = policy.can_edit(row)
    context = {
        "a": row,
        "tono": TONES[row.estado],
        "mayoria": majority_of(row.materia, today()),
        "actos": offered(row, policy),
        "edita": edits and row.estado in DRAFT_STATES,
        "anexa": edits and row.estado in WHILE,
        "anexos": annexes_of(row, policy),
        "faltan": missing_annexes(row),
        "historia": item_timeline(item_facts(row)),
        "migas": crumbs(_list_address(), (row.folio,)),
    }
    return render(request, "tablero/cabildo/asunto.html", context)


@room_page("view")
def write_item(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new item, or the text of one."""
    policy = AsuntoPolicy(request.user, today())
    row = visible_item(request.user, pk) if pk else None
    if row is not None:
        policy.require("edit", row)
    elif not policy.can_draft():
        raise NotAllowedError
    form = ItemForm(
        posted(request),
        initial=_initial(row, request) if row else _first(request, policy),
        bodies=bodies_on(today()),
        policy=policy,
    )
    back = reverse("cabildo:asunto", args=[pk]) if pk else reverse("cabildo:asuntos")
    title = _("Cambiar el asunto %(folio)s") % {"folio": row.folio} if row else _("Nuevo asunto")

    return run_form(
        request,
        form,
        lambda data: _write(request, row, form),
        done=_("Guardado."),
        to=lambda saved: reverse("cabildo:asunto", args=[saved.pk]),
        title=title,
        cancel_url=back,
        migas=crumbs(_list_address(), (title,)),
    )


def _write(request: HttpRequest, row: Asunto | None, form: ItemForm) -> Asunto:
    given = {"values": form.values(), "actor": request.user, "now": now()}
    try:
        if row is None:
            return draft_item(**given)
        return edit_item(asunto_id=row.pk, cambios=form.cleaned_data["cambios"], **given)
    except InvalidInputError as error:
        if "peticion" in error.fields:
            error.fields["folio_peticion"] = error.fields.pop("peticion")
        raise


def _initial(row: Asunto, request: HttpRequest) -> dict:
    found = {name: getattr(row, name) for name in (*WRITTEN, "dependencia", "cambios")}
    return found | {"folio_peticion": row.peticion.folio if row.peticion_id else ""}


def _first(request: HttpRequest, policy: AsuntoPolicy) -> dict:
    """Where a new item starts: from the petition of the address, or from who writes it."""
    asked = request.GET.get("peticion", "")[:24]
    if asked:
        return {"origen": OrigenAsunto.PETICION, "folio_peticion": asked}
    member = policy.cabildo.integrante
    if member is not None:
        return {"origen": OrigenAsunto.REGIDURIA, "proponente": member}
    offices = sorted(policy.staff.offices)
    return {"origen": OrigenAsunto.DEPENDENCIA, "dependencia": offices[0] if offices else None}


@room_page("view")
def item_act(request: HttpRequest, pk: int, acto: str) -> HttpResponse:
    """The form of an act on an item, and the act."""
    found = BY_SLUG.get(acto)
    if found is None:
        raise Http404
    row = visible_item(request.user, pk)
    AsuntoPolicy(request.user, today()).require(found.action, row)
    back = reverse("cabildo:asunto", args=[pk])

    def act(data: dict):
        given = {"actor": request.user, "now": now()}
        with keep_refusals(partial(ItemActRefused, asunto_id=pk, acto=acto), **given):
            return found.service(asunto_id=pk, **given, **data)

    return run_form(
        request,
        found.form(posted(request), initial={"cambios": row.cambios}),
        act,
        done=found.done,
        to=back,
        title=found.label,
        intro=found.help or row.titulo,
        submit=found.label,
        danger=found.danger,
        cancel_url=back,
        migas=crumbs(_list_address(), (row.folio, back), (str(found.label),)),
    )


@room_page("view")
def new_annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to an item."""
    row = visible_item(request.user, pk)
    AsuntoPolicy(request.user, today()).require("edit", row)
    back = reverse("cabildo:asunto", args=[pk])
    files = request.FILES if request.method == "POST" else None

    def act(data: dict):
        upload = data.pop("archivo")
        return add_annex(
            asunto_id=pk, annex=NewAnnex(**data), upload=upload, actor=request.user, now=now()
        )

    return run_form(
        request,
        AnnexForm(posted(request), files, materia=row.materia),
        act,
        done=_("El anexo quedó agregado."),
        to=back,
        title=_("Agregar un anexo"),
        intro=row.titulo,
        cancel_url=back,
        migas=crumbs(_list_address(), (row.folio, back), (_("Anexo"),)),
    )


def _annex(request: HttpRequest, pk: int, clave: str):
    row = visible_item(request.user, pk)
    annex = annex_by_key(pk, clave)
    if annex is None or not AsuntoPolicy(request.user, today()).can_read_annex(annex):
        raise NotFoundError(_("Ese anexo no está."))
    return row, annex


@room_page("view", "GET", "HEAD")
def annex(request: HttpRequest, pk: int, clave: str) -> HttpResponse:
    """One annex; always a download, never sniffed."""
    _row, found = _annex(request, pk, clave)
    return uploaded_file(found)


@room_page("view")
def drop_annex(request: HttpRequest, pk: int, clave: str) -> HttpResponse:
    """Take an annex off."""
    row, found = _annex(request, pk, clave)
    AsuntoPolicy(request.user, today()).require("edit", row)
    back = reverse("cabildo:asunto", args=[pk])
    return confirm(
        request,
        lambda: remove_annex(anexo_id=found.pk, actor=request.user, now=now()),
        done=_("El anexo se quitó."),
        to=back,
        title=_("Quitar el anexo"),
        text=_("«%(name)s» se borra; en la historia queda su huella.") % {"name": found.nombre},
        submit=_("Quitar"),
        danger=True,
        migas=crumbs(_list_address(), (row.folio, back), (_("Quitar el anexo"),)),
    )
