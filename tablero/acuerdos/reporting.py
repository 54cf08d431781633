"""The report of fulfilment to the Cabildo: by session and by department."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.time import local_date
from tablero.coordinacion.models import Encargo
from tablero.coordinacion.selectors import light_of, soon_until

from .constants import Cumplimiento, EstadoAcuerdo
from .models import Acuerdo
from .policies import AcuerdoPolicy
from .selectors import charges_by_acuerdo, stands_of

STATES = ("cumplido", "en_tiempo", "por_vencer", "vencida", "incumplido", "otros")


@dataclass
class Line:
    """Charges of one department, or of one session, by how they stand."""

    nombre: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def cells(self) -> list[int]:
        """In the order of ``STATES``."""
        return [self.counts[state] for state in STATES]


@dataclass
class Report:
    """Acuerdos adopted from ``desde`` to ``hasta`` and their charges, as of ``hoy``."""

    acuerdos: list[dict]
    oficinas: list[Line]
    sesiones: list[Line]


def build_report(viewer, *, desde: dt.date, hasta: dt.date, hoy: dt.date) -> Report:
    """The report of what ``viewer`` may know of; three queries."""
    rows = AcuerdoPolicy(viewer).visible().exclude(estado=EstadoAcuerdo.SIN_EFECTO)
    rows = rows.filter(adoptado_en__date__gte=desde, adoptado_en__date__lte=hasta)
    found = list(rows.select_related("sesion", "organo").defer("texto", "busqueda").order_by("pk"))
    charges, soon = charges_by_acuerdo(found), soon_until(hoy)
    offices: dict[int, Line] = {}
    sessions: dict[int, Line] = {}
    lines = []
    for row in found:
        theirs = charges[row.folio]
        lines.append({"a": row, "encargos": theirs, "va": stands_of(theirs, hoy)})
        for charge in theirs:
            state = _state(charge, hoy, soon)
            office = offices.setdefault(charge.dependencia_id, Line(charge.dependencia.nombre))
            session = sessions.setdefault(row.sesion_id, Line(row.sesion.nombre))
            office.counts[state] += 1
            session.counts[state] += 1
    by_name = sorted(offices.values(), key=lambda line: line.nombre)
    return Report(lines, by_name, list(sessions.values()))


def _state(charge: Encargo, today: dt.date, soon: dt.date) -> str:
    light = light_of(charge, today, soon)
    if light != "terminada":
        return light
    return charge.estado if charge.estado in STATES else "otros"


def report_heads() -> list[str]:
    """The heads of the columns of the file."""
    return [
        _("Acuerdo"),
        _("Asunto"),
        _("Sesión"),
        _("Adoptado el"),
        _("Estado"),
        _("Cumplimiento"),
        _("Encargo"),
        _("Qué debe hacerse"),
        _("Dependencia"),
        _("Indicador"),
        _("Vence"),
        _("Estado del encargo"),
        _("Avance"),
    ]


def report_rows(report: Report) -> Iterator[list]:
    """A row for each charge; for an acuerdo without any, one alone."""
    for line in report.acuerdos:
        row: Acuerdo = line["a"]
        head = [
            row.folio,
            row.titulo,
            row.sesion.nombre,
            local_date(row.adoptado_en).isoformat(),
            row.get_estado_display(),
            Cumplimiento(line["va"]).label,
        ]
        if not line["encargos"]:
            yield [*head, *[""] * 7]
        for charge in line["encargos"]:
            yield [
                *head,
                charge.folio,
                charge.instruccion,
                charge.dependencia.nombre,
                charge.indicador,
                charge.vence.isoformat(),
                charge.get_estado_display(),
                charge.avance,
            ]
