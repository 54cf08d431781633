"""The routing table, its order, and a box to try it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import DomainError, NotFoundError
from portal.core.time import now
from tramites.models import ReglaTurno

from ..forms.catalogue import LineForm, TryForm
from ..selectors import routing_table, try_routing
from ..services import move_line, save_line
from .base import crumbs, run_form, settings_page


@settings_page("administer")
def table_page(request: HttpRequest) -> HttpResponse:
    """Every line in order; with a question in the address, also where it would go."""
    table = routing_table()
    form = TryForm(request.GET if "servicio" in request.GET else None)
    trial = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        trial = try_routing(
            servicio=data["servicio"],
            zona_id=data["zona"].pk if data["zona"] else None,
            canal=data["canal"],
            texto=data["texto"],
            table=table,
        )
    context = {
        "reglas": table,
        "form": form,
        "prueba": trial,
        "migas": crumbs((_("Reglas de turno"),)),
    }
    return render(request, "tablero/ajustes/turno.html", context)


@settings_page("administer")
def edit_line(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new line at the end, or changes to one."""
    row = ReglaTurno.objects.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise NotFoundError
    address = reverse("ajustes:turno")
    return run_form(
        request,
        LineForm(request.POST or None, instance=row),
        lambda data: save_line(regla_id=pk, values=data, actor=request.user, now=now()),
        done=_("Regla de turno guardada."),
        to=address,
        title=row.nota if row else _("Nueva regla de turno"),
        intro=_("Se cumple cuando coinciden todas las condiciones que llene."),
        cancel_url=address,
        migas=crumbs((_("Reglas de turno"), "ajustes:turno"), (_("Regla"),)),
    )


@settings_page("administer")
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down; asked for by address, it only shows the table."""
    if request.method == "POST":
        up = request.POST.get("sentido") == "subir"
        try:
            move_line(regla_id=pk, up=up, actor=request.user, now=now())
        except DomainError as error:
            if error.status == 404:
                raise
            messages.warning(request, error.message)
    return redirect(f"{reverse('ajustes:turno')}#regla-{pk}")
