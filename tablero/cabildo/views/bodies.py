"""Bodies: the list, who sits in each on a day, and their data."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.time import now, today
from tablero.shared.formpages import posted, run_form

from ..forms.bodies import BodyForm, SeatForm
from ..models import Asiento, Organo
from ..policies import CabildoPolicy
from ..presenting import body_timeline, hemicycle_of, seat_lines
from ..selectors import (
    bodies_on,
    facts_of_body,
    members_in_office,
    quorum_rule,
    seats_by_body,
    seats_on,
)
from ..services import save_body, save_seat
from ..wording import quorum_words, second_call_words
from .base import asked_day, body_or_404, crumbs, room_page


@room_page("view", "GET", "HEAD")
def body_list(request: HttpRequest) -> HttpResponse:
    """The bodies in force, with their members today."""
    day = today()
    rows = list(bodies_on(day))
    seats = seats_by_body(rows, day)
    context = {
        "filas": [
            {
                "o": organo,
                "asientos": len(seats[organo.pk]),
                "integrantes": members_in_office(seats[organo.pk]),
                "quorum": _quorum(organo, seats[organo.pk], day),
            }
            for organo in rows
        ],
        "terminados": bodies_on(day, ended=True),
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": [{"label": _("Cabildo")}],
    }
    return render(request, "tablero/cabildo/organos.html", context)


def _quorum(organo: Organo, seats: list, day: dt.date) -> list[str]:
    """How many make a quorum, in words; what is wanting to tell it otherwise."""
    number = members_in_office(seats)
    if not number:
        return [_("Todavía no tiene integrantes en funciones.")]
    try:
        _row, rule = quorum_rule(organo, day)
    except NotFoundError:
        return [_("Ese día no había regla de quórum vigente.")]
    return [quorum_words(rule, number), second_call_words(rule, number)]


@room_page("view", "GET", "HEAD")
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: who holds each seat on a day, the quorum that follows, and the record."""
    organo = body_or_404(pk)
    day, misread = asked_day(request)
    seats = seats_on(organo, day)
    context = {
        "o": organo,
        "dia": day,
        "dia_malo": misread,
        "es_hoy": day == today(),
        "filas": seat_lines(seats, day),
        "figura": hemicycle_of(seats) if seats else None,
        "quorum": _quorum(organo, seats, day),
        "regla": _rule_key(organo, day),
        "historia": body_timeline(facts_of_body(organo)),
        "puede": CabildoPolicy(request.user).can_manage(),
        "migas": crumbs((organo.nombre,)),
    }
    return render(request, "tablero/cabildo/organo.html", context)


def _rule_key(organo: Organo, day: dt.date):
    try:
        return quorum_rule(organo, day)[0]
    except NotFoundError:
        return None


@room_page("manage")
def edit_body(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new body, or the data of one."""
    row = body_or_404(pk) if pk else None
    names = ("clave", "nombre", "tipo", "regla_quorum", "atribuciones")
    names += ("vigente_desde", "vigente_hasta")
    initial = {name: getattr(row, name) for name in names} if row else {"vigente_desde": today()}
    back = reverse("cabildo:organo", args=[pk]) if row else reverse("cabildo:organos")
    title = _("Corregir los datos de «%(name)s»") % {"name": row} if row else _("Nuevo órgano")
    return run_form(
        request,
        BodyForm(posted(request), initial=initial, day=today()),
        lambda data: save_body(organo_id=pk, values=data, actor=request.user, now=now()),
        done=_("Guardado."),
        to=lambda saved: reverse("cabildo:organo", args=[saved.pk]),
        title=title,
        cancel_url=back,
        migas=crumbs((row.nombre, back), (_("Corregir"),)) if row else crumbs((title,)),
    )


@room_page("manage")
def edit_seat(request: HttpRequest, pk: int, asiento: int | None = None) -> HttpResponse:
    """A new seat of a body, or the data of one."""
    organo = body_or_404(pk)
    seat = Asiento.objects.filter(pk=asiento, organo=organo).first() if asiento else None
    if asiento and seat is None:
        raise NotFoundError(_("No encontramos ese asiento."))
    names = ("cargo", "nombre", "orden", "vigente_desde", "vigente_hasta")
    initial = {name: getattr(seat, name) for name in names} if seat else _next_seat(organo)
    back = reverse("cabildo:organo", args=[pk])
    title = _("Corregir «%(name)s»") % {"name": seat} if seat else _("Nuevo asiento")
    return run_form(
        request,
        SeatForm(posted(request), initial=initial, tipo=organo.tipo),
        lambda data: save_seat(
            organo_id=pk, asiento_id=asiento, values=data, actor=request.user, now=now()
        ),
        done=_("Guardado."),
        to=back,
        title=title,
        cancel_url=back,
        migas=crumbs((organo.nombre, back), (title,)),
    )


def _next_seat(organo: Organo) -> dict:
    last = organo.asientos.order_by("-orden").first()
    return {
        "orden": last.orden + 1 if last else 1,
        "vigente_desde": organo.vigente_desde,
        "vigente_hasta": organo.vigente_hasta,
    }
