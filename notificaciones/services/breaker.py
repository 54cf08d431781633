"""The circuit breaker of each channel, shared by every worker through the database."""

import datetime as dt
import logging

from django.db import transaction

from ..constants import Resultado
from ..models import Interruptor

logger = logging.getLogger("ventanilla.avisos")

#: Refusals of our account in a row that open it.
REFUSALS = 10
#: Calls within a window, half of them failing, that open it. A vendor that hangs takes the whole of
#: ``AVISOS_TIEMPO_LIMITE`` for each, so that one worker makes no more than six of them a minute.
MIN_CALLS, WINDOW = 5, dt.timedelta(minutes=1)
OPEN_FOR = dt.timedelta(minutes=5)
#: How long the single call of a half-open breaker may take before another is let through.
PROBE = dt.timedelta(minutes=1)

_FAILING = (Resultado.REINTENTAR, Resultado.INCIERTO, Resultado.CONFIGURACION)


def waiting_until(canal: str, *, now: dt.datetime) -> dt.datetime | None:
    """
    The moment until which ``canal`` sends nothing, or ``None`` if this caller may go ahead.

    After the pause one caller at a time gets through, as a probe. Runs inside the claim.
    """
    breaker = Interruptor.objects.select_for_update().filter(pk=canal).first()
    if breaker is None or breaker.abierto_hasta is None:
        return None
    if breaker.abierto_hasta > now:
        return breaker.abierto_hasta
    if breaker.prueba_hasta and breaker.prueba_hasta > now:
        return breaker.prueba_hasta
    breaker.prueba_hasta = now + PROBE
    breaker.save(update_fields=["prueba_hasta"])
    return None


@transaction.atomic
def note(canal: str, resultado: str, *, code: str = "", now: dt.datetime) -> None:
    """Count the outcome of a call; opens the breaker or, after a good one, closes it."""
    failing = resultado in _FAILING
    if not failing and not Interruptor.objects.filter(pk=canal).exists():
        return
    breaker, _created = Interruptor.objects.select_for_update().get_or_create(pk=canal)
    was_open = breaker.abierto_hasta is not None
    if failing:
        _count_failure(breaker, resultado, code, now)
    else:
        _count_success(breaker, now)
    breaker.save()
    if breaker.abierto_hasta is not None and not was_open:
        logger.error("channel_paused channel=%s code=%s", canal, code)


def _count_failure(breaker: Interruptor, resultado: str, code: str, now: dt.datetime) -> None:
    _roll(breaker, now)
    breaker.ventana_fallas += 1
    breaker.ultimo_codigo = code
    if resultado == Resultado.CONFIGURACION:
        breaker.rechazos_seguidos += 1
    busy = breaker.ventana_llamadas >= MIN_CALLS
    failing = busy and breaker.ventana_fallas * 2 >= breaker.ventana_llamadas
    probing = breaker.abierto_hasta is not None
    if probing or failing or breaker.rechazos_seguidos >= REFUSALS:
        breaker.abierto_hasta, breaker.prueba_hasta = now + OPEN_FOR, None


def _count_success(breaker: Interruptor, now: dt.datetime) -> None:
    _roll(breaker, now)
    breaker.rechazos_seguidos = 0
    if breaker.abierto_hasta is not None and breaker.abierto_hasta <= now:
        breaker.abierto_hasta = breaker.prueba_hasta = None
        breaker.ventana_llamadas = breaker.ventana_fallas = 0


def _roll(breaker: Interruptor, now: dt.datetime) -> None:
    if breaker.ventana_desde is None or breaker.ventana_desde + WINDOW < now:
        breaker.ventana_desde = now
        breaker.ventana_llamadas = breaker.ventana_fallas = 0
    breaker.ventana_llamadas += 1
