"""The values a count is made from: terms, pauses, extensions, and the limits on each."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from portal.core.errors import InvalidInputError

from .wording import full_date, quantity

HALF = Fraction(1, 2)
FIRST_YEAR, LAST_YEAR = 1900, 2200


class ClockError(InvalidInputError, ValueError):
    """A count was asked for that the law, the calendar or good sense does not admit."""

    code = "plazo_invalido"


class Unit(StrEnum):
    """What a term is counted in."""

    HABILES = "habiles"
    NATURALES = "naturales"
    MESES = "meses"
    HORAS = "horas"


class Effect(StrEnum):
    """What a pause does to the days already counted: keeps them, or loses them."""

    SUSPENDE = "suspende"
    INTERRUMPE = "interrumpe"


class Origin(StrEnum):
    """The act the term runs from; it only changes the words of the explanation."""

    PRESENTACION = "presentacion"
    NOTIFICACION = "notificacion"


class CountFrom(StrEnum):
    """
    The day that is number one.

    ``NEXT_BUSINESS``: the first business day after the act (LFPA 38, the default).
    ``NEXT_DAY``: the day after the act, business or not; differs only for natural days.
    ``SECOND_BUSINESS``: the act takes effect on the next business day and the count starts on the
    one after that, as some state laws have it.
    """

    NEXT_BUSINESS = "next_business"
    NEXT_DAY = "next_day"
    SECOND_BUSINESS = "second_business"


MAXIMUM = {Unit.HABILES: 3650, Unit.NATURALES: 3650, Unit.MESES: 120, Unit.HORAS: 87_600}


def require_amount(cantidad, unidad: Unit, what: str) -> None:
    """
    :raises ClockError: ``cantidad`` is not a whole number from 1 to the most allowed in its unit.
    """
    if isinstance(cantidad, bool) or not isinstance(cantidad, int):
        raise ClockError(f"{what} debe ser un número entero.")
    if cantidad < 1:
        raise ClockError(f"{what} debe ser mayor que cero.")
    if cantidad > MAXIMUM[unidad]:
        raise ClockError(f"{what} no puede pasar de {quantity(MAXIMUM[unidad], unidad)}.")


def require_day(value, what: str) -> dt.date:
    """
    :raises ClockError: not a plain date, or outside the years this clock covers (1900 to 2200).
        A moment is refused rather than cut to its date: the date depends on the zone.
    """
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ClockError(f"{what} debe ser una fecha, sin hora.")
    return _within_years(value, what)


def require_moment(value, what: str) -> dt.datetime:
    """
    :raises ClockError: not a date with hour and zone, or outside the years covered.
    """
    if not isinstance(value, dt.datetime) or value.utcoffset() is None:
        raise ClockError(f"{what} debe ser una fecha con hora y zona horaria.")
    return _within_years(value, what)


def _within_years(value, what: str):
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ClockError(f"{what} debe estar entre los años {FIRST_YEAR} y {LAST_YEAR}.")
    return value


def instant(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """
    A moment in UTC, a date as it is.

    Python compares and subtracts two moments of one zone by the clock on the wall, which is wrong
    by an hour across a change of season.
    """
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


@dataclass(frozen=True, slots=True)
class Term:
    """
    So many units of time.

    :raises ClockError: zero, negative, or over 3650 days, 120 months or 87,600 hours.
    """

    cantidad: int
    unidad: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unidad", as_unit(self.unidad))
        require_amount(self.cantidad, self.unidad, "El plazo")


@dataclass(frozen=True, slots=True)
class Pause:
    """
    A stretch in which the term does not run (a prevención, LFPA 17-A).

    It takes effect on ``desde``, which still counts, and ends with the reply on ``hasta``; the
    count goes on the next business day. ``hasta=None`` is a pause with no reply yet. Dates for
    terms in days and months, aware datetimes for terms in hours.

    :raises ClockError: it ends before it begins, or mixes dates and datetimes.
    """

    desde: dt.date | dt.datetime
    hasta: dt.date | dt.datetime | None
    effect: Effect
    motivo: str
    fundamento: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "effect", as_effect(self.effect))
        require: Callable[[Any, str], dt.date]
        if isinstance(self.desde, dt.datetime):
            require_moment(self.desde, "El inicio de la pausa")
            require = require_moment
        else:
            require_day(self.desde, "El inicio de la pausa")
            require = require_day
        if self.hasta is None:
            return
        if instant(require(self.hasta, "El fin de la pausa")) < instant(self.desde):
            raise ClockError(
                f"La pausa termina el {full_date(self.hasta)}, antes de empezar."
                " Revise las dos fechas."
            )


@dataclass(frozen=True, slots=True)
class Extension:
    """
    Time added to a term once, for a stated reason (LFPA 31), in the unit of the term.

    :raises ClockError: the amount is not acceptable, as in ``Term``.
    """

    cantidad: int
    unidad: Unit
    motivo: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "unidad", as_unit(self.unidad))
        require_amount(self.cantidad, self.unidad, "La prórroga")


def as_unit(value) -> Unit:
    """
    :raises ClockError: not one of the four units.
    """
    try:
        return Unit(value)
    except ValueError:
        raise ClockError("La unidad debe ser habiles, naturales, meses u horas.") from None


def as_effect(value) -> Effect:
    """
    :raises ClockError: neither of the two effects.
    """
    try:
        return Effect(value)
    except ValueError:
        raise ClockError("El efecto de la pausa debe ser suspende o interrumpe.") from None


def extension_cap(term: Term, fraction: Fraction = HALF) -> int:
    """
    The longest extension of ``term``, in its own unit: a fraction of it, rounded down.

    LFPA 31 allows at most half: 5 days on 10, 7 on 15, 1 month on 3, nothing on 1 month.

    :raises ClockError: ``fraction`` is not a number from zero up.
    """
    return int(term.cantidad * as_fraction(fraction))


def as_fraction(value) -> Fraction:
    """
    :raises ClockError: not a number from zero up (``Fraction``, ``int``, ``Decimal``, ``"1/2"``).
    """
    try:
        fraction = Fraction(value)
    except (TypeError, ValueError, ArithmeticError):
        raise ClockError("La fracción del plazo debe ser un número, como 1/2.") from None
    if fraction < 0:
        raise ClockError("La fracción del plazo no puede ser negativa.")
    return fraction


def require_extension(term: Term, extension: Extension | None, fraction: Fraction) -> int:
    """
    How much ``extension`` adds to ``term``, zero without one.

    :raises ClockError: it is over the cap or in another unit.
    """
    if extension is None:
        return 0
    if extension.unidad != term.unidad:
        raise ClockError("La prórroga debe estar en la misma unidad que el plazo.")
    most = extension_cap(term, fraction)
    if most == 0:
        raise ClockError(
            f"Un plazo de {quantity(term.cantidad, term.unidad)} no admite prórroga:"
            " la parte que la ley permite no alcanza una unidad completa."
        )
    if extension.cantidad > most:
        raise ClockError(
            f"La prórroga no puede pasar de {quantity(most, term.unidad)}"
            f" para un plazo de {quantity(term.cantidad, term.unidad)}."
        )
    return extension.cantidad
