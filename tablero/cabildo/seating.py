"""
Who holds each seat of a body on a day. Pure: rows already read, and a date.

A seat is held by its holder who took the oath and is not away. While the holder is away, the
substitute holds it from the day they were called, if they took the oath and are not away too.
Otherwise it is empty, and does not count among the members in office.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .constants import Calidad, Cargo
from .models import Asiento, Ausencia, Integrante, Ocupacion


@dataclass(frozen=True)
class Seat:
    """
    A seat as it stands on a day. ``ocupacion`` is whoever acts, or ``None``; ``titular`` the one
    elected holder, also while away; ``ausencia`` why the holder is away; ``suplente`` who was
    elected with them.
    """

    asiento: Asiento
    ocupacion: Ocupacion | None
    titular: Ocupacion | None
    ausencia: Ausencia | None = None
    suplente: Ocupacion | None = None

    @property
    def integrante(self) -> Integrante | None:
        """Who acts."""
        return self.ocupacion.integrante if self.ocupacion else None

    @property
    def suple(self) -> bool:
        """Whether a substitute acts."""
        return self.ocupacion is not None and self.ocupacion.calidad == Calidad.SUPLENTE


def in_force(row, day: dt.date) -> bool:
    """Whether a row with validity is in force on ``day``."""
    return row.vigente_desde <= day and (row.vigente_hasta is None or day <= row.vigente_hasta)


def seated(
    asientos: Sequence[Asiento], ocupaciones: Iterable[Ocupacion], day: dt.date
) -> list[Seat]:
    """
    The seats in force on ``day``, in the order of the roll call. ``ocupaciones`` carry their
    ``ausencias`` prefetched.
    """
    by_seat: dict[int, list[Ocupacion]] = {}
    for row in ocupaciones:
        if in_force(row, day):
            by_seat.setdefault(row.asiento_id, []).append(row)
    seats = [seat for seat in asientos if in_force(seat, day)]
    return [_seat(seat, by_seat.get(seat.pk, []), day) for seat in seats]


def absence_on(ocupacion: Ocupacion, day: dt.date) -> Ausencia | None:
    """Why somebody is away on ``day``; ``None`` when they are not."""
    for row in ocupacion.ausencias.all():
        if row.desde <= day and (row.hasta is None or day <= row.hasta):
            return row
    return None


def presiding(seats: Iterable[Seat]) -> Seat | None:
    """The seat of whoever presides the body."""
    return next((seat for seat in seats if seat.asiento.cargo == Cargo.PRESIDENCIA), None)


def _seat(asiento: Asiento, rows: list[Ocupacion], day: dt.date) -> Seat:
    holder = next((row for row in rows if row.calidad == Calidad.PROPIETARIO), None)
    substitute = next((row for row in rows if row.calidad == Calidad.SUPLENTE), None)
    away = absence_on(holder, day) if holder else None
    acting = None
    if holder is not None and away is None:
        acting = holder if _sworn(holder, day) else None
    elif substitute is not None and away is not None:
        called = away.suplente_desde is not None and away.suplente_desde <= day
        ready = _sworn(substitute, day) and absence_on(substitute, day) is None
        acting = substitute if called and ready else None
    return Seat(asiento, acting, holder, away, substitute)


def _sworn(row: Ocupacion, day: dt.date) -> bool:
    return row.protesta is not None and row.protesta <= day
