"""
A case as the columns that a line of the staff's list shows.

Plain values and no model: fifty of them cost a tenth of as many cases with their rows, and one of
them is a key under which what it prints may be kept. Equal lines print the same.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from ..constants import OPEN_STATES, Semaforo
from ..deadlines import clock_reading
from ..models import Peticion

#: Where a paused case stands among those that have a last day.
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class Line(NamedTuple):
    """One case; moments are aware. Offices, people and neighbourhoods by their names."""

    pk: int
    folio: str
    tipo: str
    sensible: bool
    direccion: str
    estado: str
    recibida_en: dt.datetime
    reloj: str
    vence_en: dt.datetime | None
    por_vencer_en: dt.datetime | None
    respondida_en: dt.datetime | None
    version: int
    servicio_nombre: str
    servicio_nombre_en: str
    dependencia: str
    siglas: str
    colonia: str | None
    usuario: str | None
    usuario_nombre: str | None
    usuario_apellidos: str | None

    @property
    def abierta(self) -> bool:
        """As ``Peticion.abierta``."""
        return self.estado in OPEN_STATES

    @property
    def orden_vence(self) -> dt.datetime:
        """What the order by term puts the case by."""
        return self.vence_en or NEVER

    @property
    def servicio(self) -> str:
        """The name of the service in the reader's language."""
        english = (get_language() or "").startswith("en")
        return (self.servicio_nombre_en if english else "") or self.servicio_nombre

    @property
    def responsable(self) -> str:
        """The whole name of who has the case, '' if nobody."""
        full = f"{self.usuario_nombre or ''} {self.usuario_apellidos or ''}".strip()
        return full or self.usuario or ""

    @property
    def quien(self) -> str:
        """The same as people call each other: first name and first surname."""
        surname = (self.usuario_apellidos or "").split()[:1]
        return " ".join([self.usuario_nombre or "", *surname]).strip() or self.usuario or ""

    def semaforo(self, now: dt.datetime) -> Semaforo:
        """As ``Peticion.semaforo``."""
        return clock_reading(self.reloj, self.vence_en, self.por_vencer_en, now)


COLUMNS = (
    *Line._fields[: Line._fields.index("servicio_nombre")],
    *("servicio__nombre", "servicio__nombre_en"),
    *("dependencia__nombre", "dependencia__siglas", "colonia__nombre"),
    *("responsable__username", "responsable__first_name", "responsable__last_name"),
)


def as_lines(rows: QuerySet[Peticion]) -> Iterable[Line]:
    """``rows``, in their order, as lines; one query."""
    return (Line(*row) for row in rows.values_list(*COLUMNS))
