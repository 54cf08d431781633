"""The ways a case ends: concluded, dismissed, not ours, merged into another, withdrawn."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.actors import SYSTEM, CitizenActor, SystemActor
from portal.core.errors import ConflictError, DomainError, InvalidInputError
from portal.core.events import publish

from ..constants import FINAL_STATES, Estado
from ..events import (
    DeclaredNotCompetent,
    PeticionCancelled,
    PeticionConcluded,
    PeticionDismissed,
    PeticionMerged,
)
from ..models import Peticion, Respuesta
from ..pins import normal_folio
from ..policies import PeticionPolicy
from .base import admitting, author_of, open_case, required_text, save_case

MAX_BASIS = 400
MAX_REASON = 1000


@transaction.atomic
def conclude_peticion(
    *, peticion_id: int, actor, now: dt.datetime, version: int | None = None
) -> Peticion:
    """
    Close an answered petition for good.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it is not answered; the office may not close it while the citizen can
        still disagree; or it changed.
    """
    peticion = open_case("conclude", peticion_id=peticion_id, actor=actor, version=version)
    by = _who_concludes(actor)
    if by != "citizen" and peticion.concluye_en and now <= peticion.concluye_en:
        raise ConflictError(
            _("Aún corre el plazo para que la persona se inconforme con la respuesta."),
            code="plazo_de_inconformidad",
        )
    with admitting("conclude", peticion):
        peticion.conclude(at=now)
    save_case(peticion, now=now)
    publish(PeticionConcluded(peticion_id=peticion.pk, by=by), actor=actor, now=now)
    return peticion


def _who_concludes(actor) -> str:
    if isinstance(actor, CitizenActor):
        return "citizen"
    return "lapse" if isinstance(actor, SystemActor) else "staff"


def conclude_lapsed(*, now: dt.datetime, limit: int = 500) -> int:
    """
    Conclude the answered cases nobody disagreed with in time; returns how many.

    Each in its own transaction, so that one that changed meanwhile does not hold the others.
    """
    due = Peticion.objects.filter(estado=Estado.RESPONDIDA, concluye_en__lt=now)
    done = 0
    for pk in list(due.order_by("concluye_en").values_list("pk", flat=True)[:limit]):
        try:
            conclude_peticion(peticion_id=pk, actor=SYSTEM, now=now)
        except DomainError:
            continue
        done += 1
    return done


@transaction.atomic
def dismiss_peticion(
    *,
    peticion_id: int,
    texto: str,
    fundamento: str,
    actor,
    now: dt.datetime,
    version: int | None = None,
) -> Respuesta:
    """
    Dismiss with reasons and legal basis (desechar).

    While the citizen still has time to complete what was asked, it cannot be dismissed.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no text or no basis.
    :raises ConflictError: the state does not admit it, the citizen still has time, or it changed.
    """
    peticion = open_case("dismiss", peticion_id=peticion_id, actor=actor, version=version)
    texto = required_text(texto, "texto", message=_("Escriba las razones."))
    fundamento = required_text(
        fundamento, "fundamento", maximum=MAX_BASIS, message=_("Escriba el fundamento legal.")
    )
    _require_correction_lapsed(peticion, now)
    with admitting("dismiss", peticion):
        peticion.dismiss(at=now)
    row = _close(
        peticion,
        Respuesta.Clase.DESECHAMIENTO,
        actor=actor,
        now=now,
        texto=texto,
        fundamento=fundamento,
    )
    publish(PeticionDismissed(peticion_id=peticion.pk, respuesta_id=row.pk), actor=actor, now=now)
    return row


def _require_correction_lapsed(peticion: Peticion, now: dt.datetime) -> None:
    if peticion.estado != Estado.PREVENIDA:
        return
    pending = peticion.prevenciones.filter(cumplida_en=None).first()
    if pending is not None and now <= pending.vence:
        raise ConflictError(
            _("Aún corre el plazo para que la persona complete lo que se le pidió."),
            code="plazo_de_prevencion",
        )


@transaction.atomic
def declare_not_competent(
    *,
    peticion_id: int,
    autoridad_competente: str,
    texto: str,
    actor,
    now: dt.datetime,
    version: int | None = None,
) -> Respuesta:
    """
    Say that another authority must attend it, and orient the citizen to that one.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no authority or no text.
    :raises ConflictError: the state does not admit it, or it changed.
    """
    peticion = open_case(
        "declare_not_competent", peticion_id=peticion_id, actor=actor, version=version
    )
    authority = required_text(
        autoridad_competente,
        "autoridad_competente",
        maximum=300,
        message=_("Escriba qué autoridad es competente."),
    )
    texto = required_text(texto, "texto", message=_("Oriente a la persona: a dónde acudir."))
    with admitting("declare_not_competent", peticion):
        peticion.declare_not_competent(at=now)
    row = _close(
        peticion,
        Respuesta.Clase.NO_COMPETENCIA,
        actor=actor,
        now=now,
        texto=texto,
        autoridad_competente=authority,
    )
    publish(
        DeclaredNotCompetent(peticion_id=peticion.pk, respuesta_id=row.pk), actor=actor, now=now
    )
    return row


@transaction.atomic
def cancel_peticion(
    *, peticion_id: int, motivo: str, actor, now: dt.datetime, version: int | None = None
) -> Respuesta:
    """
    Withdraw a petition: its citizen, or the desk that captured it by mistake.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no reason.
    :raises ConflictError: the state does not admit it, or it changed.
    """
    peticion = open_case("cancel", peticion_id=peticion_id, actor=actor, version=version)
    motivo = required_text(
        motivo, "motivo", maximum=MAX_REASON, message=_("Escriba por qué se cancela.")
    )
    with admitting("cancel", peticion):
        peticion.cancel(at=now)
    row = _close(peticion, Respuesta.Clase.CANCELACION, actor=actor, now=now, texto=motivo)
    publish(PeticionCancelled(peticion_id=peticion.pk, respuesta_id=row.pk), actor=actor, now=now)
    return row


def _close(peticion: Peticion, clase: str, *, actor, now: dt.datetime, **fields) -> Respuesta:
    save_case(peticion, now=now)
    return Respuesta.objects.create(
        peticion=peticion, autor=author_of(actor), creado_en=now, clase=clase, **fields
    )


@transaction.atomic
def merge_peticion(
    *,
    peticion_id: int,
    into_folio: str,
    motivo: str,
    actor,
    now: dt.datetime,
    version: int | None = None,
) -> Peticion:
    """
    Join a petition to another one about the same, whose answer will answer this one too.

    :raises NotFoundError, NotAllowedError: as the policy says, for either of the two.
    :raises InvalidInputError: no such folio, the same case, or one sensitive and the other not.
    :raises ConflictError: the state of either does not admit it, or it changed.
    """
    target_id = _target(peticion_id, into_folio, actor)
    # Always in the same order, so that two opposite merges do not wait for each other.
    list(
        Peticion.objects.select_for_update().filter(pk__in=[peticion_id, target_id]).order_by("pk")
    )
    peticion = open_case("merge", peticion_id=peticion_id, actor=actor, version=version)
    into = Peticion.objects.get(pk=target_id)
    motivo = required_text(
        motivo, "motivo", maximum=MAX_REASON, message=_("Escriba por qué se acumula.")
    )
    _require_mergeable(peticion, into)
    with admitting("merge", peticion):
        peticion.merge(into=into, at=now)
    peticion.motivo_turno = motivo[:300]
    save_case(peticion, now=now)
    publish(PeticionMerged(peticion_id=peticion.pk, into_id=into.pk), actor=actor, now=now)
    return peticion


def _target(peticion_id: int, into_folio: str, actor) -> int:
    visible = PeticionPolicy(actor).visible()
    folio = normal_folio(into_folio or "")
    pk = visible.filter(folio=folio).values_list("pk", flat=True).first()
    if pk is None:
        raise InvalidInputError(fields={"into_folio": [_("No hay una petición con ese folio.")]})
    if pk == peticion_id:
        raise InvalidInputError(fields={"into_folio": [_("Escriba el folio de otra petición.")]})
    return pk


def _require_mergeable(peticion: Peticion, into: Peticion) -> None:
    if into.estado in (*FINAL_STATES, Estado.CONCLUIDA):
        raise ConflictError(
            _("La petición %(folio)s ya terminó: no se puede acumular a ella.")
            % {"folio": into.folio},
            code="destino_terminado",
        )
    if into.sensible != peticion.sensible:
        line = _("Una petición sensible sólo se acumula a otra igual.")
        raise InvalidInputError(fields={"into_folio": [line]})
