"""What vendors say happened later: kept raw and once, then applied if it says something new."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from ..constants import (
    MENDABLE,
    PLANS,
    Estado,
    Motivo,
    Resultado,
    rank,
)
from ..models import Envio, EventoProveedor, Supresion
from ..timing import backoff
from ._shared import nudge_pages
from .enqueueing import announce
from .settling import _rng, mark_unusable, move, opted_out
from .suppression import suppress

#: Orphans older than this are left in peace.
ORPHAN_LIFE = dt.timedelta(days=1)
#: Extra attempts after the vendor accepted and then failed, and how long to wait at least.
_SOFT = {
    Motivo.INALCANZABLE: (2, dt.timedelta(minutes=30)),
    Motivo.DESCONOCIDO: (1, dt.timedelta(minutes=5)),
    Motivo.SATURADO: (2, dt.timedelta(minutes=5)),
}


@dataclass(frozen=True)
class News:
    """
    One thing a vendor told us, already understood.

    ``estado`` is where it moves the notice (empty: nowhere); ``outcome`` classifies a failure;
    ``suppress`` is a Supresion.Motivo to apply to the address.
    """

    clave: str
    proveedor: str
    tipo: str
    crudo: Mapping
    envio_id: str = ""
    attempt: int | None = None
    vendor_id: str = ""
    estado: str = ""
    outcome: str = ""
    motivo: str = ""
    code: str = ""
    suppress: str = ""


@transaction.atomic
def receive(news: News, *, now: dt.datetime) -> bool:
    """Keep ``news`` and apply it. Returns whether it was new; told twice, it changes nothing."""
    envio = _locate(news)
    _event, is_new = EventoProveedor.objects.get_or_create(
        clave=news.clave[:200],
        defaults={
            "proveedor": news.proveedor,
            "tipo": news.tipo[:40],
            "envio": envio,
            "crudo": {**news.crudo, "_leido": _understood(news)},
            "recibido_en": now,
            "aplicado": envio is not None,
        },
    )
    if is_new and envio is not None:
        _apply(envio, news, now=now)
    return is_new


@transaction.atomic
def adopt_orphans(*, now: dt.datetime) -> int:
    """Events that came before the identifier they name was stored: look again."""
    adopted = 0
    orphans = EventoProveedor.objects.select_for_update(skip_locked=True).filter(
        envio__isnull=True, aplicado=False, recibido_en__gte=now - ORPHAN_LIFE
    )
    for event in orphans[:200]:
        news = News(
            clave=event.clave,
            proveedor=event.proveedor,
            tipo=event.tipo,
            crudo=event.crudo,
            **event.crudo.get("_leido", {}),
        )
        envio = _locate(news)
        if envio is None:
            continue
        event.envio, event.aplicado = envio, True
        event.save(update_fields=["envio", "aplicado"])
        _apply(envio, news, now=now)
        adopted += 1
    return adopted


def _understood(news: News) -> dict:
    """What adopting an orphan later needs to know."""
    names = ("envio_id", "attempt", "vendor_id", "estado", "outcome", "motivo", "code", "suppress")
    return {name: getattr(news, name) for name in names}


def _locate(news: News) -> Envio | None:
    """The notice, by our own id first and then by the vendor's, under lock."""
    rows = Envio.objects.select_for_update()
    if news.envio_id:
        found = rows.filter(pk=news.envio_id).first()
        if found is not None:
            return found
    return rows.filter(proveedor_id=news.vendor_id).first() if news.vendor_id else None


def _apply(envio: Envio, news: News, *, now: dt.datetime) -> None:
    if news.suppress:
        suppress(
            canal=envio.canal,
            valor=envio.destino,
            motivo=news.suppress,
            origen=news.proveedor,
            now=now,
        )
    if not news.estado:
        return
    if news.vendor_id and not envio.proveedor_id:
        envio.proveedor_id = news.vendor_id
    if news.estado == Estado.ENTREGADO:
        _delivered(envio, now=now)
    elif rank(news.estado) > rank(envio.estado) and not _stale(envio, news):
        _advance(envio, news, now=now)


def _stale(envio: Envio, news: News) -> bool:
    """Whether it concerns an attempt that a later one has replaced."""
    if news.attempt is None:
        return False
    return envio.historial.filter(numero__gt=news.attempt).exists()


def _delivered(envio: Envio, *, now: dt.datetime) -> None:
    """Proof of delivery of any attempt settles the matter, and mends a failure we had assumed."""
    if rank(envio.estado) < rank(Estado.ENTREGADO) or envio.estado in MENDABLE:
        envio.entregado_en = now
        envio.aceptado_en = envio.aceptado_en or now
        envio.ultimo_codigo = ""
        move(envio, Estado.ENTREGADO, "", now=now)


def _advance(envio: Envio, news: News, *, now: dt.datetime) -> None:
    envio.ultimo_codigo = news.code[:20]
    if news.estado == Estado.ACEPTADO:
        envio.aceptado_en = envio.aceptado_en or now
        move(envio, Estado.ACEPTADO, "", now=now)
    elif news.outcome == Resultado.DIRECCION:
        mark_unusable(envio, news.motivo, now=now)
        move(envio, Estado.FALLIDO_DEFINITIVO, news.motivo, now=now)
    elif news.outcome == Resultado.BAJA:
        opted_out(envio, now=now)
    elif news.outcome == Resultado.REINTENTAR:
        _soft_failure(envio, news.motivo, now=now)
    else:
        move(envio, news.estado, news.motivo, now=now)


def _soft_failure(envio: Envio, motivo: str, *, now: dt.datetime) -> None:
    """The telephone was off or nobody knows: try again later, a few times."""
    limit, wait = _SOFT.get(Motivo(motivo), (1, dt.timedelta(minutes=5)))
    failures = envio.eventos.filter(tipo__in=["undelivered", "failed"]).count()
    later = now + wait + backoff(3, rng=_rng)
    spent = failures > limit or envio.intentos >= PLANS[envio.categoria].attempts
    if spent or later >= envio.caduca_en:
        move(envio, Estado.FALLIDO_TEMPORAL, motivo, now=now)
        return
    envio.proximo_en = later
    move(envio, Estado.PENDIENTE, motivo, now=now)
    announce(envio, now=now, retry=True)


def opt_out(*, canal: str, valor: str, origen: str, now: dt.datetime) -> None:
    """The person said stop: what waits for them is stopped when its turn comes."""
    suppress(canal=canal, valor=valor, motivo=Supresion.Motivo.BAJA, origen=origen, now=now)
    nudge_pages(Envio.objects.filter(canal=canal, destino=valor, estado=Estado.PENDIENTE)[:20])
