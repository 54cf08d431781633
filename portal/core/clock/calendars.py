"""The days that count and those that do not, as data with the legal basis of each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .terms import ClockError
from .wording import WEEKDAYS, full_date

ONE_DAY = dt.timedelta(days=1)
LONGEST_CLOSURE = 4000


@dataclass(frozen=True, slots=True)
class NonBusinessDay:
    """A day that does not count, why, and for whom (``ambito``: the municipality or one office)."""

    fecha: dt.date
    nombre: str
    fundamento: str
    ambito: str = "municipio"


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    One version of the calendar.

    ``dias`` are the non-business days by date; ``habilitados`` the days made business days by an
    act of authority (LFPA 28), with its basis, and they win over everything, Sundays included.
    ``weekend`` holds weekdays (Monday is 0). ``ejercicios`` are the years whose list was loaded:
    outside them only weekends are known, and a count that gets there says so.
    """

    dias: Mapping[dt.date, NonBusinessDay] = field(default_factory=dict)
    habilitados: Mapping[dt.date, str] = field(default_factory=dict)
    weekend: tuple[int, ...] = (5, 6)
    version: int = 1
    ejercicios: frozenset[int] = frozenset()
    weekend_basis: str = "LFPA art. 28"

    def is_business(self, day: dt.date) -> bool:
        """Whether ``day`` counts as a business day (LFPA 28)."""
        if day in self.habilitados:
            return True
        return day.weekday() not in self.weekend and day not in self.dias

    def reason(self, day: dt.date) -> tuple[str, str] | None:
        """Name and legal basis of a non-business day; ``None`` for a business day."""
        if self.is_business(day):
            return None
        if named := self.dias.get(day):
            return named.nombre, named.fundamento
        return WEEKDAYS["es"][day.weekday()], self.weekend_basis

    def next_business(self, day: dt.date) -> dt.date:
        """
        The first business day strictly after ``day``.

        :raises ClockError: there is none in the next 4000 days.
        """
        for _ in range(LONGEST_CLOSURE):
            day += ONE_DAY
            if self.is_business(day):
                return day
        raise ClockError(
            f"El calendario no tiene ningún día hábil antes del {full_date(day)}."
            " Revise los días inhábiles."
        )

    def roll_forward(self, day: dt.date) -> dt.date:
        """``day`` itself when it is a business day, else the next one (LFPA 29)."""
        return day if self.is_business(day) else self.next_business(day)

    def covers(self, day: dt.date) -> bool:
        """Whether the list of the year of ``day`` was loaded."""
        return day.year in self.ejercicios

    def with_days(
        self,
        dias: Iterable[NonBusinessDay] = (),
        habilitados: Mapping[dt.date, str] | None = None,
        *,
        version: int | None = None,
    ) -> "Calendar":
        """This calendar with more days in it (a decree, municipal holidays); the newer win."""
        return replace(
            self,
            dias={**self.dias, **{dia.fecha: dia for dia in dias}},
            habilitados={**self.habilitados, **(habilitados or {})},
            version=self.version if version is None else version,
        )
