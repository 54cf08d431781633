"""An acuerdo comes of a vote, gives way to another vote, or is revoked by a later one."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.folios import format_folio, next_number
from portal.core.time import local_date
from portal.documents.services.base import required_reason
from tablero.cabildo.constants import Caracter, Resultado, TipoOrgano
from tablero.cabildo.models import Organo, Votacion
from tablero.coordinacion.constants import OPEN_STATES, EstadoEncargo
from tablero.coordinacion.selectors import charges_of
from tablero.coordinacion.services import end_charge

from ..constants import CLASS, EstadoAcuerdo
from ..events import AcuerdoAdopted, AcuerdoRevoked, AcuerdoSetAside
from ..models import Acuerdo
from ..policies import AcuerdoPolicy
from ..threads import tell_petition

SERIES = "ACU"


def series_of(organo: Organo) -> str:
    """The Ayuntamiento numbers its acuerdos by itself, and so does each commission."""
    if organo.tipo == TipoOrgano.AYUNTAMIENTO:
        return SERIES
    return f"{SERIES}-C{organo.pk}"


@transaction.atomic
def follow_decision(*, votacion_id: int, actor, now: dt.datetime) -> Acuerdo | None:
    """
    What a vote on an item makes: an acuerdo with the next number of its body and year, if it was
    in favour. One that an earlier vote on the same item made has no effect any more, and what it
    had charged is revoked.

    It is a consequence of the vote, in the same transaction: whoever closed the vote was allowed.
    """
    vote = Votacion.objects.select_related("sesion__organo", "punto__asunto").get(pk=votacion_id)
    item = vote.punto.asunto
    for row in Acuerdo.objects.select_for_update().filter(
        asunto=item, estado=EstadoAcuerdo.VIGENTE
    ):
        _set_aside(row, vote, actor, now)
    if vote.resultado != Resultado.APROBADO:
        return None
    row = _new(vote, now)
    row.save(force_insert=True)
    publish(_adopted(row), actor=actor, now=now)
    tell_petition(row, actor=actor, now=now)
    return row


def _new(vote: Votacion, now: dt.datetime) -> Acuerdo:
    sesion, year = vote.sesion, local_date(now).year
    serie = series_of(sesion.organo)
    number = next_number(serie=serie, ejercicio=year)
    return Acuerdo(
        folio=format_folio(serie=serie, ejercicio=year, number=number),
        numero=number,
        ejercicio=year,
        organo=sesion.organo,
        sesion=sesion,
        asunto=vote.punto.asunto,
        votacion=vote,
        titulo=vote.punto.asunto.titulo,
        texto=vote.texto,
        adoptado_en=now,
        publico=sesion.caracter == Caracter.PUBLICA,
    )


def _adopted(row: Acuerdo) -> AcuerdoAdopted:
    return AcuerdoAdopted(
        acuerdo_id=row.pk,
        folio=row.folio,
        asunto_id=row.asunto_id,
        sesion_id=row.sesion_id,
        votacion_id=row.votacion_id,
        huella=hashlib.sha256(row.texto.encode()).hexdigest(),
    )


def _set_aside(row: Acuerdo, vote: Votacion, actor, now: dt.datetime) -> None:
    row.estado = EstadoAcuerdo.SIN_EFECTO
    row.save()
    _end_charges(row, _("El Cabildo volvió a votarlo en la misma sesión."), actor, now)
    event = AcuerdoSetAside(acuerdo_id=row.pk, votacion_id=vote.pk)
    publish(event, actor=actor, now=now)


def _end_charges(row: Acuerdo, reason: str, actor, now: dt.datetime) -> None:
    for charge in charges_of(CLASS, [row.folio]).filter(estado__in=OPEN_STATES):
        end_charge(
            encargo_id=charge.pk,
            estado=EstadoEncargo.REVOCADO,
            motivo=reason,
            actor=actor,
            now=now,
        )


@transaction.atomic
def revoke_acuerdo(
    *, acuerdo_id: int, por_id: int, motivo: str, actor, now: dt.datetime
) -> Acuerdo:
    """
    A later acuerdo takes this one back; what it charged and is not done is revoked with it.

    :raises NotFoundError: there is none.
    :raises InvalidInputError: no reason, or the other is not a later one in force of the body.
    :raises ConflictError: it is not in force any more.
    """
    AcuerdoPolicy(actor).require_manage()
    row = Acuerdo.objects.select_for_update(of=("self",)).filter(pk=acuerdo_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese acuerdo."))
    reason = required_reason(motivo, maximum=1000)
    later = Acuerdo.objects.filter(pk=por_id, organo_id=row.organo_id, pk__gt=row.pk)
    found = later.filter(estado=EstadoAcuerdo.VIGENTE).first()
    if found is None:
        line = _("Elija un acuerdo posterior y vigente del mismo órgano.")
        raise InvalidInputError(fields={"por": [line]})
    if row.estado != EstadoAcuerdo.VIGENTE:
        raise ConflictError(_("El acuerdo ya no está vigente."))
    row.estado, row.revocado_por, row.motivo = EstadoAcuerdo.REVOCADO, found, reason
    row.save()
    words = _("Lo revocó el acuerdo %(folio)s.") % {"folio": found.folio}
    _end_charges(row, words, actor, now)
    event = AcuerdoRevoked(acuerdo_id=row.pk, revocado_por_id=found.pk)
    publish(event, actor=actor, now=now)
    tell_petition(row, actor=actor, now=now)
    return row
