"""Items for the agenda: written, handed in, looked at, referred to a commission, withdrawn."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.folios import next_folio
from portal.core.saving import assign, check
from portal.core.text import clean_text
from portal.core.time import local_date
from portal.documents.services.base import author_pk, required_reason
from tramites.policies import PeticionPolicy

from ..constants import (
    DRAFT_STATES,
    EstadoSesion,
    OrigenAsunto,
    SentidoDictamen,
    TipoOrgano,
)
from ..item_events import (
    ItemDrafted,
    ItemReferred,
    ItemReported,
    ItemSaved,
    ItemSentBack,
    ItemSubmitted,
    ItemValidated,
    ItemWithdrawn,
)
from ..item_policies import AsuntoPolicy
from ..models import Asunto, Organo
from ..session_events import PointRemoved
from ..threads import tell_petition
from .base import refuse

SERIES = "CAB"
SITTING = (EstadoSesion.EN_CURSO, EstadoSesion.RECESO)
TEXTS = ("titulo", "exposicion", "propuesta")
WRITTEN = ("organo", "materia", *TEXTS, "origen", "proponente", "dependencia", "peticion")
LONGEST_OPINION = 20_000


def fingerprint(asunto: Asunto) -> str:
    """SHA-256 of what an item proposes: what a decision is about."""
    said = [getattr(asunto, name) for name in TEXTS]
    body = json.dumps([asunto.folio, asunto.materia_id, *said], ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def open_item(action: str, *, asunto_id: int, actor, now, cambios: int | None) -> Asunto:
    """
    Lock the item, ask the policy, and make sure that it is as the person saw it.

    :raises ConflictError: it changed meanwhile.
    """
    row = Asunto.objects.select_for_update(of=("self",)).filter(pk=asunto_id).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese asunto."))
    AsuntoPolicy(actor, local_date(now)).require(action, row)
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("El asunto cambió mientras usted lo veía. Revíselo otra vez: nada se guardó."),
            code="version_anterior",
            cambios=row.cambios,
        )
    return row


@contextmanager
def admitting(asunto: Asunto, act: str) -> Iterator[None]:
    """Turn a transition that the state does not admit into a sentence (409)."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        message = _("El asunto está en «%(state)s»: no se puede %(act)s.")
        raise ConflictError(
            message % {"state": asunto.get_estado_display(), "act": act},
            code="estado_no_admite",
        ) from error


def save_item(asunto: Asunto, *, actor, now: dt.datetime) -> None:
    """Write the item with its next number of changes, and tell its petition how it stands."""
    asunto.cambios += 1
    asunto.actualizado_en = now
    asunto.save()
    tell_petition(asunto, actor=actor, now=now)


@transaction.atomic
def draft_item(*, values: Mapping[str, Any], actor, now: dt.datetime) -> Asunto:
    """
    Begin an item. Its folio is of the year; who brings it must be said as its origin asks.

    :raises NotAllowedError: not the actor's to bring.
    :raises InvalidInputError: by field.
    """
    policy = AsuntoPolicy(actor)
    if not policy.can_draft():
        raise NotAllowedError
    row = Asunto(autor_id=author_pk(actor), creado_en=now, actualizado_en=now)
    _write(row, values, policy)
    year = local_date(now).year
    row.folio = next_folio(serie=SERIES, ejercicio=year)
    check(row, exclude=("estado",))
    row.save()
    event = ItemDrafted(
        asunto_id=row.pk, folio=row.folio, origen=row.origen, peticion_id=row.peticion_id
    )
    publish(event, actor=actor, now=now)
    tell_petition(row, actor=actor, now=now)
    return row


