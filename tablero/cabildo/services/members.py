"""Members, and putting them in their seats."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError
from portal.core.events import publish
from portal.core.saving import assign, check, locked

from ..constants import Calidad
from ..events import MemberChanged, MemberSeated, OathTaken, SeatLeft
from ..models import Asiento, Integrante, Ocupacion
from ..policies import CabildoPolicy
from .base import open_body, open_holding, refuse, within


@transaction.atomic
def save_member(
    *, integrante_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime
) -> Integrante:
    """
    Register a member (``integrante_id`` None) or mend their data.

    :raises NotAllowedError: not their part.
    :raises InvalidInputError: by field; an account that is another member's.
    """
    CabildoPolicy(actor).require("manage")
    row = locked(Integrante, integrante_id)
    changed = assign(row, values)
    check(row)
    if changed:
        row.save()
        publish(MemberChanged(integrante_id=row.pk, campos=changed), actor=actor, now=now)
    return row


@transaction.atomic
def seat_member(
    *,
    asiento_id: int,
    integrante_id: int,
    calidad: str,
    desde: dt.date,
    protesta: dt.date | None,
    actor,
    now: dt.datetime,
) -> Ocupacion:
    """
    Put somebody in a seat, as holder or substitute, from ``desde`` on.

    :raises ConflictError: the seat has a holder (or substitute) then, or they already have a seat
        of this body.
    :raises InvalidInputError: a date out of the validity of the seat, or the oath before it.
    """
    CabildoPolicy(actor).require("manage")
    seat = locked(Asiento, asiento_id)
    open_body(seat.organo_id, actor)
    within(desde, seat, "desde")
    if calidad not in Calidad.values:
        raise refuse("calidad", _("Elija si es titular del asiento o suplente."))
    if protesta is not None and protesta < desde:
        raise refuse("protesta", _("La protesta no puede ser antes de que empiece en el cargo."))
    _require_free(seat, integrante_id, calidad, desde)
    member = locked(Integrante, integrante_id)
    row = Ocupacion.objects.create(
        asiento=seat,
        integrante=member,
        calidad=calidad,
        vigente_desde=desde,
        protesta=protesta,
    )
    publish(_seated(row, seat), actor=actor, now=now)
    return row


def _seated(row: Ocupacion, seat: Asiento) -> MemberSeated:
    return MemberSeated(
        organo_id=seat.organo_id,
        asiento_id=seat.pk,
        ocupacion_id=row.pk,
        integrante_id=row.integrante_id,
        calidad=row.calidad,
        desde=row.vigente_desde.isoformat(),
    )


def _require_free(seat: Asiento, integrante_id: int, calidad: str, desde: dt.date) -> None:
    """
    :raises ConflictError: as ``seat_member`` says.
    """
    body = Ocupacion.objects.filter(asiento__organo_id=seat.organo_id)
    open_rows = body.exclude(vigente_hasta__lt=desde)
    taken = open_rows.filter(asiento=seat, calidad=calidad).select_related("integrante").first()
    if taken is not None:
        line = _("El asiento ya lo ocupa %(who)s en esas fechas. Termine antes su ocupación.")
        raise ConflictError(line % {"who": taken.integrante})
    twice = open_rows.filter(integrante_id=integrante_id).select_related("asiento").first()
    if twice is not None:
        line = _("Esa persona ya está en este órgano: «%(seat)s».")
        raise ConflictError(line % {"seat": twice.asiento})


@transaction.atomic
def take_oath(*, ocupacion_id: int, fecha: dt.date, actor, now: dt.datetime) -> Ocupacion:
    """
    Record that somebody took the oath of their seat; from that day on they act.

    :raises ConflictError: they had taken it already.
    :raises InvalidInputError: before the seat is theirs.
    """
    row = open_holding(ocupacion_id, actor)
    if row.protesta is not None:
        raise ConflictError(_("Ya consta su protesta."))
    within(fecha, row, "fecha")
    row.protesta = fecha
    row.save(update_fields=["protesta"])
    event = OathTaken(organo_id=row.asiento.organo_id, ocupacion_id=row.pk, fecha=fecha.isoformat())
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def leave_seat(*, ocupacion_id: int, hasta: dt.date, actor, now: dt.datetime) -> Ocupacion:
    """
    End somebody's time in a seat; ``hasta`` is their last day.

    :raises ConflictError: it had ended already.
    :raises InvalidInputError: before it began.
    """
    row = open_holding(ocupacion_id, actor)
    if row.vigente_hasta is not None:
        raise ConflictError(_("Ya había terminado en ese asiento."))
    if hasta < row.vigente_desde:
        raise refuse("hasta", _("No puede terminar antes de haber empezado."))
    row.vigente_hasta = hasta
    row.save(update_fields=["vigente_hasta"])
    event = SeatLeft(organo_id=row.asiento.organo_id, ocupacion_id=row.pk, hasta=hasta.isoformat())
    publish(event, actor=actor, now=now)
    return row
