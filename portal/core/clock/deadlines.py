"""
The last day of a term, with its working.

Reception: an act on a non-business day, or ``after_hours``, is held as received on the next
business day. ``received_next_business=False`` takes ``start`` as it is, which is the default for
months, that run from date to date.

Business days: number one is the next business day (LFPA 38), the last is the n-th.

Natural days: number one is the next business day and from there every day counts.

Months: from the date of the act to the same day number, or the first of the month after if that
month has no such day (LFPA 29).

All three move to the next business day when the last one is not (LFPA 28, 29).

Pauses: see ``Pause``. In natural days and months, each day from the one after ``desde`` to the one
before the count goes on pushes the end by one; interrupted months run anew from the date of the
reply. A pause after the term has run out changes nothing.

Hours: elapsed time from an aware datetime, whatever the zone's clock does meanwhile. They roll
forward only with ``roll_hours``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from .calendars import Calendar
from .days import DayCount, Outcome
from .explanation import Explanation
from .hours import HourCount
from .pauses import merge_pauses, require_pauses
from .reception import receive, skipped_days
from .terms import (
    HALF,
    CountFrom,
    Extension,
    Origin,
    Pause,
    Term,
    Unit,
    require_extension,
    require_moment,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    The result of a count.

    ``vence`` is a date, or a moment for hours; ``None`` while a pause is open (``pausado``), and
    then ``usados`` and ``restantes`` say how much ran and is left. ``inicia`` is the first day of
    the count. ``covered`` is false when the count ran into a year whose calendar is not loaded.
    """

    vence: dt.date | dt.datetime | None
    pausado: bool
    inicia: dt.date | dt.datetime
    usados: float | None
    restantes: float | None
    explicacion: Explanation
    calendar_version: int
    covered: bool


def deadline(
    *,
    term: Term,
    start: dt.date | dt.datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
    count_from: CountFrom = CountFrom.NEXT_BUSINESS,
    extension_cap: Fraction = HALF,
    received_next_business: bool | None = None,
    after_hours: bool = False,
    roll_hours: bool = False,
    fundamento: str = "",
    origen: Origin = Origin.PRESENTACION,
) -> Deadline:
    """
    The last day of ``term`` for an act of ``start``, by the rules at the top of this module.

    Dates are local to the municipality. ``fundamento`` and ``origen`` only go into the words.

    :raises ClockError: absurd or mixed input, an extension over ``extension_cap``, or a calendar
        without business days.
    """
    added = require_extension(term, extension, extension_cap)
    if term.unidad is Unit.HORAS:
        outcome = _count_hours(term, added, start, pauses, calendar if roll_hours else None)
    else:
        options = (count_from, received_next_business, after_hours)
        outcome = _count_days(term, added, start, calendar, pauses, options)
    uses_calendar = roll_hours or term.unidad is not Unit.HORAS
    unknown = _years_unknown(outcome, calendar) if uses_calendar else ()
    return _conclude(outcome, term, calendar, unknown, extension, fundamento, Origin(origen))


def _conclude(outcome, term, calendar, unknown, extension, fundamento, origen) -> Deadline:
    explanation = Explanation(
        unidad=term.unidad,
        cantidad=term.cantidad,
        pasos=outcome.pasos,
        inicia=outcome.inicia,
        origen=origen,
        fundamento=fundamento,
        prorroga=extension.cantidad if extension else 0,
        prorroga_motivo=extension.motivo if extension else "",
        usados=outcome.usados,
        restantes=outcome.restantes,
        sin_calendario=unknown,
    )
    return Deadline(
        vence=explanation.vence,
        pausado=explanation.pausado,
        inicia=outcome.inicia,
        usados=outcome.usados,
        restantes=outcome.restantes,
        explicacion=explanation,
        calendar_version=calendar.version,
        covered=not unknown,
    )


def _years_unknown(outcome: Outcome, calendar: Calendar) -> tuple[int, ...]:
    touched = range(outcome.pasos[0].fecha.year, outcome.pasos[-1].fecha.year + 1)
    return tuple(year for year in touched if year not in calendar.ejercicios)


def _count_days(term, added, start, calendar, pauses, options) -> Outcome:
    count_from, received_next_business, after_hours = options
    reception = receive(
        start,
        calendar,
        term.unidad,
        count_from=count_from,
        received_next_business=received_next_business,
        after_hours=after_hours,
    )
    held = merge_pauses(require_pauses(pauses, start, moments=False), calendar)
    steps = list(reception.steps)
    if term.unidad is not Unit.MESES:
        steps += skipped_days(start, reception.inicia, calendar, held)
    count = DayCount(term, added, calendar, reception.effect, reception.inicia, steps)
    outcome = count.run(held)
    return replace(outcome, pasos=tuple(sorted(outcome.pasos, key=lambda step: step.fecha)))


def _count_hours(term, added, start, pauses, roll: Calendar | None) -> Outcome:
    require_moment(start, "El inicio de un plazo en horas")
    pauses = require_pauses(pauses, start, moments=True)
    return HourCount(term, added, start).run(pauses, roll)
