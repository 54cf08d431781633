"""Reading the outbox. Rows carry addresses: the caller narrows them to what its viewer may see."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.translation import gettext as _

from portal.core.health import Failing

from .constants import Canal, Estado
from .models import Envio, Interruptor

#: A due notice waiting longer than this is a fault.
OLDEST_ALLOWED = dt.timedelta(minutes=15)
#: How long the faults of a vendor are told.
FAILING_LATELY = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class OutboxFilters:
    """Empty fields do not filter. ``objeto_id`` with ``objeto`` names what a notice is about."""

    estado: str = ""
    canal: str = ""
    evento: str = ""
    objeto: str = ""
    objeto_id: int | None = None


@dataclass(frozen=True)
class Page:
    """Newest first. The cursors are opaque and empty at either end."""

    rows: list[Envio]
    previous: str
    following: str


def envios_de(referencia: str) -> QuerySet[Envio]:
    """The notices about ``referencia`` (``peticion:12``), newest first."""
    kind, _sep, number = referencia.partition(":")
    if not number.isdecimal():
        return Envio.objects.none()
    return Envio.objects.filter(objeto=kind, objeto_id=int(number)).order_by("-creado_en", "-pk")


def every_envio() -> QuerySet[Envio]:
    """All of them; a policy narrows this."""
    return Envio.objects.all()


def outbox(
    rows: QuerySet[Envio],
    filters: OutboxFilters,
    *,
    before: str = "",
    after: str = "",
    page_size: int = 50,
) -> Page:
    """
    A page of ``rows``: those older than the cursor ``after``, or newer than ``before``.

    A cursor that cannot be read starts from the newest.
    """
    rows = _filtered(rows, filters).defer("cuerpo_html")
    newer, older = _read_cursor(before), _read_cursor(after)
    if newer:
        moment, pk = newer
        rows = rows.filter(Q(creado_en__gt=moment) | Q(creado_en=moment, pk__gt=pk))
        found = list(rows.order_by("creado_en", "pk")[: page_size + 1])
        more, found = len(found) > page_size, found[:page_size][::-1]
        return Page(found, _cursor(found[0]) if more else "", _cursor(found[-1]) if found else "")
    if older:
        moment, pk = older
        rows = rows.filter(Q(creado_en__lt=moment) | Q(creado_en=moment, pk__lt=pk))
    found = list(rows.order_by("-creado_en", "-pk")[: page_size + 1])
    more, found = len(found) > page_size, found[:page_size]
    previous = _cursor(found[0]) if older and found else ""
    return Page(found, previous, _cursor(found[-1]) if more else "")


def _filtered(rows: QuerySet[Envio], filters: OutboxFilters) -> QuerySet[Envio]:
    for name in ("estado", "canal", "evento", "objeto", "objeto_id"):
        value = getattr(filters, name)
        if value not in ("", None):
            rows = rows.filter(**{name: value})
    return rows


def _cursor(envio: Envio) -> str:
    return f"{envio.creado_en.timestamp():.6f}_{envio.pk.hex}"


def _read_cursor(text: str) -> tuple[dt.datetime, uuid.UUID] | None:
    moment, _sep, pk = text.partition("_")
    try:
        return dt.datetime.fromtimestamp(float(moment), dt.UTC), uuid.UUID(pk)
    except (ValueError, OverflowError, OSError):
        return None


def counts_by_state(rows: QuerySet[Envio]) -> dict[str, int]:
    """How many of ``rows`` stand in each state."""
    return dict(rows.values_list("estado").annotate(total=Count("pk")).order_by())


def oldest_unsent(*, now: dt.datetime) -> dt.timedelta | None:
    """How long the oldest due notice has been waiting, or ``None`` if none is."""
    due = Envio.objects.filter(estado=Estado.PENDIENTE, proximo_en__lte=now)
    oldest = due.aggregate(oldest=Min("proximo_en"))["oldest"]
    return now - oldest if oldest else None


def paused_channels(*, now: dt.datetime) -> list[Canal]:
    """Channels whose breaker is open."""
    rows = Interruptor.objects.filter(abierto_hasta__gt=now).values_list("canal", flat=True)
    return [Canal(value) for value in rows]


def failing_channels(*, now: dt.datetime) -> list[Canal]:
    """Channels whose vendor failed in half of its last calls, a short while ago, paused or not."""
    rows = Interruptor.objects.filter(
        ventana_desde__gt=now - FAILING_LATELY,
        ventana_fallas__gt=0,
        ventana_llamadas__lte=F("ventana_fallas") * 2,
    )
    return [Canal(value) for value in rows.values_list("canal", flat=True)]


def check_outbox(now: dt.datetime) -> str:
    """
    For ``/salud``: a line about the outbox.

    :raises Failing: a due notice has been waiting for more than 15 minutes.
    """
    waiting = oldest_unsent(now=now)
    minutes = int(waiting.total_seconds() // 60) if waiting else 0
    line = _("el aviso más antiguo espera %(n)s min") % {"n": minutes}
    if waiting and waiting > OLDEST_ALLOWED:
        raise Failing(line)
    for words, channels in (
        (_("en pausa: %(canales)s"), paused_channels(now=now)),
        (_("el proveedor falla: %(canales)s"), failing_channels(now=now)),
    ):
        if channels:
            return words % {"canales": ", ".join(str(canal.label) for canal in channels)}
    return line if waiting else _("sin avisos atrasados")
