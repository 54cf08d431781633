"""Background work of batches. A task is a nudge to look; the rows hold the truth."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from portal.core.actors import SYSTEM
from portal.core.time import now

from .batch_issuing import work_on_batch
from .batch_services import cancel_batch, close_batch
from .constants import EstadoLote
from .models import LoteDocumento

#: A batch under way that nobody has had for so long lost its task.
LOST = dt.timedelta(minutes=2)
#: Personal data of a batch that nobody goes on with are kept no longer.
FORGOTTEN = dt.timedelta(days=7)


@task()
def issue_batch(lote_id: int) -> None:
    """Issue some rows, and come again for the rest."""
    if work_on_batch(lote_id, clock=now):
        issue_batch.enqueue(lote_id)


def begin_soon(lote_id: int) -> None:
    """Have the worker look, once the facts are kept."""
    transaction.on_commit(lambda: issue_batch.enqueue(lote_id))


def sweep_batches(moment: dt.datetime) -> None:
    """Take up what killed workers left, and erase the data of what was left lying."""
    free = Q(arriendo_hasta__isnull=True) | Q(arriendo_hasta__lt=moment)
    queued = Q(encolado_en__isnull=True) | Q(encolado_en__lt=moment - LOST)
    under_way = LoteDocumento.objects.filter(estado=EstadoLote.EMITIENDO)
    for lote_id in list(under_way.filter(free & queued).values_list("pk", flat=True)):
        LoteDocumento.objects.filter(pk=lote_id).update(encolado_en=moment)
        issue_batch.enqueue(lote_id)
    old = LoteDocumento.objects.filter(datos_borrados_en__isnull=True)
    waiting = Q(estado__in=(EstadoLote.PREPARADO, EstadoLote.PAUSADO))
    idle = Q(encolado_en__isnull=True, creado_en__lt=moment - FORGOTTEN) | Q(
        encolado_en__lt=moment - FORGOTTEN
    )
    for lote_id in list(old.filter(waiting & idle).values_list("pk", flat=True)):
        cancel_batch(lote_id=lote_id, actor=SYSTEM, now=moment)
    over = old.filter(estado=EstadoLote.TERMINADO, terminado_en__lt=moment - FORGOTTEN)
    for lote_id in list(over.values_list("pk", flat=True)):
        close_batch(lote_id=lote_id, actor=SYSTEM, now=moment)
