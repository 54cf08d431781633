"""Substitutions (suplencias) in force and to come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Suplencia
from portal.accounts.services import begin_substitution, end_substitution
from portal.core.errors import NotFoundError
from portal.core.time import now, today

from ..forms.people import SubstitutionForm
from .base import confirm, crumbs, run_form, settings_page


@settings_page("administer")
def substitution_list(request: HttpRequest) -> HttpResponse:
    """Who acts for whom from today on."""
    rows = Suplencia.objects.filter(vigente_hasta__gte=today()).order_by("vigente_desde", "pk")
    context = {
        "suplencias": rows.select_related("ausente", "suplente")[:200],
        "hoy": today(),
        "migas": crumbs((_("Personal"), "ajustes:personal"), (_("Suplencias"),)),
    }
    return render(request, "tablero/ajustes/suplencias.html", context)


@settings_page("administer")
def new_substitution(request: HttpRequest) -> HttpResponse:
    """Begin one."""

    def act(data: dict) -> Suplencia:
        return begin_substitution(
            ausente_id=data["ausente"].pk,
            suplente_id=data["suplente"].pk,
            vigente_desde=data["vigente_desde"],
            vigente_hasta=data["vigente_hasta"],
            fundamento=data["fundamento"],
            actor=request.user,
            now=now(),
        )

    address = reverse("ajustes:suplencias")
    return run_form(
        request,
        SubstitutionForm(request.POST or None, initial={"vigente_desde": today()}),
        act,
        done=_("Suplencia registrada."),
        to=address,
        title=_("Nueva suplencia"),
        intro=_("Quien suple actúa con los cargos de la persona ausente; el registro dice quién."),
        cancel_url=address,
        migas=crumbs((_("Suplencias"), "ajustes:suplencias"), (_("Nueva"),)),
    )


@settings_page("administer")
def end_substitution_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End one early."""
    if not Suplencia.objects.filter(pk=pk).exists():
        raise NotFoundError
    return confirm(
        request,
        lambda: end_substitution(suplencia_id=pk, actor=request.user, now=now()),
        done=_("Suplencia terminada."),
        to=reverse("ajustes:suplencias"),
        title=_("Terminar la suplencia"),
        text=_("Desde este momento, quien suple deja de actuar con esos cargos."),
        submit=_("Terminar"),
        danger=True,
        migas=crumbs((_("Suplencias"), "ajustes:suplencias"), (_("Terminar"),)),
    )
