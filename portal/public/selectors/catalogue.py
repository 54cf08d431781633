"""The catalogue as the site shows it, each line with its term in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from portal.core.rules import rules_in_force
from portal.core.time import local_date
from tramites.models import Servicio, Tema
from tramites.selectors import search_services

from ..catalogue import answer_words, icon_of, term_words


@dataclass(frozen=True)
class Offer:
    """One line: the service, the rule that times it, and both in words."""

    servicio: Servicio
    plazo: str
    detalle: str
    fundamento: str


@dataclass(frozen=True)
class Shelf:
    """A theme with its lines."""

    tema: Tema
    icono: str
    ofertas: list[Offer]


def _rules(now: dt.datetime) -> dict:
    return {rule.clave: rule for rule in rules_in_force(local_date(now))}


def _offer(servicio: Servicio, rules: dict) -> Offer:
    rule = rules.get(servicio.regla)
    return Offer(
        servicio=servicio,
        plazo=term_words(rule),
        detalle=answer_words(servicio, rule),
        fundamento=rule.fundamento if rule else "",
    )


def offered(kinds: Sequence[str] | None, *, now: dt.datetime) -> list[Offer]:
    """Every open line of these kinds (all without any), by theme; two queries."""
    services = Servicio.objects.filter(activo=True).select_related("tema", "dependencia")
    if kinds:
        services = services.filter(tipo__in=kinds)
    rules = _rules(now)
    ordered = services.order_by("tema__orden", "tema__nombre", "orden", "nombre")
    return [_offer(servicio, rules) for servicio in ordered]


def offered_by_theme(offers: list[Offer]) -> list[Shelf]:
    """The lines on their shelves, in the order of the shelves."""
    shelves: dict[int, Shelf] = {}
    for offer in offers:
        tema = offer.servicio.tema
        shelf = shelves.setdefault(tema.pk, Shelf(tema, icon_of(tema), []))
        shelf.ofertas.append(offer)
    return list(shelves.values())


def search(query: str, kinds: Sequence[str] | None, *, now: dt.datetime) -> list[Offer]:
    """Lines that match the words, best first, whatever their accents."""
    rules = _rules(now)
    found = [s for s in search_services(query) if not kinds or s.tipo in kinds]
    return [_offer(servicio, rules) for servicio in found[:12]]


def offer_of(clave: str, *, now: dt.datetime) -> Offer | None:
    """One open line of the catalogue, with its questions."""
    servicio = (
        Servicio.objects.filter(clave=clave, activo=True)
        .select_related("tema", "dependencia")
        .prefetch_related("preguntas")
        .first()
    )
    return _offer(servicio, _rules(now)) if servicio else None


def themes() -> list[dict]:
    """Themes that have something to offer, with how much."""
    counted = Tema.objects.annotate(n=Count("servicios", filter=Q(servicios__activo=True)))
    counted = counted.order_by("orden", "nombre")
    return [{"tema": tema, "icono": icon_of(tema), "n": tema.n} for tema in counted if tema.n]
