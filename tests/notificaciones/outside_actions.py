"""What ``outside`` does, once Django is there."""

import datetime as dt

from notificaciones.models import Envio
from notificaciones.services import Recipient, enqueue
from notificaciones.services.delivery import deliver
from notificaciones.services.sweeping import sweep
from portal.core.time import now

PHONE = "+525512345678"


def prepare(count: str) -> list[str]:
    """Leave ``count`` notices to be sent; returns their ids."""
    return [
        str(row.pk)
        for number in range(int(count))
        for row in enqueue(
            clave=f"fuera:{number}",
            evento="peticion_recibida",
            canales=[Recipient("sms", PHONE)],
            idioma="es-mx",
            variables={"folio": f"SJV-2026-{number:06d}"},
            categoria="estado",
            now=now(),
        )
    ]


def later(moments: str) -> list[dict[str, int]]:
    """Sweep, and then send what is due, as it will be after each of ``moments``, in minutes."""
    return [_after(dt.timedelta(minutes=int(moment))) for moment in moments.split(",")]


def _after(wait: dt.timedelta) -> dict[str, int]:
    def clock() -> dt.datetime:
        return now() + wait

    done = sweep(clock=clock)
    for row in Envio.objects.filter(estado="pendiente", proximo_en__lte=clock()):
        deliver(str(row.pk), clock=clock)
    return done


def look(_argument: str) -> dict:
    """Where every notice stands, and how many attempts it took."""
    rows = Envio.objects.order_by("clave")
    return {
        "estados": [row.estado for row in rows],
        "intentos": [row.historial.count() for row in rows],
        "abiertos": [row.historial.filter(fin__isnull=True).count() for row in rows],
    }
