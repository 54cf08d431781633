"""Who must not be written to: opt-outs, bounces, numbers that do not work."""

import datetime as dt

from django.db import transaction

from ..constants import Canal, Categoria, Motivo
from ..models import Supresion

_LEGAL = (Categoria.CODIGO, Categoria.REQUERIMIENTO)
_WORDS = {
    Supresion.Motivo.BAJA: Motivo.BAJA,
    Supresion.Motivo.SPAM: Motivo.SPAM,
    Supresion.Motivo.REBOTE: Motivo.BUZON,
    Supresion.Motivo.NUMERO: Motivo.NUMERO_INVALIDO,
}


def reason_not_to_send(*, canal: str, destino: str, categoria: str) -> Motivo | None:
    """
    Why ``destino`` is not written to, or ``None``.

    By e-mail an opt-out does not stop what the law makes us send or what the person just asked
    for; by SMS the vendor itself refuses everything after an opt-out.
    """
    in_force = Supresion.objects.filter(canal=canal, valor=destino, hasta__isnull=True)
    if canal == Canal.CORREO and categoria in _LEGAL:
        in_force = in_force.exclude(motivo__in=[Supresion.Motivo.BAJA, Supresion.Motivo.SPAM])
    found = in_force.values_list("motivo", flat=True).first()
    return _WORDS[found] if found else None


@transaction.atomic
def suppress(*, canal: str, valor: str, motivo: str, origen: str, now: dt.datetime) -> None:
    """Write no more to ``valor`` through ``canal``; once more changes nothing."""
    Supresion.objects.get_or_create(
        canal=canal,
        valor=valor,
        motivo=motivo,
        hasta=None,
        defaults={"origen": origen, "desde": now},
    )


@transaction.atomic
def lift(*, canal: str, valor: str, motivos: tuple[str, ...], now: dt.datetime) -> int:
    """End the suppressions of ``valor`` for ``motivos``; returns how many there were."""
    return Supresion.objects.filter(
        canal=canal, valor=valor, motivo__in=motivos, hasta__isnull=True
    ).update(hasta=now)
