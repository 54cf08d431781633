"""Notices in the situations that tests need."""

import datetime as dt
import itertools

from notificaciones.models import Envio
from notificaciones.services import Recipient, enqueue

NOON = dt.datetime(2026, 3, 10, 18, 0, tzinfo=dt.UTC)
PHONE, MAILBOX = "+525512345678", "vecina@correo.example"
_numbers = itertools.count(1)


def envio(
    *,
    canal: str = "sms",
    categoria: str = "estado",
    now: dt.datetime = NOON,
    destino: str = "",
    **fields,
) -> Envio:
    """A fresh notice; ``fields`` are written over it afterwards."""
    code = categoria == "codigo"
    destino = destino or (MAILBOX if canal == "correo" else PHONE)
    [made] = enqueue(
        clave=f"prueba:{next(_numbers)}",
        evento="codigo_verificacion" if code else "peticion_recibida",
        canales=[Recipient(canal, destino)],
        idioma="es-mx",
        variables={"codigo": "482913"} if code else {"folio": "SJV-2026-000007"},
        categoria=categoria,
        now=now,
        referencia="" if code else "peticion:7",
        sensible=code,
    )
    if fields:
        Envio.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made


class Clock:
    """A clock that a test turns by hand."""

    def __init__(self, moment: dt.datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment

    def forward(self, **by) -> dt.datetime:
        """Turn it forward by a ``timedelta`` and return the new moment."""
        self.moment += dt.timedelta(**by)
        return self.moment
