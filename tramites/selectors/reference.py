"""
What a filing is read against: catalogue, places, routing table, offices, rules and calendar.

Read whole, once an edition (see ``portal.core.edition``), and kept by the process. Nothing here
belongs to a person, and everybody's filing is read against the same.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Dependencia
from portal.core.calendar import current_calendar
from portal.core.clock import Calendar
from portal.core.edition import current_edition
from portal.core.models import ReglaJuridica
from portal.core.rules import missing_rule

from ..models import Colonia, Pregunta, ReglaTurno, Servicio
from ..routing import Line, split_keywords


@dataclass(frozen=True, slots=True)
class Reference:
    """
    The reference data of one edition. Threads share its rows: nobody may change them.

    ``lines`` are those of the routing table that are in use, in order.
    """

    edition: str | None
    services: Mapping[int, Servicio]
    questions: Mapping[int, tuple[Pregunta, ...]]
    colonias: Mapping[int, Colonia]
    lines: tuple[Line, ...]
    offices: Mapping[int, Dependencia]
    rules: Mapping[str, tuple[ReglaJuridica, ...]]
    calendar: Calendar
    service_ids: Mapping[str, int]
    colonia_ids: Mapping[str, int]
    desk: Dependencia | None

    def rule_in_force(self, clave: str, on: dt.date) -> ReglaJuridica:
        """
        The version of the rule ``clave`` that rules acts of ``on``.

        :raises NotFoundError: there is none.
        """
        for rule in self.rules.get(clave, ()):
            ended = rule.vigente_hasta is not None and rule.vigente_hasta < on
            if rule.vigente_desde <= on and not ended:
                return rule
        raise missing_rule(clave, on)


_kept: Reference | None = None


def current_reference() -> Reference:
    """The reference data as they stand; one short statement when this process has them."""
    global _kept
    edition, kept = current_edition(), _kept
    if edition is not None and kept is not None and kept.edition == edition:
        return kept
    # Two threads may both read it; each reads no older data than its edition says.
    fresh = _read(edition)
    _kept = fresh
    return fresh


def _read(edition: str | None) -> Reference:
    services = _by_id(Servicio.objects.select_related("dependencia").order_by("pk"))
    colonias = _by_id(
        Colonia.objects.select_related("zona").defer("poligono", "zona__poligono").order_by("pk")
    )
    offices = _by_id(Dependencia.objects.order_by("pk"))
    rows = ReglaTurno.objects.filter(activa=True, dependencia__activa=True)
    return Reference(
        edition=edition,
        services=services,
        questions=_questions(),
        colonias=colonias,
        lines=tuple(
            line_of(row) for row in rows.select_related("dependencia").order_by("orden", "pk")
        ),
        offices=offices,
        rules=_rules(),
        calendar=current_calendar(),
        service_ids={row.clave: row.pk for row in services.values()},
        colonia_ids={row.clave: row.pk for row in colonias.values()},
        desk=next((row for row in offices.values() if row.es_ventanilla), None),
    )


def _by_id(rows: Iterable) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _questions() -> dict[int, tuple[Pregunta, ...]]:
    found: dict[int, list[Pregunta]] = defaultdict(list)
    for row in Pregunta.objects.order_by("orden", "pk"):
        found[row.servicio_id].append(row)
    return {servicio: tuple(rows) for servicio, rows in found.items()}


def _rules() -> dict[str, tuple[ReglaJuridica, ...]]:
    found: dict[str, list[ReglaJuridica]] = defaultdict(list)
    for rule in ReglaJuridica.objects.order_by("clave", "version"):
        found[rule.clave].append(rule)
    return {clave: tuple(rows) for clave, rows in found.items()}


def line_of(row: ReglaTurno) -> Line:
    """A row of the routing table as the pure router takes it."""
    return Line(
        pk=row.pk,
        orden=row.orden,
        dependencia_id=row.dependencia_id,
        nota=row.nota,
        servicio_id=row.servicio_id,
        zona_id=row.zona_id,
        canal=row.canal,
        palabras=split_keywords(row.palabras),
        to_desk=row.dependencia.es_ventanilla,
    )
