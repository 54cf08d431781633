"""Turnar, devolver: which office has the case."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError
from portal.core.events import publish

from ..events import PeticionAssigned, PeticionReturned
from ..models import Peticion, Turno
from ..policies import PeticionPolicy
from .base import admitting, author_of, open_case, required_text, save_case, triage_desk

MAX_REASON = 1000


@transaction.atomic
def assign_peticion(
    *,
    peticion_id: int,
    dependencia_id: int,
    motivo: str,
    actor,
    now: dt.datetime,
    version: int | None = None,
) -> Peticion:
    """
    Hand a petition to an office (turnar), for the first time or again.

    :raises NotFoundError, NotAllowedError: as the policy says; a titular assigns only within the
        offices under them.
    :raises InvalidInputError: no reason, or an office that does not take cases.
    :raises ConflictError: the state does not admit it, the office already has it, or it changed.
    """
    peticion = open_case("assign", peticion_id=peticion_id, actor=actor, version=version)
    if not PeticionPolicy(actor).can_assign_to(peticion, dependencia_id):
        raise NotAllowedError(_("Sólo puede turnar dentro de las dependencias a su cargo."))
    motivo = required_text(
        motivo, "motivo", maximum=MAX_REASON, message=_("Escriba por qué la turna.")
    )
    office = _receiving_office(dependencia_id)
    previous = peticion.dependencia
    if previous.pk == office.pk and not previous.es_ventanilla:
        raise ConflictError(_("La petición ya está en %(office)s.") % {"office": office})
    with admitting("assign", peticion):
        peticion.assign(dependencia=office, motivo=motivo[:300])
    save_case(peticion, now=now)
    turno = Turno.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        dependencia=office,
        desde=previous,
        motivo=motivo,
    )
    publish(_by_hand(turno), actor=actor, now=now)
    return peticion


def _by_hand(turno: Turno) -> PeticionAssigned:
    return PeticionAssigned(
        peticion_id=turno.peticion_id,
        turno_id=turno.pk,
        dependencia_id=turno.dependencia_id,
        desde_id=turno.desde_id,
        automatic=False,
    )


@transaction.atomic
def return_peticion(
    *, peticion_id: int, motivo: str, actor, now: dt.datetime, version: int | None = None
) -> Peticion:
    """
    Give a petition back to the triage desk, with the reason (devolver).

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no reason.
    :raises ConflictError: the state does not admit it, it is at the desk, or it changed.
    """
    peticion = open_case("return_to_desk", peticion_id=peticion_id, actor=actor, version=version)
    motivo = required_text(
        motivo, "motivo", maximum=MAX_REASON, message=_("Escriba por qué la devuelve.")
    )
    previous, desk = peticion.dependencia, triage_desk()
    if previous.pk == desk.pk:
        raise ConflictError(_("La petición ya está en la mesa de turno."))
    with admitting("return_to_desk", peticion):
        peticion.return_to_desk(desk=desk, motivo=motivo[:300])
    save_case(peticion, now=now)
    turno = Turno.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        dependencia=desk,
        desde=previous,
        motivo=motivo,
        devuelto=True,
    )
    event = PeticionReturned(
        peticion_id=peticion.pk,
        turno_id=turno.pk,
        dependencia_id=desk.pk,
        desde_id=previous.pk,
    )
    publish(event, actor=actor, now=now)
    return peticion


def _receiving_office(dependencia_id: int) -> Dependencia:
    office = Dependencia.objects.filter(pk=dependencia_id, activa=True).first()
    if office is None:
        line = _("Elija una dependencia que reciba peticiones.")
        raise InvalidInputError(fields={"dependencia": [line]})
    return office
