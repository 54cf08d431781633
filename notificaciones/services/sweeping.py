"""Putting right what crashes, silence and lost tasks left behind. Idempotent; run every minute."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..constants import LOST_TASK, PLANS, RECEIPT_LIMIT, Categoria, Estado, Motivo, Resultado
from ..models import Envio, Intento
from ..providers import ProviderError, Receipt, provider_named
from ._shared import beat
from .delivery import Clock, message_of
from .enqueueing import announce
from .receipts import adopt_orphans
from .settling import accepted, move, resolve_doubt

logger = logging.getLogger("ventanilla.avisos")

#: Rows of each kind put right in one sweep; the next one goes on.
BATCH = 200
#: A task still running after this belongs to a worker that is gone.
DEAD_TASK = dt.timedelta(minutes=15)
#: How long the text of a code is kept, and how far back a sweep looks for one.
CODE_LIFE, FORGOTTEN = dt.timedelta(hours=24), dt.timedelta(days=30)
_ASKING_AGAIN = dt.timedelta(minutes=2)


def sweep(*, clock: Clock) -> dict[str, int]:
    """Everything below, in order; returns how many rows each step touched."""
    now = clock()
    done = {
        "arriendos": expire_leases(now=now),
        "dudas": settle_doubts(clock=clock),
        "caducados": expire_notices(now=now),
        "encolados": requeue_lost(now=now),
        "sin_acuse": give_up_receipts(now=now),
        "huerfanos": adopt_orphans(now=now),
        "tareas": bury_dead_tasks(now=now),
        "codigos": blank_codes(now=now),
    }
    beat(now=clock())
    touched = {step: count for step, count in done.items() if count}
    if touched:
        logger.info("outbox_swept %s", " ".join(f"{k}={v}" for k, v in touched.items()))
    return done


def _locked(rows: QuerySet[Envio]) -> list[Envio]:
    return list(rows.select_for_update(skip_locked=True)[:BATCH])


@transaction.atomic
def expire_leases(*, now: dt.datetime) -> int:
    """A worker that held a notice too long is gone: nobody knows whether it was sent."""
    rows = _locked(Envio.objects.filter(estado=Estado.ENVIANDO, arriendo_hasta__lt=now))
    for envio in rows:
        envio.proximo_en = now + PLANS[envio.categoria].grace
        Intento.objects.filter(envio=envio, fin__isnull=True).update(
            fin=now, resultado=Resultado.INCIERTO, codigo="sin_cierre"
        )
        move(envio, Estado.INCIERTO, Motivo.SIN_RESPUESTA, now=now)
    return len(rows)


def settle_doubts(*, clock: Clock) -> int:
    """After the grace, ask the vendor where it can be asked, then decide. Calls the network."""
    ids = list(
        Envio.objects.filter(estado=Estado.INCIERTO, proximo_en__lte=clock())
        .order_by("proximo_en")
        .values_list("pk", flat=True)[:BATCH]
    )
    return sum(_settle_doubt(pk, clock=clock) for pk in ids)


def _settle_doubt(pk, *, clock: Clock) -> int:
    envio = Envio.objects.get(pk=pk)
    found, certain = None, False
    try:
        found, certain = _ask_vendor(envio, now=clock())
    except ProviderError:
        if envio.caduca_en > clock():
            moved = Envio.objects.filter(pk=pk, estado=Estado.INCIERTO)
            return moved.update(proximo_en=clock() + _ASKING_AGAIN)
    with transaction.atomic(durable=True):
        now = clock()
        envio = (
            Envio.objects.select_for_update()
            .filter(pk=pk, estado=Estado.INCIERTO, proximo_en__lte=now)
            .first()
        )
        if envio is None:
            return 0
        if found is not None:
            accepted(envio, found, now=now)
        else:
            resolve_doubt(envio, certain=certain, now=now)
    return 1


def _ask_vendor(envio: Envio, *, now: dt.datetime) -> tuple[Receipt | None, bool]:
    """The receipt if the vendor has the notice, and whether its answer settles the matter."""
    attempt = envio.historial.order_by("-numero").first()
    provider = provider_named(attempt.proveedor) if attempt else None
    if attempt is None or provider is None or not provider.can_find:
        return None, False
    message = message_of(envio, attempt.numero, now=now)
    found = provider.find(message, since=attempt.inicio)
    return found, found is None


@transaction.atomic
def expire_notices(*, now: dt.datetime) -> int:
    """A notice nobody needs any more is not sent late."""
    rows = _locked(Envio.objects.filter(estado=Estado.PENDIENTE, caduca_en__lte=now))
    for envio in rows:
        move(envio, Estado.CADUCADO, envio.motivo or Motivo.CADUCADO, now=now)
    return len(rows)


@transaction.atomic
def requeue_lost(*, now: dt.datetime) -> int:
    """Due for five minutes and still here: its task was lost. At most once each five minutes."""
    rows = _locked(
        Envio.objects.filter(
            estado=Estado.PENDIENTE,
            proximo_en__lte=now - LOST_TASK,
            encolado_en__lte=now - LOST_TASK,
        ).order_by("proximo_en")
    )
    for envio in rows:
        announce(envio, now=now)
    Envio.objects.filter(pk__in=[envio.pk for envio in rows]).update(encolado_en=now)
    return len(rows)


@transaction.atomic
def give_up_receipts(*, now: dt.datetime) -> int:
    """Accepted and never heard of again. A late proof of delivery still corrects it."""
    rows = _locked(
        Envio.objects.filter(estado=Estado.ACEPTADO, aceptado_en__lte=now - RECEIPT_LIMIT)
    )
    for envio in rows:
        move(envio, Estado.FALLIDO_TEMPORAL, Motivo.SIN_ACUSE, now=now)
    return len(rows)


def bury_dead_tasks(*, now: dt.datetime) -> int:
    """Queue rows of killed workers stay "running" for ever; ours do not depend on them."""
    return DBTaskResult.objects.filter(
        queue_name="avisos",
        status=TaskResultStatus.RUNNING,
        started_at__lte=now - DEAD_TASK,
    ).update(status=TaskResultStatus.FAILED, finished_at=now)


def blank_codes(*, now: dt.datetime) -> int:
    """The text of a code is forgotten once it can no longer serve."""
    old = Envio.objects.filter(
        categoria=Categoria.CODIGO, creado_en__range=(now - FORGOTTEN, now - CODE_LIFE)
    )
    return old.exclude(cuerpo="").update(asunto="", cuerpo="", cuerpo_html="")
