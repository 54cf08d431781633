"""Disagreement: a case answered or concluded is taken up again one level above who answered."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Dependencia
from portal.accounts.selectors import people_of_office
from portal.core.actors import CitizenActor
from portal.core.errors import ConflictError
from portal.core.events import publish_all
from portal.core.time import local_date

from ..constants import Estado
from ..events import PeticionReopened
from ..models import Inconformidad, Peticion, Turno
from ..policies import ATTENDING_ROLES
from .base import admitting, author_of, open_case, required_text, save_case, triage_desk
from .clock import restart_clock


@transaction.atomic
def reopen_peticion(*, peticion_id: int, texto: str, actor, now: dt.datetime) -> Inconformidad:
    """
    Take a case up again; a new term begins, under the rule in force today.

    The citizen may ask for it until the last day to disagree; a titular or the Secretaría later.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no text, or over 4,000 characters.
    :raises ConflictError: it is not answered, or the citizen is out of time.
    """
    peticion = open_case("reopen", peticion_id=peticion_id, actor=actor)
    texto = required_text(texto, "texto", message=_("Cuéntenos por qué no está de acuerdo."))
    if isinstance(actor, CitizenActor):
        _require_in_time(peticion, now)
    previous, above = peticion.dependencia, _office_above(peticion.dependencia, local_date(now))
    with admitting("reopen", peticion):
        peticion.reopen(dependencia=above)
    clock = restart_clock(peticion, cause="reopened", now=now, author=author_of(actor))
    save_case(peticion, now=now)
    row = Inconformidad.objects.create(
        peticion=peticion, autor=author_of(actor), creado_en=now, texto=texto
    )
    Turno.objects.create(
        peticion=peticion,
        autor=author_of(actor),
        creado_en=now,
        dependencia=above,
        desde=previous,
        motivo=_("Inconformidad con la respuesta."),
        regla="inconformidad",
    )
    event = PeticionReopened(
        peticion_id=peticion.pk, inconformidad_id=row.pk, dependencia_id=above.pk
    )
    publish_all([(event, actor), (clock, actor)], now=now)
    return row


def _require_in_time(peticion: Peticion, now: dt.datetime) -> None:
    late = peticion.concluye_en is not None and now > peticion.concluye_en
    if peticion.estado == Estado.CONCLUIDA or (peticion.estado == Estado.RESPONDIDA and late):
        raise ConflictError(
            _("Ya pasó el plazo para inconformarse. Puede presentar una petición nueva."),
            code="inconformidad_tarde",
        )


def _office_above(office: Dependencia, day: dt.date) -> Dependencia:
    """The office over the one that answered; the one over the desk if nobody there attends."""
    above = office.padre_id
    if above is not None and people_of_office(above, on=day, roles=ATTENDING_ROLES).exists():
        return office.padre
    desk = triage_desk()
    return desk.padre or desk
