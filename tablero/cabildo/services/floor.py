"""The list of speakers: who asks for the floor, who has it and for how long."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotAllowedError, NotFoundError

from ..constants import EstadoSesion
from ..models import Intervencion, Sesion
from ..policies import CabildoPolicy
from ..sitting_events import FloorAsked, FloorEnded, FloorGiven, FloorWithdrawn
from .sessions import open_session, require_state
from .sitting import require_no_vote, tell


def _require_own(actor, integrante_id: int) -> None:
    policy = CabildoPolicy(actor)
    own = policy.integrante is not None and policy.integrante.pk == integrante_id
    if not own and not policy.can_manage():
        raise NotAllowedError


def _held(sesion_id: int) -> Sesion:
    row = Sesion.objects.select_for_update(of=("self",)).filter(pk=sesion_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    require_state(row, EstadoSesion.EN_CURSO)
    return row


@transaction.atomic
def ask_floor(
    *, sesion_id: int, integrante_id: int, punto_id: int | None, actor, now: dt.datetime
) -> Intervencion:
    """
    Put a member on the list: themselves, or who runs the session.

    :raises NotAllowedError: not the actor's to ask.
    :raises ConflictError: the session is not going on, they are out, or on the list already.
    """
    _require_own(actor, integrante_id)
    row = _held(sesion_id)
    if not row.presencias.filter(integrante_id=integrante_id, hasta=None).exists():
        raise ConflictError(_("No consta presente en la sesión."))
    waiting = row.intervenciones.filter(integrante_id=integrante_id, hasta=None, retirada_en=None)
    if waiting.exists():
        raise ConflictError(_("Ya está en la lista de quienes piden la palabra."))
    if punto_id is not None and not row.puntos.filter(pk=punto_id).exists():
        raise NotFoundError(_("Ese punto no es de esta sesión."))
    made = Intervencion.objects.create(
        sesion=row, punto_id=punto_id, integrante_id=integrante_id, pedida_en=now
    )
    event = FloorAsked(sesion_id=row.pk, integrante_id=integrante_id, punto_id=punto_id)
    tell(row, event, actor=actor, now=now)
    return made


def _asked(row: Sesion, integrante_id: int) -> Intervencion:
    found = row.intervenciones.filter(
        integrante_id=integrante_id, desde=None, retirada_en=None
    ).first()
    if found is None:
        raise ConflictError(_("No está en la lista de quienes piden la palabra."))
    return found


@transaction.atomic
def withdraw_floor(*, sesion_id: int, integrante_id: int, actor, now: dt.datetime) -> Intervencion:
    """
    Take somebody off the list: themselves, or who runs the session.

    :raises NotAllowedError: not the actor's to take back.
    :raises ConflictError: they are not on it, or are speaking.
    """
    _require_own(actor, integrante_id)
    row = _held(sesion_id)
    found = _asked(row, integrante_id)
    found.retirada_en = now
    found.save(update_fields=["retirada_en"])
    event = FloorWithdrawn(sesion_id=row.pk, integrante_id=integrante_id)
    tell(row, event, actor=actor, now=now)
    return found


@transaction.atomic
def give_floor(*, sesion_id: int, integrante_id: int, actor, now: dt.datetime) -> Intervencion:
    """
    Give the floor to somebody on the list; whoever had it has spoken.

    :raises ConflictError: the session is not going on, a vote is open, or they are not on the list.
    """
    row = open_session(sesion_id, actor)
    require_state(row, EstadoSesion.EN_CURSO)
    require_no_vote(row)
    found = _asked(row, integrante_id)
    _end(row, actor, now)
    found.desde = now
    found.save(update_fields=["desde"])
    event = FloorGiven(sesion_id=row.pk, integrante_id=integrante_id)
    tell(row, event, actor=actor, now=now)
    return found


@transaction.atomic
def end_floor(*, sesion_id: int, actor, now: dt.datetime) -> None:
    """
    Whoever has the floor has spoken.

    :raises ConflictError: nobody has it.
    """
    row = open_session(sesion_id, actor)
    if not _end(row, actor, now):
        raise ConflictError(_("Nadie tiene la palabra."))


def _end(row: Sesion, actor, now: dt.datetime) -> bool:
    found = row.intervenciones.filter(desde__isnull=False, hasta=None).first()
    if found is None:
        return False
    found.hasta = now
    found.save(update_fields=["hasta"])
    event = FloorEnded(
        sesion_id=row.pk,
        integrante_id=found.integrante_id,
        segundos=int((now - found.desde).total_seconds()),
    )
    tell(row, event, actor=actor, now=now)
    return True
