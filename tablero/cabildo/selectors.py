"""Reading bodies, their members on a day, and the rules that are theirs."""

import datetime as dt

from django.db.models import QuerySet

from portal.core.models import EventRecord, ReglaJuridica
from portal.core.rule_kinds import read_value
from portal.core.rules import rule_in_force, rules_in_force
from portal.core.text import fold

from .constants import ClaseRegla
from .models import Integrante, Ocupacion, Organo
from .rules import QuorumRule
from .seating import Seat, seated


def seats_on(organo: Organo, day: dt.date) -> list[Seat]:
    """Who holds each seat of a body on ``day``, in the order of the roll call; three queries."""
    rows = Ocupacion.objects.filter(asiento__organo=organo, vigente_desde__lte=day)
    rows = rows.select_related("integrante").prefetch_related("ausencias")
    return seated(list(organo.asientos.all()), rows, day)


def seats_by_body(organos: list[Organo], day: dt.date) -> dict[int, list[Seat]]:
    """``seats_on`` of many bodies at the cost of one, by body."""
    rows = Ocupacion.objects.filter(asiento__organo__in=organos, vigente_desde__lte=day)
    rows = list(rows.select_related("integrante", "asiento").prefetch_related("ausencias"))
    found = {}
    for organo in organos:
        own = [row for row in rows if row.asiento.organo_id == organo.pk]
        found[organo.pk] = seated(list(organo.asientos.all()), own, day)
    return found


def members_in_office(seats: list[Seat]) -> int:
    """Seats with somebody who acts: the number a quorum is counted of."""
    return sum(seat.ocupacion is not None for seat in seats)


def bodies_on(day: dt.date, *, ended: bool = False) -> QuerySet[Organo]:
    """Bodies in force on ``day``, or those that ended before it; with their seats."""
    rows = Organo.objects.prefetch_related("asientos").order_by("tipo", "nombre")
    if ended:
        return rows.filter(vigente_hasta__lt=day)
    return rows.filter(vigente_desde__lte=day).exclude(vigente_hasta__lt=day)


def quorum_rule(organo: Organo, day: dt.date) -> tuple[ReglaJuridica, QuorumRule]:
    """
    The rule a body sits by on ``day``, and what it says.

    :raises NotFoundError: there is no version in force then.
    """
    row = rule_in_force(organo.regla_quorum, day)
    return row, read_value(ClaseRegla.QUORUM, row.valor)


def body_rules(day: dt.date) -> list[ReglaJuridica]:
    """The rules of quorum, majority and notice as they stand on ``day``, by kind and key."""
    return [row for clase in ClaseRegla.values for row in rules_in_force(day, clase=clase)]


def members(q: str = "") -> QuerySet[Integrante]:
    """Members by name, whose name or party holds every word of ``q``."""
    rows = Integrante.objects.order_by("nombre", "pk")
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def facts_of_body(organo: Organo, most: int = 60) -> list[EventRecord]:
    """The body's record, newest first."""
    return list(
        EventRecord.objects.filter(stream=f"organo:{organo.pk}").order_by("-sequence")[:most]
    )