@transaction.atomic
def edit_item(
    *, asunto_id: int, values: Mapping[str, Any], cambios: int | None, actor, now: dt.datetime
) -> Asunto:
    """
    Write it anew while it is a draft or was sent back.

    :raises ConflictError: it is being looked at or further; or it changed meanwhile.
    """
    row = open_item("edit", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    if row.estado not in DRAFT_STATES:
        raise ConflictError(_("El asunto ya se entregó: pida que se lo devuelvan para cambiarlo."))
    before = row.peticion_id
    changed = _write(row, values, AsuntoPolicy(actor))
    if before is not None and row.peticion_id != before:
        line = _("Viene de otra petición, que ya lo sabe: retire éste y empiece uno nuevo.")
        raise refuse("peticion", line)
    check(row, exclude=("estado",))
    if changed:
        save_item(row, actor=actor, now=now)
        event = ItemSaved(asunto_id=row.pk, campos=changed, huella=fingerprint(row))
        publish(event, actor=actor, now=now)
    return row


def _write(row: Asunto, values: Mapping[str, Any], policy: AsuntoPolicy) -> list[str]:
    changed = assign(row, {name: values.get(name) for name in WRITTEN if name in values})
    row.titulo = " ".join(row.titulo.split())
    _require_origin(row)
    if row.peticion_id is not None and "peticion" in changed:
        _require_known(row, policy)
    if not policy.cabildo.can_manage():
        _require_own(row, policy)
    return changed


def _require_origin(row: Asunto) -> None:
    """Who brings it is said, and nobody else is."""
    if row.origen == OrigenAsunto.PETICION:
        if row.peticion_id is None:
            raise refuse("peticion", _("Diga el folio de la petición de la que viene."))
        row.proponente = None
    elif row.origen == OrigenAsunto.DEPENDENCIA:
        if row.dependencia_id is None:
            raise refuse("dependencia", _("Diga qué dependencia lo propone."))
        row.proponente = row.peticion = None
    elif row.origen in OrigenAsunto.values:
        if row.proponente_id is None:
            raise refuse("proponente", _("Diga quién lo propone."))
        row.dependencia = row.peticion = None
    else:
        raise refuse("origen", _("Elija quién lo propone."))


def _require_known(row: Asunto, policy: AsuntoPolicy) -> None:
    """A petition that the actor may not know of is told like one that does not exist."""
    petitions = PeticionPolicy(policy.actor)
    if not petitions.can_view(row.peticion):
        raise refuse("peticion", _("No encontramos una petición con ese folio."))


def _require_own(row: Asunto, policy: AsuntoPolicy) -> None:
    """Without the Secretaría's part, one brings one's own."""
    member = policy.cabildo.integrante
    if member is not None and row.proponente_id == member.pk:
        return
    offices = policy.staff.offices
    if row.origen == OrigenAsunto.DEPENDENCIA and row.dependencia_id in offices:
        return
    raise NotAllowedError(_("Sólo puede proponer asuntos suyos o de su dependencia."))


@transaction.atomic
def submit_item(*, asunto_id: int, actor, now: dt.datetime, cambios: int | None = None) -> Asunto:
    """
    Hand it to the Secretaría to be looked at.

    :raises ConflictError: its state does not admit it.
    """
    row = open_item("edit", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    with admitting(row, _("entregarlo")):
        row.submit()
    save_item(row, actor=actor, now=now)
    event = ItemSubmitted(asunto_id=row.pk, huella=fingerprint(row))
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def send_item_back(
    *, asunto_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> Asunto:
    """
    Something must change; the reason is told to whoever brought it.

    :raises InvalidInputError: no reason.
    """
    row = open_item("review", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    reason = required_reason(motivo, maximum=1000)
    with admitting(row, _("devolverlo")):
        row.send_back(reason)
    save_item(row, actor=actor, now=now)
    publish(ItemSentBack(asunto_id=row.pk), actor=actor, now=now)
    return row


@transaction.atomic
def validate_item(*, asunto_id: int, actor, now: dt.datetime, cambios: int | None = None) -> Asunto:
    """
    It is complete and may go on.

    :raises ConflictError: its state does not admit it, or an annex that its matter demands is
        missing; ``details["faltan"]`` names them.
    """
    row = open_item("review", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    missing = missing_annexes(row)
    if missing:
        line = _("Falta lo que exige la materia: %(names)s.")
        raise ConflictError(
            line % {"names": ", ".join(missing)}, code="faltan_anexos", faltan=missing
        )
    with admitting(row, _("validarlo")):
        row.validate()
    save_item(row, actor=actor, now=now)
    event = ItemValidated(asunto_id=row.pk, huella=fingerprint(row))
    publish(event, actor=actor, now=now)
    return row


def missing_annexes(row: Asunto) -> list[str]:
    """The annexes its matter demands that it does not have."""
    there = set(row.anexos.filter(retirado_en=None).values_list("exigido", flat=True))
    return [name for name in row.materia.anexos_exigidos if name not in there]


@transaction.atomic
def refer_item(
    *,
    asunto_id: int,
    comision_id: int,
    vence: dt.date,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Asunto:
    """
    Ask a commission for its opinion, by a day.

    :raises InvalidInputError: no commission, or a day that is past.
    """
    row = open_item("review", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    comision = Organo.objects.filter(pk=comision_id, tipo=TipoOrgano.COMISION).first()
    if comision is None:
        raise refuse("comision", _("Elija una comisión de la lista."))
    if vence < local_date(now):
        raise refuse("vence", _("Dé una fecha que todavía no pase."))
    with admitting(row, _("turnarlo a comisión")):
        row.refer(comision, vence)
    save_item(row, actor=actor, now=now)
    event = ItemReferred(asunto_id=row.pk, comision_id=comision.pk, vence=vence.isoformat())
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def report_item(
    *,
    asunto_id: int,
    sentido: str,
    dictamen: str,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> Asunto:
    """
    Record the commission's opinion (dictamen).

    :raises InvalidInputError: which way it goes, or its text, is missing.
    """
    row = open_item("report", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    text = clean_text(dictamen or "")
    faults = {}
    if sentido not in SentidoDictamen.values:
        faults["sentido"] = [_("Diga en qué sentido dictamina la comisión.")]
    if not 0 < len(text) <= LONGEST_OPINION:
        faults["dictamen"] = [_("Escriba el dictamen, en hasta 20,000 letras.")]
    if faults:
        raise InvalidInputError(fields=faults)
    with admitting(row, _("dictaminarlo")):
        row.give_opinion(sentido, text, now)
    save_item(row, actor=actor, now=now)
    event = ItemReported(asunto_id=row.pk, comision_id=row.comision_id, sentido=sentido)
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def withdraw_item(
    *, asunto_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> Asunto:
    """
    Take it back before it is decided, with the reason.

    :raises InvalidInputError: no reason.
    :raises ConflictError: it was decided already.
    """
    row = open_item("withdraw", asunto_id=asunto_id, actor=actor, now=now, cambios=cambios)
    reason = required_reason(motivo, maximum=1000)
    live = row.puntos.filter(retirado_en=None, sesion__estado__in=SITTING)
    if live.exists():
        raise ConflictError(
            _("Se está celebrando la sesión en que se discute: pospóngalo en ella.")
        )
    with admitting(row, _("retirarlo")):
        row.withdraw(reason)
    for point in row.puntos.filter(retirado_en=None):
        point.retirado_en = now
        point.save(update_fields=["retirado_en"])
        gone = PointRemoved(sesion_id=point.sesion_id, punto_id=point.pk, asunto_id=row.pk)
        publish(gone, actor=actor, now=now)
    save_item(row, actor=actor, now=now)
    publish(ItemWithdrawn(asunto_id=row.pk), actor=actor, now=now)
    return row
