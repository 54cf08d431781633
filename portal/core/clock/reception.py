"""From the act to the first day of the count."""

import datetime as dt
from dataclasses import dataclass

from .calendars import ONE_DAY, Calendar
from .steps import AFTER_HOURS, Step, StepKind
from .terms import ClockError, CountFrom, Pause, Unit, require_day


@dataclass(frozen=True, slots=True)
class Reception:
    """``effect`` is the day months are counted from, ``inicia`` the first day of the count."""

    effect: dt.date
    inicia: dt.date
    steps: tuple[Step, ...]


def receive(
    start: dt.date,
    calendar: Calendar,
    unit: Unit,
    *,
    count_from: CountFrom = CountFrom.NEXT_BUSINESS,
    received_next_business: bool | None = None,
    after_hours: bool = False,
) -> Reception:
    """
    When an act of ``start`` is held as received, takes effect and starts the count.

    :raises ClockError: ``start`` is not a date, ``count_from`` is unknown, or no business day.
    """
    require_day(start, "La fecha de inicio")
    if count_from not in set(CountFrom):
        raise ClockError("No se reconoce desde qué día empieza la cuenta.")
    received, steps = start, [Step(start, StepKind.INICIO)]
    shift = unit is not Unit.MESES if received_next_business is None else received_next_business
    why = calendar.reason(start)
    if after_hours or (shift and why):
        received = calendar.next_business(start)
        name, basis = why or (AFTER_HOURS, "")
        steps.append(Step(received, StepKind.RECIBE, nombre=name, fundamento=basis))
    effect = received
    if count_from == CountFrom.SECOND_BUSINESS:
        effect = calendar.next_business(received)
        steps.append(Step(effect, StepKind.SURTE))
    first = calendar.next_business(effect)
    if count_from == CountFrom.NEXT_DAY and unit is Unit.NATURALES:
        first = effect + ONE_DAY
    return Reception(effect, first, tuple(steps))


def skipped_days(
    start: dt.date, end: dt.date, calendar: Calendar, pauses: list[Pause]
) -> list[Step]:
    """The non-business days strictly between ``start`` and ``end`` that no pause holds."""
    held = [(pause.desde, pause.hasta and calendar.next_business(pause.hasta)) for pause in pauses]
    steps = []
    for offset in range(1, (end - start).days):
        day = start + ONE_DAY * offset
        why = calendar.reason(day)
        if why and not any(since < day and (back is None or day < back) for since, back in held):
            steps.append(Step(day, StepKind.INHABIL, nombre=why[0], fundamento=why[1]))
    return steps
