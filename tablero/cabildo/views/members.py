"""Members: the list, one with the seats they held, and the acts on who sits where."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.time import now, today
from tablero.shared.formpages import posted, run_form

from ..forms.bodies import AbsenceForm, DayForm, HoldingForm, MemberForm
from ..models import Asiento, Ausencia, Integrante, Ocupacion
from ..policies import CabildoPolicy
from ..selectors import members
from ..services import (
    call_substitute,
    end_absence,
    grant_absence,
    leave_seat,
    save_member,
    seat_member,
    take_oath,
)
from ..services.absences import Absence
from .base import crumbs, room_page

MOST = 300


def _members_address() -> tuple[str, str]:
    return _("Integrantes"), reverse("cabildo:integrantes")


@room_page("view", "GET", "HEAD")
def member_list(request: HttpRequest) -> HttpResponse:
    """Everybody who holds or held a seat."""
    q = request.GET.get("q", "")[:100]
    rows = members(q).prefetch_related("ocupaciones__asiento__organo", "ocupaciones__ausencias")
    day = today()
    context = {
        "q": q,
        "filas": [{"i": row, "asientos": _seats_today(row, day)} for row in rows[:MOST]],
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs((_("Integrantes"),)),
    }
    return render(request, "tablero/cabildo/integrantes.html", context)


def _seats_today(row: Integrante, day: dt.date) -> list[Ocupacion]:
    return [
        held
        for held in row.ocupaciones.all()
        if held.vigente_desde <= day and (held.vigente_hasta is None or day <= held.vigente_hasta)
    ]


def _member(pk: int) -> Integrante:
    found = Integrante.objects.select_related("usuario").filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos a esa persona."))
    return found


@room_page("view", "GET", "HEAD")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: the seats they hold and held, and their absences."""
    row = _member(pk)
    held = row.ocupaciones.select_related("asiento__organo").prefetch_related("ausencias")
    context = {
        "i": row,
        "ocupaciones": held.order_by("-vigente_desde", "asiento__organo__tipo"),
        "hoy": today(),
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs(_members_address(), (row.nombre,)),
    }
    return render(request, "tablero/cabildo/integrante.html", context)


@room_page("manage")
def edit_member(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Register a member, or mend their data."""
    row = _member(pk) if pk else None
    names = ("nombre", "partido", "correo", "consentimiento", "domicilio", "usuario")
    initial = {name: getattr(row, name) for name in names} if row else {}
    back = reverse("cabildo:integrante", args=[pk]) if row else reverse("cabildo:integrantes")
    title = _("Corregir los datos de %(name)s") % {"name": row} if row else _("Nuevo integrante")
    return run_form(
        request,
        MemberForm(posted(request), initial=initial),
        lambda data: save_member(integrante_id=pk, values=data, actor=request.user, now=now()),
        done=_("Guardado."),
        to=lambda saved: reverse("cabildo:integrante", args=[saved.pk]),
        title=title,
        cancel_url=back,
        migas=crumbs(_members_address(), (title,)),
    )


@room_page("manage")
def hold_seat(request: HttpRequest, pk: int, asiento: int) -> HttpResponse:
    """Put somebody in a seat."""
    seat = Asiento.objects.select_related("organo").filter(pk=asiento, organo_id=pk).first()
    if seat is None:
        raise NotFoundError(_("No encontramos ese asiento."))
    back = reverse("cabildo:organo", args=[pk])
    initial = {"desde": max(seat.vigente_desde, today()), "calidad": "propietario"}

    def act(data: dict) -> Ocupacion:
        return seat_member(
            asiento_id=seat.pk,
            integrante_id=data["integrante"].pk,
            calidad=data["calidad"],
            desde=data["desde"],
            protesta=data["protesta"],
            actor=request.user,
            now=now(),
        )

    return run_form(
        request,
        HoldingForm(posted(request), initial=initial),
        act,
        done=_("Quedó registrado en su asiento."),
        to=back,
        title=_("Quién ocupa «%(seat)s»") % {"seat": seat},
        intro=_("Si la persona no está en la lista, regístrela primero en Integrantes."),
        cancel_url=back,
        migas=crumbs((seat.organo.nombre, back), (seat.nombre,)),
    )


def _holding(pk: int) -> Ocupacion:
    rows = Ocupacion.objects.select_related("asiento__organo", "integrante")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos a esa persona en ese asiento."))
    return found


def _on_a_day(
    request: HttpRequest, row: Ocupacion, words: tuple[str, str, str], service: Callable, **given
) -> HttpResponse:
    """A page that asks for one date: title, label, what to say when done."""
    title, label, done = words
    back = reverse("cabildo:organo", args=[row.asiento.organo_id])
    return run_form(
        request,
        DayForm(posted(request), initial={"fecha": today()}, label=label),
        lambda data: service(data["fecha"]),
        done=done,
        to=back,
        title=title,
        cancel_url=back,
        intro=f"{row.integrante} · {row.asiento}",
        migas=crumbs((row.asiento.organo.nombre, back), (title,)),
        **given,
    )


@room_page("manage")
def oath(request: HttpRequest, pk: int) -> HttpResponse:
    """They took the oath."""
    return _on_a_day(
        request,
        _holding(pk),
        (_("Asentar la protesta"), _("Rindió protesta el"), _("Consta su protesta.")),
        lambda day: take_oath(ocupacion_id=pk, fecha=day, actor=request.user, now=now()),
    )


@room_page("manage")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """They no longer hold the seat."""
    return _on_a_day(
        request,
        _holding(pk),
        (_("Terminar en el asiento"), _("Último día"), _("Quedó registrado.")),
        lambda day: leave_seat(ocupacion_id=pk, hasta=day, actor=request.user, now=now()),
        danger=True,
    )


@room_page("manage")
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant leave, or note an absence."""
    row = _holding(pk)
    back = reverse("cabildo:organo", args=[row.asiento.organo_id])
    title = _("Licencia o ausencia")
    return run_form(
        request,
        AbsenceForm(posted(request), initial={"desde": today()}),
        lambda data: grant_absence(
            ocupacion_id=pk, absence=Absence(**data), actor=request.user, now=now()
        ),
        done=_("La ausencia quedó registrada."),
        to=back,
        title=title,
        intro=f"{row.integrante} · {row.asiento}",
        cancel_url=back,
        migas=crumbs((row.asiento.organo.nombre, back), (title,)),
    )


def _absence(pk: int) -> Ausencia:
    rows = Ausencia.objects.select_related("ocupacion__asiento__organo", "ocupacion__integrante")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa ausencia."))
    return found


@room_page("manage")
def substitute(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the substitute of somebody who is away."""
    return _on_a_day(
        request,
        _absence(pk).ocupacion,
        (_("Llamar a su suplente"), _("Entra en funciones el"), _("Su suplente fue llamado.")),
        lambda day: call_substitute(ausencia_id=pk, fecha=day, actor=request.user, now=now()),
    )


@room_page("manage")
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who was away is back."""
    return _on_a_day(
        request,
        _absence(pk).ocupacion,
        (_("Reincorporación"), _("Último día de la ausencia"), _("La ausencia terminó.")),
        lambda day: end_absence(ausencia_id=pk, hasta=day, actor=request.user, now=now()),
    )
