"""Taking a notice to send it: everything is asked again, and the attempt is written first."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.db import transaction

from .. import conf
from ..constants import LEASE, PLANS, Categoria, Estado, Modo, Motivo
from ..models import Envio, Intento
from ..providers import provider_name
from ..timing import SPREAD, next_allowed
from ._shared import nudge_pages
from .breaker import waiting_until
from .enqueueing import announce
from .suppression import reason_not_to_send

_rng = random.SystemRandom()


@dataclass(frozen=True)
class Claim:
    """The right to send one notice once, until its lease ends."""

    envio: Envio
    attempt: int
    ficha: uuid.UUID


@transaction.atomic(durable=True)
def claim(envio_id: str, *, now: dt.datetime) -> Claim | None:
    """
    Take the notice if it is due and nothing forbids it; else settle or postpone it.

    Committed on return, with the Intento row in place, so that whatever happens during the call
    leaves a trace. ``None``: it is not to be sent now (taken by another, too soon, stopped).
    """
    envio = (
        Envio.objects.select_for_update(skip_locked=True)
        .filter(pk=envio_id, estado=Estado.PENDIENTE, proximo_en__lte=now)
        .first()
    )
    if envio is None:
        return None
    modo = conf.effective_mode(envio.modo)
    if _stopped(envio, modo, now) or _postponed(envio, modo, now):
        return None
    envio.estado = Estado.ENVIANDO
    envio.ficha, envio.arriendo_hasta = uuid.uuid4(), now + LEASE
    envio.intentos += 1
    envio.motivo = ""
    envio.proveedor = provider_name(envio.canal, modo)
    envio.actualizado_en = now
    envio.save()
    attempt = Intento.objects.filter(envio=envio).count() + 1
    # Written first: after a crash it says whom to ask what became of the message.
    Intento.objects.create(envio=envio, numero=attempt, proveedor=envio.proveedor, inicio=now)
    return Claim(envio=envio, attempt=attempt, ficha=envio.ficha)


def _stopped(envio: Envio, modo: Modo, now: dt.datetime) -> bool:
    """Settle a notice that will not be sent, whatever the hour."""
    if envio.caduca_en <= now:
        estado, motivo = Estado.CADUCADO, Motivo.CADUCADO
    elif modo == Modo.LISTA_SEGURA and not conf.is_safe(envio.destino):
        estado, motivo = Estado.RETENIDO, Motivo.LISTA_SEGURA
    else:
        reason = reason_not_to_send(
            canal=envio.canal, destino=envio.destino, categoria=envio.categoria
        )
        if reason is None:
            return False
        estado, motivo = Estado.SUPRIMIDO, reason
    envio.estado, envio.motivo, envio.actualizado_en = estado, motivo, now
    envio.save(update_fields=["estado", "motivo", "actualizado_en"])
    nudge_pages([envio])
    return True


def _postponed(envio: Envio, modo: Modo, now: dt.datetime) -> bool:
    """Put a notice off without spending an attempt: quiet hours, or a channel in pause."""
    if modo == Modo.EMBEBIDO:
        return False
    if envio.categoria != Categoria.CODIGO:
        until = next_allowed(now, zone=conf.zone(), hours=conf.quiet_hours(envio.canal))
        if until > now:
            _put_off(envio, until, SPREAD, Motivo.SILENCIO, now)
            return True
    until = waiting_until(envio.canal, now=now)
    if until is not None:
        _put_off(envio, until, 30.0, Motivo.INTERRUPTOR, now)
        return True
    return False


def _put_off(
    envio: Envio, until: dt.datetime, spread: float, motivo: Motivo, now: dt.datetime
) -> None:
    envio.proximo_en = until + dt.timedelta(seconds=_rng.uniform(0, spread))
    if motivo == Motivo.SILENCIO:
        # The night does not count against the life of a notice.
        envio.caduca_en = max(envio.caduca_en, envio.proximo_en + PLANS[envio.categoria].expiry / 2)
    envio.motivo, envio.actualizado_en, envio.encolado_en = motivo, now, now
    envio.save(update_fields=["proximo_en", "caduca_en", "motivo", "actualizado_en", "encolado_en"])
    announce(envio, now=now)
    nudge_pages([envio])
