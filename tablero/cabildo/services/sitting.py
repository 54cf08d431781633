"""Holding a session: the roll, the quorum, who comes and goes, recess and end."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.errors import ConflictError
from portal.core.events import publish
from portal.core.realtime import nudge
from portal.core.time import local_date, local_moment

from ..constants import ClasePunto, EstadoAsunto, EstadoSesion, EstadoVotacion
from ..groups import group_for_session
from ..models import Asunto, Presencia, Sesion
from ..rules import quorum_needed, second_call_needed
from ..seating import Seat, presiding
from ..selectors import members_in_office, quorum_rule, seats_on
from ..session_events import ItemUnscheduled
from ..sitting_events import (
    ChairTaken,
    ItemPostponed,
    MemberEntered,
    MemberLeft,
    RecessBegun,
    RecessEnded,
    RollCalled,
    SessionClosed,
    SessionNotHeld,
)
from ..threads import tell_petition
from .base import refuse
from .sessions import keep_session, open_session, require_state

#: States in which members come and go.
SITTING = (EstadoSesion.EN_CURSO, EstadoSesion.RECESO)


def tell(row: Sesion, event, *, actor, now: dt.datetime) -> None:
    """Record a fact of the session and nudge the screens that look at it."""
    publish(event, actor=actor, now=now)
    nudge(group_for_session(row.pk), "sesion")


def acting_seats(row: Sesion, now: dt.datetime) -> list[Seat]:
    """The seats of the body with somebody who acts, on the day of ``now``."""
    return [seat for seat in seats_on(row.organo, local_date(now)) if seat.ocupacion]


@transaction.atomic
def call_roll(
    *,
    sesion_id: int,
    presentes: Collection[int],
    preside_id: int | None,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Sesion:
    """
    Call the roll: with a quorum the session opens; without one it waits for the second call.

    ``presentes`` are ids of members who act that day, ``preside_id`` who presides among them.

    :raises ConflictError: it was not noticed, it is before its hour, it is too soon for the second
        call, or both were called.
    :raises InvalidInputError: somebody who does not act in the body that day.
    """
    row = open_session(sesion_id, actor, cambios)
    require_state(row, EstadoSesion.CONVOCADA)
    rule_row, rule = quorum_rule(row.organo, local_date(now))
    _require_time(row, rule, now)
    seats = acting_seats(row, now)
    there = _known(seats, presentes, preside_id)
    if not seats:
        raise ConflictError(_("Nadie integra el órgano ese día."))
    number = members_in_office(seats)
    row.llamada, row.llamada_en = row.llamada + 1, now
    needed = (quorum_needed if row.llamada == 1 else second_call_needed)(rule, number)
    enough = len(there) >= needed and (preside_id is not None or not rule.exige_presidencia)
    if enough:
        row.open_sitting(now)
        row.regla_quorum, row.quorum, row.integrantes_n = rule_row, needed, number
        row.preside_id = preside_id
        _seat(row, seats, there, now)
    keep_session(row)
    counted = {"integrantes": number, "requeridos": needed, "regla_id": rule_row.pk}
    tell(row, _called(row, there, preside_id, counted), actor=actor, now=now)
    return row


def _called(row: Sesion, there: set[int], preside_id: int | None, counted: dict) -> RollCalled:
    return RollCalled(
        sesion_id=row.pk,
        llamada=row.llamada,
        presentes=sorted(there),
        preside_id=preside_id,
        hay=row.abierta_en is not None,
        **counted,
    )


def _require_time(row: Sesion, rule, now: dt.datetime) -> None:
    if row.llamada == 2:
        raise ConflictError(_("Ya se pasó lista en segunda convocatoria: declare si se celebra."))
    start = row.inicia_en
    if row.llamada == 1:
        start = max(start, row.llamada_en + dt.timedelta(minutes=rule.espera_minutos))
    if now < start:
        line = _("Todavía no es la hora: puede pasarse lista desde el %(moment)s.")
        raise ConflictError(line % {"moment": full_date(local_moment(start))})


def _known(seats: list[Seat], presentes: Collection[int], preside_id: int | None) -> set[int]:
    acting = {seat.integrante.pk for seat in seats}
    there = set(presentes)
    if there - acting:
        raise refuse("presentes", _("Alguien de la lista no integra hoy el órgano."))
    if preside_id is not None and preside_id not in there:
        raise refuse("preside", _("Quien preside debe estar presente."))
    return there


def _seat(row: Sesion, seats: list[Seat], there: set[int], now: dt.datetime) -> None:
    Presencia.objects.bulk_create(
        Presencia(sesion=row, integrante=seat.integrante, ocupacion=seat.ocupacion, desde=now)
        for seat in seats
        if seat.integrante.pk in there
    )


def default_chair(seats: list[Seat]) -> int | None:
    """Who presides unless somebody else is said: whoever acts in the seat of the presidency."""
    seat = presiding(seats)
    return seat.integrante.pk if seat and seat.integrante else None


@transaction.atomic
def declare_not_held(
    *, sesion_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Sesion:
    """
    The roll was called and there was no quorum: it is not held, and its items are free.

    :raises ConflictError: the roll was not called, or the session opened.
    """
    row = open_session(sesion_id, actor, cambios)
    require_state(row, EstadoSesion.CONVOCADA)
    if row.llamada == 0:
        raise ConflictError(_("Pase lista primero: así consta quién vino."))
    row.fail_sitting(now)
    for item in _waiting(row):
        item.unschedule()
        _keep_item(item, now)
        publish(ItemUnscheduled(asunto_id=item.pk, sesion_id=row.pk), actor=actor, now=now)
        tell_petition(item, actor=actor, now=now)
    keep_session(row)
    tell(row, SessionNotHeld(sesion_id=row.pk), actor=actor, now=now)
    return row


def _waiting(row: Sesion) -> list[Asunto]:
    """Items on its agenda that nothing was decided of."""
    rows = Asunto.objects.select_for_update(of=("self",)).filter(
        puntos__sesion=row,
        puntos__retirado_en=None,
        puntos__clase=ClasePunto.ASUNTO,
        estado=EstadoAsunto.AGENDADO,
    )
    return list(rows.order_by("pk"))


def _keep_item(item: Asunto, now: dt.datetime) -> None:
    item.cambios += 1
    item.actualizado_en = now
    item.save()


@transaction.atomic
def note_entry(*, sesion_id: int, integrante_id: int, actor, now: dt.datetime) -> Presencia:
    """
    A member comes in.

    :raises ConflictError: the session is not being held, or they are in already.
    :raises InvalidInputError: they do not act in the body today.
    """
    row = open_session(sesion_id, actor)
    require_state(row, *SITTING)
    seat = next((s for s in acting_seats(row, now) if s.integrante.pk == integrante_id), None)
    if seat is None:
        raise refuse("integrante", _("Esa persona no integra hoy el órgano."))
    if row.presencias.filter(integrante_id=integrante_id, hasta=None).exists():
        raise ConflictError(_("Ya consta presente."))
    found = Presencia.objects.create(
        sesion=row, integrante=seat.integrante, ocupacion=seat.ocupacion, desde=now
    )
    event = MemberEntered(sesion_id=row.pk, integrante_id=integrante_id)
    tell(row, event, actor=actor, now=now)
    return found


@transaction.atomic
def note_exit(*, sesion_id: int, integrante_id: int, actor, now: dt.datetime) -> Presencia:
    """
    A member goes out. A vote they cast stands.

    :raises ConflictError: the session is not being held, or they are not in.
    """
    row = open_session(sesion_id, actor)
    require_state(row, *SITTING)
    found = row.presencias.filter(integrante_id=integrante_id, hasta=None).first()
    if found is None:
        raise ConflictError(_("No consta presente."))
    found.hasta = now
    found.save(update_fields=["hasta"])
    _quiet(row, now, integrante_id)
    event = MemberLeft(sesion_id=row.pk, integrante_id=integrante_id)
    tell(row, event, actor=actor, now=now)
    return found


@transaction.atomic
def take_chair(*, sesion_id: int, integrante_id: int, actor, now: dt.datetime) -> Sesion:
    """
    Somebody else presides from now on: who did went out, or came in.

    :raises ConflictError: the session is not being held, a vote is open, they preside already, or
        they are not in the room.
    """
    row = open_session(sesion_id, actor)
    require_state(row, *SITTING)
    require_no_vote(row)
    if row.preside_id == integrante_id:
        raise ConflictError(_("Ya preside la sesión."))
    if not row.presencias.filter(integrante_id=integrante_id, hasta=None).exists():
        raise ConflictError(_("No consta presente."))
    row.preside_id = integrante_id
    keep_session(row)
    event = ChairTaken(sesion_id=row.pk, integrante_id=integrante_id)
    tell(row, event, actor=actor, now=now)
    return row


@transaction.atomic
def begin_recess(*, sesion_id: int, actor, now: dt.datetime) -> Sesion:
    """
    :raises ConflictError: the session is not going on, or a vote is open.
    """
    row = open_session(sesion_id, actor)
    require_state(row, EstadoSesion.EN_CURSO)
    require_no_vote(row)
    row.rest()
    keep_session(row)
    tell(row, RecessBegun(sesion_id=row.pk), actor=actor, now=now)
    return row


@transaction.atomic
def end_recess(*, sesion_id: int, actor, now: dt.datetime) -> Sesion:
    """
    :raises ConflictError: there is no recess.
    """
    row = open_session(sesion_id, actor)
    require_state(row, EstadoSesion.RECESO)
    row.go_on()
    keep_session(row)
    tell(row, RecessEnded(sesion_id=row.pk), actor=actor, now=now)
    return row


@transaction.atomic
def postpone_point(*, punto_id: int, actor, now: dt.datetime) -> Asunto:
    """
    Leave an item for another session, without a vote.

    :raises ConflictError: the session is not going on, a vote is open, or it was decided.
    """
    from_point = Asunto.objects.filter(puntos__pk=punto_id).values_list("pk", "puntos__sesion_id")
    found = from_point.filter(puntos__pk=punto_id).first()
    if found is None:
        raise ConflictError(_("Ese punto no lleva un asunto."))
    row = open_session(found[1], actor)
    require_state(row, EstadoSesion.EN_CURSO)
    require_no_vote(row)
    item = Asunto.objects.select_for_update(of=("self",)).get(pk=found[0])
    _postpone(row, item, actor, now)
    return item


def _postpone(row: Sesion, item: Asunto, actor, now: dt.datetime) -> None:
    if item.estado != EstadoAsunto.AGENDADO:
        raise ConflictError(_("Ese asunto ya se decidió o salió del orden del día."))
    item.postpone()
    _keep_item(item, now)
    publish(ItemPostponed(asunto_id=item.pk, sesion_id=row.pk), actor=actor, now=now)
    tell_petition(item, actor=actor, now=now)
    nudge(group_for_session(row.pk), "sesion")


def _quiet(row: Sesion, now: dt.datetime, integrante_id: int | None = None) -> None:
    """Nobody who left has the floor or waits for it; with nobody named, nobody at all."""
    rows = row.intervenciones.filter(hasta=None, retirada_en=None)
    if integrante_id is not None:
        rows = rows.filter(integrante_id=integrante_id)
    rows.filter(desde__isnull=False).update(hasta=now)
    rows.filter(desde=None).update(retirada_en=now)


def require_no_vote(row: Sesion) -> None:
    """
    :raises ConflictError: a vote is open, or tied and waiting.
    """
    if row.votaciones.exclude(estado=EstadoVotacion.CERRADA).exists():
        raise ConflictError(_("Hay una votación sin terminar: ciérrela primero."))


@transaction.atomic
def close_session(*, sesion_id: int, actor, now: dt.datetime, cambios: int | None = None) -> Sesion:
    """
    End the session; items nothing was decided of are left for another.

    :raises ConflictError: it is not going on, or a vote is not finished.
    """
    row = open_session(sesion_id, actor, cambios)
    require_state(row, *SITTING)
    require_no_vote(row)
    for item in _waiting(row):
        _postpone(row, item, actor, now)
    row.presencias.filter(hasta=None).update(hasta=now)
    _quiet(row, now)
    row.end_sitting(now)
    keep_session(row)
    tell(row, SessionClosed(sesion_id=row.pk), actor=actor, now=now)
    return row
