"""Sending one notice: claim (committed), call with no transaction open, settle (committed)."""

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.urls import reverse

from .. import conf
from ..constants import LOST_TASK, Estado
from ..models import Envio
from ..providers import Message, ProviderError, Receipt, provider_named, unconfigured
from . import breaker
from ._shared import beat
from .claiming import Claim, claim
from .settling import settle

logger = logging.getLogger("ventanilla.avisos")

Clock = Callable[[], dt.datetime]


def deliver(envio_id: str, *, clock: Clock) -> bool:
    """
    Send the notice if it is due and free. Returns whether a vendor was called.

    ``clock`` gives the present moment (aware): the call in the middle takes time. Never raises for
    what a vendor does.
    """
    beat(now=clock())
    taken = claim(envio_id, now=clock())
    if taken is None:
        return False
    started = time.monotonic()
    ended = _call(taken, now=clock())
    milliseconds = int((time.monotonic() - started) * 1000)
    settle(taken, ended=ended, milliseconds=milliseconds, now=clock())
    resultado = ended.outcome if isinstance(ended, ProviderError) else "aceptado"
    code = getattr(ended, "code", "")
    breaker.note(taken.envio.canal, resultado, code=code, now=clock())
    return True


def deliver_lost(*, clock: Clock, limit: int = 5) -> int:
    """Send due notices whose task disappeared, oldest first; returns how many were called."""
    now = clock()
    lost = Envio.objects.filter(
        estado=Estado.PENDIENTE,
        proximo_en__lte=now - LOST_TASK,
        encolado_en__lte=now - LOST_TASK,
    ).order_by("proximo_en")
    ids = list(lost.values_list("pk", flat=True)[:limit])
    return sum(deliver(str(pk), clock=clock) for pk in ids)


def message_of(envio: Envio, attempt: int, *, now: dt.datetime) -> Message:
    """What the vendor gets for this attempt, with the address of its receipts."""
    path = reverse("notificaciones:twilio_estado", args=[envio.pk, attempt])
    return Message(
        envio_id=str(envio.pk),
        attempt=attempt,
        channel=envio.canal,
        to=envio.destino,
        subject=envio.asunto,
        text=envio.cuerpo,
        html=envio.cuerpo_html,
        # The fragment asks the vendor to insist for a while; it never travels in HTTP.
        callback_url=f"{conf.webhook_base()}{path}#rc=5&rp=all",
        validity=int((envio.caduca_en - now).total_seconds()),
    )


def _call(taken: Claim, *, now: dt.datetime) -> Receipt | ProviderError:
    try:
        provider = provider_named(taken.envio.proveedor)
        if provider is None:
            return unconfigured()
        return provider.send(message_of(taken.envio, taken.attempt, now=now))
    except ProviderError as error:
        return error
