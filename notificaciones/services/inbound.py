"""What people answer. Only whether they want to be written to is read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from ..models import EventoProveedor, Supresion
from .receipts import opt_out
from .suppression import lift


@dataclass(frozen=True)
class InboundMessage:
    """``wish`` is "baja", "alta" or empty; ``answered``: the vendor has already replied."""

    clave: str
    canal: str
    numero: str
    wish: str
    answered: bool
    crudo: Mapping


@transaction.atomic
def receive_message(message: InboundMessage, *, now: dt.datetime) -> str:
    """Obey the wish, once. Returns "baja" or "alta" when the person should get a reply of ours."""
    _event, is_new = EventoProveedor.objects.get_or_create(
        clave=message.clave,
        defaults={
            "proveedor": "twilio",
            "tipo": f"entrante_{message.wish or 'otro'}",
            "crudo": dict(message.crudo),
            "recibido_en": now,
            "aplicado": True,
        },
    )
    if not is_new:
        return ""
    if message.wish == "baja":
        opt_out(canal=message.canal, valor=message.numero, origen="respuesta", now=now)
    elif message.wish == "alta":
        lift(
            canal=message.canal,
            valor=message.numero,
            motivos=(Supresion.Motivo.BAJA,),
            now=now,
        )
    return "" if message.answered else message.wish
