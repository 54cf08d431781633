"""The federal list of rest days (LFT 74), computed by the ``holidays`` package."""

import datetime as dt
from collections.abc import Iterable

import holidays

from .calendars import Calendar, NonBusinessDay
from .terms import FIRST_YEAR, LAST_YEAR, ClockError

FRACTIONS = {1: "I", 2: "II", 3: "III", 5: "IV", 9: "V", 11: "VI", 10: "VII", 12: "VIII"}
"""Fraction of LFT 74 by month: each fraction that names a date has a month of its own."""


def federal_days(years: Iterable[int]) -> list[NonBusinessDay]:
    """
    The rest days of LFT 74 in ``years``, with their fraction as basis.

    Election days (fraction IX) are set by other laws each time and are added by staff.

    :raises ClockError: a year outside 1900 to 2200.
    """
    wanted = sorted(set(years))
    for year in wanted:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ClockError(f"El año {year} está fuera del calendario que se puede calcular.")
    # An empty list would make the package fill in years on its own as they are asked for.
    found = holidays.Mexico(years=wanted, language="es", expand=False) if wanted else {}
    return [NonBusinessDay(day, found[day], _basis(day), "federal") for day in sorted(found)]


def _basis(day: dt.date) -> str:
    return f"LFT art. 74, fracción {FRACTIONS[day.month]}"


def federal_calendar(years: Iterable[int]) -> Calendar:
    """
    A calendar of weekends and the federal rest days of ``years``, which it declares loaded.

    :raises ClockError: a year outside 1900 to 2200.
    """
    loaded = frozenset(years)
    days = {day.fecha: day for day in federal_days(loaded)}
    return Calendar(dias=days, ejercicios=loaded)
