"""Sessions while they are prepared: their data, their agenda, and calling them off."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotFoundError
from portal.core.events import publish
from portal.core.realtime import nudge
from portal.core.saving import assign, check
from portal.documents.services.base import author_pk, required_reason

from ..constants import FIXED_POINTS, Caracter, ClasePunto, EstadoAsunto, EstadoSesion
from ..groups import group_for_session
from ..mandate import agenda_mandate
from ..models import Asunto, Punto, Sesion
from ..policies import CabildoPolicy
from ..session_events import (
    ItemScheduled,
    ItemUnscheduled,
    PointAdded,
    PointMoved,
    PointRemoved,
    SessionCancelled,
    SessionSaved,
)
from ..threads import session_words, tell_petition
from .base import refuse
from .items import admitting

_ON_AGENDA = Q(clase=ClasePunto.ASUNTO, retirado_en=None)
#: Sessions whose agenda can still change.
OPEN_AGENDA = (EstadoSesion.PREPARACION, EstadoSesion.CONVOCADA)


def open_session(sesion_id: int, actor, cambios: int | None = None) -> Sesion:
    """
    The session under lock, as the person saw it.

    :raises NotAllowedError: not the actor's part.
    :raises ConflictError: it changed meanwhile.
    """
    CabildoPolicy(actor).require("manage")
    row = Sesion.objects.select_for_update(of=("self",)).filter(pk=sesion_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("La sesión cambió mientras usted la veía. Revísela otra vez: nada se guardó."),
            code="version_anterior",
        )
    return row


def keep_session(row: Sesion) -> None:
    """Write it with its next number of changes."""
    row.cambios += 1
    row.save()


def require_state(row: Sesion, *states: str) -> None:
    """
    :raises ConflictError: the session is in none of ``states``.
    """
    if row.estado not in states:
        line = _("La sesión está en «%(state)s»: este acto ya no procede.")
        raise ConflictError(line % {"state": row.get_estado_display()}, code="estado_no_admite")


@transaction.atomic
def save_session(
    *,
    sesion_id: int | None,
    values: Mapping[str, Any],
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Sesion:
    """
    Begin to prepare a session, with its fixed points, or change its data.

    :raises InvalidInputError: by field; a moment that is past; a closed one without grounds.
    :raises ConflictError: its members were noticed already.
    """
    CabildoPolicy(actor).require("manage")
    row = _new(actor, now) if sesion_id is None else open_session(sesion_id, actor, cambios)
    require_state(row, EstadoSesion.PREPARACION)
    fresh = row.pk is None
    changed = assign(row, values)
    if not fresh and "organo" in changed and row.puntos.filter(_ON_AGENDA).exists():
        raise refuse("organo", _("Quite antes los asuntos: son de otro órgano."))
    if row.caracter == Caracter.CERRADA and not row.fundamento_cierre:
        raise refuse("fundamento_cierre", _("Diga en qué se funda cerrarla al público."))
    check(row, exclude=("estado",))
    if row.inicia_en <= now:
        raise refuse("inicia_en", _("Dé un día y una hora que todavía no pasen."))
    if changed:
        keep_session(row)
        publish(SessionSaved(sesion_id=row.pk, campos=changed), actor=actor, now=now)
    if fresh or "tipo" in changed:
        _fix_points(row)
    return row


def _new(actor, now: dt.datetime) -> Sesion:
    return Sesion(autor_id=author_pk(actor), creado_en=now, cambios=0)


def _fix_points(row: Sesion) -> None:
    """The fixed points of its type around whatever items it has."""
    row.puntos.exclude(clase=ClasePunto.ASUNTO).delete()
    before, after = FIXED_POINTS[row.tipo]
    items = list(row.puntos.filter(retirado_en=None).order_by("orden", "pk"))
    made = [Punto(sesion=row, clase=c, titulo=ClasePunto(c).label, orden=0) for c in before]
    last = [Punto(sesion=row, clase=c, titulo=ClasePunto(c).label, orden=0) for c in after]
    for place, point in enumerate([*made, *items, *last], 1):
        point.orden = place
        point.save()


@transaction.atomic
def add_point(*, sesion_id: int, asunto_id: int, actor, now: dt.datetime) -> Punto:
    """
    Put an item on the agenda, after the others; one that comes after the notice is a late one.

    :raises ConflictError: the session or the item does not admit it, the item is of another body,
        or its matter demands an opinion it does not have; or the session goes on and its members
        did not vote to change the agenda.
    """
    row = open_session(sesion_id, actor)
    mandate = _require_agenda(row, *OPEN_AGENDA)
    item = _item_for(row, asunto_id)
    with admitting(item, _("agendarlo")):
        item.schedule()
    _keep_item(item, now)
    late = row.estado != EstadoSesion.PREPARACION
    place = _place_for_items(row)
    row.puntos.filter(orden__gte=place).update(orden=F("orden") + 1)
    point = Punto.objects.create(
        sesion=row,
        orden=place,
        clase=ClasePunto.ASUNTO,
        titulo=item.titulo,
        asunto=item,
        tardio=late,
    )
    keep_session(row)
    event = PointAdded(
        sesion_id=row.pk,
        punto_id=point.pk,
        asunto_id=item.pk,
        tardio=late,
        votacion_id=mandate,
    )
    _tell(row, event, actor, now)
    publish(ItemScheduled(asunto_id=item.pk, sesion_id=row.pk), actor=actor, now=now)
    if late:
        tell_petition(item, actor=actor, now=now, detalle=session_words(row))
    return point


def _require_agenda(row: Sesion, *states: str) -> int | None:
    """
    Its agenda may change: in these states by itself, while it goes on by the vote whose id is given
    back.

    :raises ConflictError: it may not.
    """
    if row.estado == EstadoSesion.EN_CURSO:
        mandate = agenda_mandate(row)
        if mandate is None:
            line = _("Ya empezada la sesión, el orden del día sólo cambia si se vota modificarlo.")
            raise ConflictError(line, code="orden_sin_votar")
        return mandate.pk
    require_state(row, *states)
    return None


def _tell(row: Sesion, event, actor, now: dt.datetime) -> None:
    publish(event, actor=actor, now=now)
    nudge(group_for_session(row.pk), "sesion")


def _item_for(row: Sesion, asunto_id: int) -> Asunto:
    """The item under lock, once it may be discussed in that session."""
    item = Asunto.objects.select_for_update(of=("self",)).filter(pk=asunto_id).first()
    if item is None:
        raise NotFoundError(_("No encontramos ese asunto."))
    if item.organo_id != row.organo_id:
        raise ConflictError(_("Ese asunto es de otro órgano."))
    if item.materia.exige_dictamen and not item.dictamen_sentido:
        raise ConflictError(_("La materia exige dictamen de comisión, y el asunto no lo tiene."))
    return item


def _keep_item(item: Asunto, now: dt.datetime) -> None:
    item.cambios += 1
    item.actualizado_en = now
    item.save()


def _place_for_items(row: Sesion) -> int:
    """Before the fixed points that close the session."""
    after = FIXED_POINTS[row.tipo][1]
    closing = row.puntos.filter(clase__in=after).order_by("orden").first()
    if closing is not None:
        return closing.orden
    return (row.puntos.aggregate(last=Max("orden"))["last"] or 0) + 1


@transaction.atomic
def remove_point(*, punto_id: int, actor, now: dt.datetime) -> Punto:
    """
    Take an item off the agenda of a session whose members were not noticed yet, or of one that goes
    on and voted to change it.

    :raises ConflictError: neither, it is a fixed point, or it was voted.
    """
    point, row = _point(punto_id, actor)
    mandate = _require_agenda(row, EstadoSesion.PREPARACION)
    if point.votaciones.exists():
        raise ConflictError(_("Ese punto ya se votó."))
    if point.asunto_id is None:
        raise ConflictError(_("Ese punto es fijo: toda sesión de este tipo lo lleva."))
    _retire(point, row, actor, now, mandate)
    keep_session(row)
    return point


def _point(punto_id: int, actor) -> tuple[Punto, Sesion]:
    found = Punto.objects.filter(pk=punto_id, retirado_en=None).values_list("sesion_id").first()
    if found is None:
        raise NotFoundError(_("Ese punto ya no está en el orden del día."))
    row = open_session(found[0], actor)
    return Punto.objects.select_related("asunto").get(pk=punto_id), row


def _retire(point: Punto, row: Sesion, actor, now: dt.datetime, mandate: int | None = None) -> None:
    point.retirado_en = now
    point.save(update_fields=["retirado_en"])
    item = Asunto.objects.select_for_update(of=("self",)).get(pk=point.asunto_id)
    if item.estado == EstadoAsunto.AGENDADO:
        item.unschedule()
        _keep_item(item, now)
        publish(ItemUnscheduled(asunto_id=item.pk, sesion_id=row.pk), actor=actor, now=now)
        tell_petition(item, actor=actor, now=now)
    event = PointRemoved(
        sesion_id=row.pk, punto_id=point.pk, asunto_id=item.pk, votacion_id=mandate
    )
    _tell(row, event, actor, now)


@transaction.atomic
def move_point(*, punto_id: int, arriba: bool, actor, now: dt.datetime) -> Punto:
    """
    Change places with the item before or after it; the fixed points stay where they are.

    :raises ConflictError: the members were noticed already and did not vote to change the agenda,
        or there is no item on that side.
    """
    point, row = _point(punto_id, actor)
    mandate = _require_agenda(row, EstadoSesion.PREPARACION)
    items = list(
        row.puntos.filter(clase=ClasePunto.ASUNTO, retirado_en=None).order_by("orden", "pk")
    )
    place = next((n for n, other in enumerate(items) if other.pk == point.pk), None)
    other = None if place is None else place + (-1 if arriba else 1)
    if other is None or not 0 <= other < len(items):
        raise ConflictError(_("Ese punto ya no puede moverse más en ese sentido."))
    neighbour = items[other]
    point.orden, neighbour.orden = neighbour.orden, point.orden
    point.save(update_fields=["orden"])
    neighbour.save(update_fields=["orden"])
    keep_session(row)
    event = PointMoved(sesion_id=row.pk, punto_id=point.pk, orden=point.orden, votacion_id=mandate)
    _tell(row, event, actor, now)
    return point


@transaction.atomic
def cancel_session(
    *, sesion_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> Sesion:
    """
    Call it off before it is held, with the reason; its items can go to another. Its number stays.

    :raises InvalidInputError: no reason.
    :raises ConflictError: it was held, or called off already.
    """
    row = open_session(sesion_id, actor, cambios)
    reason = required_reason(motivo, maximum=1000)
    require_state(row, *OPEN_AGENDA)
    row.cancel(reason)
    for point in row.puntos.filter(clase=ClasePunto.ASUNTO, retirado_en=None):
        _retire(point, row, actor, now)
    keep_session(row)
    publish(SessionCancelled(sesion_id=row.pk), actor=actor, now=now)
    return row
