"""The tree of dependencias."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.accounts.selectors import office_tree
from portal.accounts.services import OfficeData, change_office, create_office
from portal.core.errors import NotFoundError
from portal.core.time import now

from ..forms.offices import OfficeForm
from .base import crumbs, run_form, settings_page

TEXTS = (
    "clave",
    "nombre",
    "siglas",
    "correo",
    "telefono",
    "domicilio",
    "horario",
    "atribuciones",
    "activa",
)


def _data(cleaned: dict) -> OfficeData:
    parent = cleaned["padre"]
    texts = {name: cleaned[name] for name in TEXTS}
    return OfficeData(**texts, padre_id=parent.pk if parent else None)


def tree_lines() -> list[dict]:
    """Every office in order of the tree, with its depth; two queries."""
    offices, tree = Dependencia.objects.in_bulk(), office_tree()
    lines, seen = [], set()

    def walk(office_id: int, depth: int) -> None:
        if office_id in seen:
            return
        seen.add(office_id)
        lines.append({"office": offices[office_id], "depth": depth})
        below = sorted(tree.children.get(office_id, ()), key=lambda pk: offices[pk].nombre)
        for child in below:
            walk(child, depth + 1)

    for root in sorted(tree.children.get(None, ()), key=lambda pk: offices[pk].nombre):
        walk(root, 0)
    return lines


@settings_page("administer")
def office_list(request: HttpRequest) -> HttpResponse:
    """The tree."""
    context = {"lineas": tree_lines(), "migas": crumbs((_("Dependencias"),))}
    return render(request, "tablero/ajustes/dependencias.html", context)


@settings_page("administer")
def new_office(request: HttpRequest) -> HttpResponse:
    """Add one."""
    address = reverse("ajustes:dependencias")
    return run_form(
        request,
        OfficeForm(request.POST or None),
        lambda data: create_office(data=_data(data), actor=request.user, now=now()),
        done=_("Dependencia creada."),
        to=address,
        title=_("Nueva dependencia"),
        cancel_url=address,
        migas=crumbs((_("Dependencias"), "ajustes:dependencias"), (_("Nueva"),)),
    )


@settings_page("administer")
def edit_office(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one, or close it."""
    office = Dependencia.objects.filter(pk=pk).first()
    if office is None:
        raise NotFoundError
    initial = {name: getattr(office, name) for name in TEXTS} | {"padre": office.padre_id}
    address = reverse("ajustes:dependencias")
    return run_form(
        request,
        OfficeForm(request.POST or None, initial=initial),
        lambda data: change_office(
            dependencia_id=pk, data=_data(data), actor=request.user, now=now()
        ),
        done=_("Dependencia guardada."),
        to=address,
        title=office.nombre,
        cancel_url=address,
        migas=crumbs((_("Dependencias"), "ajustes:dependencias"), (office.nombre,)),
    )
