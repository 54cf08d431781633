"""The catalogue of services and the public figures."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from ..constants import Estado
from ..models import Peticion, Servicio, Tema
from ..text import search_words
from .open_cases import only_open


@dataclass(frozen=True)
class Shelf:
    """A theme with its services that can be asked for, in order."""

    tema: Tema
    servicios: list[Servicio]


def active_services():
    """Services that are received, with theme and office."""
    return Servicio.objects.filter(activo=True).select_related("tema", "dependencia")


def services_catalogue() -> list[Shelf]:
    """The whole catalogue by theme; one query."""
    shelves: dict[int, Shelf] = {}
    rows = active_services().order_by("tema__orden", "tema__nombre", "orden", "nombre")
    for servicio in rows:
        shelf = shelves.setdefault(servicio.tema_id, Shelf(servicio.tema, []))
        shelf.servicios.append(servicio)
    return list(shelves.values())


def search_services(text: str, limit: int = 20) -> list[Servicio]:
    """
    Services that hold every word of ``text`` by its beginning, those named so first; one query.

    If none holds all of them, those that hold most.
    """
    words = search_words(text)
    if not words:
        return []
    condition = Q()
    for word in words:
        condition |= Q(busqueda__contains=f" {word}")
    rows = list(active_services().filter(condition))
    scored = sorted(rows, key=lambda row: _score(row, words))
    full = [row for row in scored if _hits(row, words) == len(words)]
    return (full or scored)[:limit]


def _hits(servicio: Servicio, words: list[str]) -> int:
    return sum(f" {word}" in servicio.busqueda for word in words)


def _score(servicio: Servicio, words: list[str]) -> tuple:
    first = [servicio.busqueda.find(f" {word}") for word in words]
    position = min([place for place in first if place >= 0], default=10_000)
    return -_hits(servicio, words), position, servicio.orden, servicio.nombre


@dataclass(frozen=True)
class PublicFigures:
    """Figures of the home page. Times in days; ``None`` when there is nothing to tell."""

    received: int
    answered: int
    open: int
    on_time_share: float | None
    by_month: list[dict]


def public_figures(now: dt.datetime, days: int = 365) -> PublicFigures:
    """
    The last ``days``, without anything about anybody; three queries, over a whole year of cases.

    Meant to be kept for some minutes by whoever shows it.
    """
    since = now - dt.timedelta(days=days)
    recent = Peticion.objects.filter(recibida_en__gte=since, recibida_en__lte=now)
    totals = recent.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(respondida_en__isnull=False)),
        on_time=Count("pk", filter=Q(en_plazo=True)),
        timed=Count("pk", filter=Q(en_plazo__isnull=False)),
    )
    months = (
        recent.annotate(mes=TruncMonth("recibida_en"))
        .values("mes")
        .annotate(
            recibidas=Count("pk"),
            respondidas=Count("pk", filter=Q(respondida_en__isnull=False)),
        )
        .order_by("mes")
    )
    share = totals["on_time"] / totals["timed"] if totals["timed"] else None
    return PublicFigures(
        received=totals["received"],
        answered=totals["answered"],
        open=only_open(Peticion.objects.all()).count(),
        on_time_share=share,
        by_month=list(months),
    )


def uncured_corrections(now: dt.datetime):
    """Cases whose citizen did not complete in time: proposed for dismissal, never done alone."""
    return Peticion.objects.filter(
        estado=Estado.PREVENIDA, prevenciones__cumplida_en=None, prevenciones__vence__lt=now
    )
