"""How far acuerdos are fulfilled, from the states of their charges: arithmetic, no clock."""

import datetime as dt
from collections.abc import Collection

from tablero.coordinacion.constants import OPEN_STATES, EstadoEncargo

from .constants import Cumplimiento

_E = EstadoEncargo


def fulfilment(charges: Collection[tuple[str, dt.date]], today: dt.date) -> Cumplimiento:
    """
    From the state and the last day of each charge.

    One that is open and late makes the whole late; one open, under way. When all ended, one not
    fulfilled makes the whole not fulfilled; the moot and the revoked count for nothing, unless
    there is nothing else.
    """
    if not charges:
        return Cumplimiento.SIN_ENCARGOS
    states = {state for state, _day in charges}
    if any(state in OPEN_STATES and day < today for state, day in charges):
        return Cumplimiento.VENCIDO
    if not states.isdisjoint(OPEN_STATES):
        return Cumplimiento.EN_PROCESO
    if _E.INCUMPLIDO in states:
        return Cumplimiento.INCUMPLIDO
    return Cumplimiento.CUMPLIDO if _E.CUMPLIDO in states else Cumplimiento.SIN_MATERIA
