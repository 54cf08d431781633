"""Writing down how a call ended, and what follows from it."""

import datetime as dt
import random

from django.db import transaction

from ..constants import MAX_DOUBTS, PLANS, Canal, Estado, Motivo, Resultado
from ..models import Envio, Intento, Supresion
from ..providers import ProviderError, Receipt
from ..timing import backoff
from ._shared import nudge_pages
from .claiming import Claim
from .enqueueing import announce
from .suppression import suppress

_rng = random.SystemRandom()


@transaction.atomic(durable=True)
def settle(
    claim: Claim,
    *,
    ended: Receipt | ProviderError,
    milliseconds: int,
    now: dt.datetime,
) -> None:
    """
    Close the attempt and move the notice, if it is still this caller's to move.

    A receipt may have come before the answer, or the lease may have run out and another taken the
    notice: then only the attempt is completed.
    """
    resultado = ended.outcome if isinstance(ended, ProviderError) else Resultado.ACEPTADO
    code = getattr(ended, "code", "")
    Intento.objects.filter(envio_id=claim.envio.pk, numero=claim.attempt).update(
        fin=now,
        resultado=resultado,
        http=ended.http,
        codigo=code,
        milisegundos=milliseconds,
        proveedor_id=getattr(ended, "vendor_id", ""),
    )
    envio = (
        Envio.objects.select_for_update()
        .filter(pk=claim.envio.pk, ficha=claim.ficha)
        .filter(estado__in=[Estado.ENVIANDO, Estado.INCIERTO])
        .first()
    )
    if envio is None:
        return
    if isinstance(ended, ProviderError):
        refused(envio, ended, now=now)
    else:
        accepted(envio, ended, now=now)


def accepted(envio: Envio, receipt: Receipt, *, now: dt.datetime) -> None:
    """The vendor has it. Runs under the row's lock."""
    envio.proveedor_id = receipt.vendor_id or envio.proveedor_id
    envio.aceptado_en = envio.aceptado_en or now
    envio.ultimo_codigo = ""
    estado = Estado.ACEPTADO_SIN_ACUSE if receipt.final else Estado.ACEPTADO
    if receipt.delivered:
        estado, envio.entregado_en = Estado.ENTREGADO, now
    move(envio, estado, "", now=now)


def refused(envio: Envio, error: ProviderError, *, now: dt.datetime) -> None:
    """The call failed in a way ``error`` classifies. Runs under the row's lock."""
    envio.ultimo_codigo = error.code
    plan = PLANS[envio.categoria]
    match error.outcome:
        case Resultado.REINTENTAR:
            retry_later(envio, error.motivo, floor=error.retry_after, now=now)
        case Resultado.CONFIGURACION:
            # Our account is at fault, not the notice: it keeps its attempts.
            envio.intentos = max(0, envio.intentos - 1)
            retry_later(envio, error.motivo, floor=60.0, now=now)
        case Resultado.INCIERTO:
            grace = dt.timedelta(seconds=60) if error.http else plan.grace
            envio.proximo_en = now + grace
            move(envio, Estado.INCIERTO, error.motivo, now=now)
        case Resultado.DIRECCION:
            mark_unusable(envio, error.motivo, now=now)
            move(envio, Estado.FALLIDO_DEFINITIVO, error.motivo, now=now)
        case Resultado.BAJA:
            opted_out(envio, now=now)
        case Resultado.POLITICA:
            move(envio, Estado.FALLIDO_DEFINITIVO, error.motivo, now=now)
        case _:
            move(envio, Estado.MUERTO, error.motivo, now=now)


def retry_later(envio: Envio, motivo: str, *, now: dt.datetime, floor: float = 0.0) -> None:
    """Back to the queue after a jittered wait, or to its end when attempts or time are used up."""
    plan = PLANS[envio.categoria]
    if envio.intentos >= plan.attempts:
        move(envio, Estado.MUERTO, motivo, now=now)
        return
    after = now + backoff(max(1, envio.intentos), floor=floor, rng=_rng)
    if after >= envio.caduca_en:
        move(envio, Estado.CADUCADO, motivo, now=now)
        return
    envio.proximo_en = after
    move(envio, Estado.PENDIENTE, motivo, now=now)
    announce(envio, now=now, retry=True)


def resolve_doubt(envio: Envio, *, certain: bool, now: dt.datetime) -> None:
    """
    Nobody answered and no receipt came. ``certain``: the vendor says that it never got it.

    Otherwise it is sent again once (e-mail: three times), or left to a person if it is bulk.
    """
    plan = PLANS[envio.categoria]
    if not certain:
        envio.dudas += 1
        if not plan.resend_after_doubt or envio.dudas > MAX_DOUBTS[Canal(envio.canal)]:
            move(envio, Estado.MUERTO, Motivo.SIN_RESPUESTA, now=now)
            return
    retry_later(envio, Motivo.SIN_RESPUESTA, now=now)


def opted_out(envio: Envio, *, now: dt.datetime) -> None:
    """The vendor knows of an opt-out that we did not: believe it from now on."""
    suppress(
        canal=envio.canal,
        valor=envio.destino,
        motivo=Supresion.Motivo.BAJA,
        origen=envio.proveedor,
        now=now,
    )
    move(envio, Estado.SUPRIMIDO, Motivo.BAJA, now=now)


def mark_unusable(envio: Envio, motivo: str, *, now: dt.datetime) -> None:
    """Write no more to an address that does not exist; a country we may not reach is ours."""
    if motivo == Motivo.REGION:
        return
    mail = envio.canal == Canal.CORREO
    suppress(
        canal=envio.canal,
        valor=envio.destino,
        motivo=Supresion.Motivo.REBOTE if mail else Supresion.Motivo.NUMERO,
        origen=envio.proveedor,
        now=now,
    )


def move(envio: Envio, estado: str, motivo: str, *, now: dt.datetime) -> None:
    """Store the new state. The token survives only while an answer may still come."""
    envio.estado, envio.motivo, envio.actualizado_en = estado, motivo, now
    envio.arriendo_hasta = None
    if estado != Estado.INCIERTO:
        envio.ficha = None
    envio.save()
    nudge_pages([envio])
