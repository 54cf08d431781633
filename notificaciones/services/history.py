"""Notices of facts told late: a demonstration comes with months of cases behind it."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..constants import Estado, Modo, Resultado
from ..models import Envio, Intento
from ..providers.embedded import EmbeddedProvider

#: A notice created before this long ago was never going to be sent when it was created.
PAST = dt.timedelta(hours=1)
_TOOK = dt.timedelta(seconds=2)
_CHUNK = 500


@transaction.atomic
def settle_history(*, now: dt.datetime) -> int:
    """
    Take embedded notices from before the last hour as delivered in their own time.

    Only those of the embedded mode, which reach nobody in any case. Returns how many there were.
    """
    rows = Envio.objects.filter(
        estado=Estado.PENDIENTE, modo=Modo.EMBEBIDO, intentos=0, creado_en__lt=now - PAST
    )
    found = list(rows.values_list("pk", "creado_en"))
    Intento.objects.bulk_create(
        [
            Intento(
                envio_id=pk,
                numero=1,
                proveedor=EmbeddedProvider.name,
                inicio=moment,
                fin=moment + _TOOK,
                resultado=Resultado.ACEPTADO,
            )
            for pk, moment in found
        ],
        batch_size=_CHUNK,
    )
    rows.update(
        estado=Estado.ENTREGADO,
        intentos=1,
        proveedor=EmbeddedProvider.name,
        aceptado_en=F("creado_en") + _TOOK,
        entregado_en=F("creado_en") + _TOOK,
        actualizado_en=F("creado_en") + _TOOK,
    )
    _drop_tasks({str(pk) for pk, _moment in found})
    return len(found)


def _drop_tasks(ids: set[str]) -> None:
    """The queue has nothing left to do for them; what is new must not wait behind."""
    ready = DBTaskResult.objects.filter(queue_name="avisos", status=TaskResultStatus.READY)
    gone = [
        pk
        for pk, given in ready.values_list("pk", "args_kwargs")
        if ids.intersection(map(str, given.get("args", [])))
    ]
    for start in range(0, len(gone), _CHUNK):
        DBTaskResult.objects.filter(pk__in=gone[start : start + _CHUNK]).delete()
