"""Approval by a later session, and the signatures of the members who were there."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core.actors import SYSTEM
from portal.core.errors import ConflictError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.time import local_date
from portal.documents.services import Credentials, require_password
from portal.documents.services.base import author_pk, required_reason
from tablero.cabildo.constants import ClasePunto, EstadoVotacion, Resultado
from tablero.cabildo.models import Presencia, Votacion

from ..constants import REMIND_EVERY, EstadoActa, EstadoFirmaActa, EstadoObservacion
from ..events import ActaApproved, ActaSignature, ActaSignatureDue
from ..models import Acta, FirmaActa
from ..policies import ActaPolicy
from .base import admitting, open_acta, refuse, save_acta

BY_HAND = (EstadoFirmaActa.AUTOGRAFA, EstadoFirmaActa.REHUSADA)


@transaction.atomic
def approve_acta(
    *, acta_id: int, sesion_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Acta:
    """
    A later session of the body approved it, by the vote on its point «acta anterior».

    :raises ConflictError: an observation is not settled, or it is not being sent round.
    :raises InvalidInputError: the session is not later, of the body, or did not approve any acta.
    """
    row = open_acta(acta_id=acta_id, actor=actor, cambios=cambios)
    if row.observaciones.filter(estado=EstadoObservacion.PENDIENTE).exists():
        raise ConflictError(_("Hay observaciones sin resolver."))
    vote = approving_vote(row, sesion_id)
    if vote is None:
        line = _("Esa sesión no aprobó el acta: falta la votación a favor de su punto.")
        raise refuse("sesion", line)
    with admitting(row, _("aprobarla")):
        row.approve(vote.sesion)
    _ask(row)
    event = ActaApproved(
        acta_id=row.pk, sesion_id=vote.sesion_id, votacion_id=vote.pk, huella=row.huella
    )
    save_acta(row, event, actor=actor, now=now)
    return row


def approving_vote(row: Acta, sesion_id: int) -> Votacion | None:
    """The vote of that session by which it may be approved."""
    rows = Votacion.objects.filter(
        sesion_id=sesion_id,
        sesion__organo_id=row.sesion.organo_id,
        sesion__inicia_en__gt=row.sesion.inicia_en,
        punto__clase=ClasePunto.ACTA,
        estado=EstadoVotacion.CERRADA,
        resultado=Resultado.APROBADO,
        sustituida_por=None,
    )
    return rows.select_related("sesion").first()


def _ask(row: Acta) -> None:
    """A line for each member who was there, in the order of their seats."""
    stays = Presencia.objects.filter(sesion=row.sesion).select_related("ocupacion__asiento")
    there = {}
    for stay in stays.order_by("ocupacion__asiento__orden", "pk"):
        there.setdefault(stay.integrante_id, str(stay.ocupacion.asiento))
    FirmaActa.objects.bulk_create(
        FirmaActa(acta=row, integrante_id=pk, cargo=post[:160], orden=place)
        for place, (pk, post) in enumerate(there.items(), 1)
    )


def _line(acta_id: int, integrante_id: int) -> FirmaActa:
    found = FirmaActa.objects.filter(acta_id=acta_id, integrante_id=integrante_id).first()
    if found is None:
        raise NotFoundError(_("Esa persona no firma esta acta: no estuvo en la sesión."))
    if found.estado != EstadoFirmaActa.PENDIENTE:
        raise ConflictError(_("Su firma ya consta."))
    return found


def _require_open(row: Acta) -> None:
    if row.estado != EstadoActa.APROBADA:
        raise ConflictError(_("El acta no está en firma."))
    if row.fingerprint() != row.huella:
        raise ConflictError(
            _("El texto del acta no es el que se aprobó: revise la custodia."), code="huella_rota"
        )


@transaction.atomic
@sensitive_variables("credentials")
def sign_acta(*, acta_id: int, credentials: Credentials, actor, now: dt.datetime) -> FirmaActa:
    """
    A member signs it in the system with their password, over the fingerprint of its text.

    :raises NotAllowedError: not a member with an account.
    :raises NotFoundError: they were not in the session.
    :raises ConflictError: it is not to be signed, or they did.
    :raises InvalidInputError: the password is not good.
    """
    row = open_acta(acta_id=acta_id, actor=actor, manage=False)
    member = ActaPolicy(actor).cabildo.integrante
    if member is None:
        raise NotAllowedError(_("Sólo firma el acta quien integra el órgano."))
    _require_open(row)
    found = _line(row.pk, member.pk)
    require_password(credentials, actor, now)
    return _settle(row, found, EstadoFirmaActa.ELECTRONICA, "", actor, now)


@transaction.atomic
def record_signature(
    *, acta_id: int, integrante_id: int, estado: str, motivo: str, actor, now: dt.datetime
) -> FirmaActa:
    """
    Record that a member signed the printed acta by hand, or refused to sign, with what they said.

    :raises InvalidInputError: no such thing to record, or a refusal without its reason.
    :raises ConflictError: it is not to be signed, or it is recorded.
    """
    row = open_acta(acta_id=acta_id, actor=actor)
    _require_open(row)
    if estado not in BY_HAND:
        raise refuse("estado", _("Diga si firmó a mano o se negó."))
    found = _line(row.pk, integrante_id)
    reason = required_reason(motivo, maximum=1000) if estado == EstadoFirmaActa.REHUSADA else ""
    return _settle(row, found, estado, reason, actor, now)


def _settle(
    row: Acta, found: FirmaActa, estado: str, motivo: str, actor, now: dt.datetime
) -> FirmaActa:
    found.estado, found.motivo, found.en = estado, motivo, now
    found.autor_id = author_pk(actor)
    found.huella = row.huella if estado == EstadoFirmaActa.ELECTRONICA else ""
    found.save()
    event = ActaSignature(acta_id=row.pk, integrante_id=found.integrante_id, estado=estado)
    save_acta(row, event, actor=actor, now=now)
    return found


def remind_signers(now: dt.datetime) -> int:
    """Remind members with an account who have not signed, every ``REMIND_EVERY`` days."""
    today = local_date(now)
    before = today - dt.timedelta(days=REMIND_EVERY)
    due = Q(recordada_en=None, acta__actualizado_en__date__lte=before) | Q(recordada_en__lte=before)
    rows = FirmaActa.objects.filter(
        due,
        acta__estado=EstadoActa.APROBADA,
        estado=EstadoFirmaActa.PENDIENTE,
        integrante__usuario__isnull=False,
    )
    done = 0
    for pk in list(rows.values_list("pk", flat=True)):
        done += _remind(pk, today, now)
    return done


@transaction.atomic
def _remind(firma_id: int, today: dt.date, now: dt.datetime) -> int:
    found = FirmaActa.objects.select_for_update(of=("self",)).get(pk=firma_id)
    if found.recordada_en == today or found.estado != EstadoFirmaActa.PENDIENTE:
        return 0
    found.recordada_en = today
    found.save(update_fields=["recordada_en"])
    event = ActaSignatureDue(acta_id=found.acta_id, integrante_id=found.integrante_id)
    publish(event, actor=SYSTEM, now=now)
    return 1
