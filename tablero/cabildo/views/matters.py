"""Matters: what each demands of an item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.time import now, today
from tablero.shared.formpages import posted, run_form

from ..forms.items import MatterForm
from ..item_selectors import matters_with_rules
from ..models import Materia
from ..policies import CabildoPolicy
from ..services import save_matter
from .base import crumbs, room_page

NAMES = ("clave", "nombre", "regla_mayoria", "votacion", "exige_dictamen", "anexos")
NAMES += ("fundamento", "activa")


@room_page("view", "GET", "HEAD")
def matter_list(request: HttpRequest) -> HttpResponse:
    """Every matter, with the majority it demands today."""
    context = {
        "filas": matters_with_rules(today()),
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs((_("Materias"),)),
    }
    return render(request, "tablero/cabildo/materias.html", context)


@room_page("manage")
def edit_matter(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new matter, or the data of one."""
    row = Materia.objects.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise NotFoundError(_("No encontramos esa materia."))
    initial = {name: getattr(row, name) for name in NAMES} if row else {"votacion": "economica"}
    back = reverse("cabildo:materias")
    title = _("Cambiar «%(name)s»") % {"name": row} if row else _("Nueva materia")
    return run_form(
        request,
        MatterForm(posted(request), initial=initial, day=today()),
        lambda data: save_matter(materia_id=pk, values=data, actor=request.user, now=now()),
        done=_("Guardado."),
        to=back,
        title=title,
        cancel_url=back,
        migas=crumbs((_("Materias"), back), (title,)),
    )
