"""Counting a term in business days, natural days or months, one day at a time."""

import datetime as dt
from collections import deque
from dataclasses import dataclass, field, replace

from .calendars import ONE_DAY, Calendar
from .steps import NO_SUCH_DAY, Step, StepKind
from .terms import ClockError, Effect, Pause, Term, Unit

LONGEST_WALK = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a count ended: its steps, and what was used and is left when a pause is open."""

    inicia: dt.date | dt.datetime
    pasos: tuple[Step, ...]
    usados: float | None = None
    restantes: float | None = None


def add_months(base: dt.date, months: int) -> tuple[dt.date, bool]:
    """
    The same day number so many months later, and whether that month has it (LFPA 29).

    Without it, the first day of the month after: 31 January and one month give 1 March.
    """
    years, month = divmod(base.month - 1 + months, 12)
    try:
        return dt.date(base.year + years, month + 1, base.day), True
    except ValueError:
        return dt.date(base.year + years, month + 2, 1), False


@dataclass(slots=True)
class DayCount:
    """
    The state of one count.

    Every unit is the same walk. Business days count when they are business days; natural days
    always count; a month is the natural days from its base date to the same day number, so that a
    paused day pushes either of them by one. The term ends on the first business day, not paused,
    on which the count is full.
    """

    term: Term
    added: int
    calendar: Calendar
    effect: dt.date
    inicia: dt.date
    steps: list[Step] = field(default_factory=list)
    day: dt.date = field(init=False)
    used: int = field(init=False, default=0)
    target: int = field(init=False)
    original: int = field(init=False)
    nominal: dt.date | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        in_months = self.term.unidad is Unit.MESES
        self.day = self.effect + ONE_DAY if in_months else self.inicia
        self._measure(self.effect)

    def run(self, pauses: list[Pause]) -> Outcome:
        """
        Walk to the last day, or to a pause that has no end yet. ``pauses`` are merged already.

        :raises ClockError: the calendar leaves too few business days.
        """
        ahead = deque(pauses)
        for _ in range(LONGEST_WALK):
            if ahead and self.day > ahead[0].desde:
                pause = ahead.popleft()
                if pause.hasta is None:
                    return self._held(pause)
                self._resume(pause, pause.hasta)
            elif self._visit():
                return Outcome(self.inicia, tuple(self.steps))
            else:
                self.day += ONE_DAY
        raise ClockError("El calendario no deja días hábiles suficientes para este plazo.")

    def _measure(self, base: dt.date) -> None:
        if self.term.unidad is not Unit.MESES:
            self.original, self.target = self.term.cantidad, self.term.cantidad + self.added
            return
        first, _ = add_months(base, self.term.cantidad)
        last, exists = add_months(base, self.term.cantidad + self.added)
        self.original, self.target = (first - base).days, (last - base).days
        self.nominal = None if exists else last

    def _visit(self) -> bool:
        """Count the day if it counts; true when it is the last of the term."""
        business = self.calendar.is_business(self.day)
        if self.used < self.target and (business or self.term.unidad is not Unit.HABILES):
            self._count()
        elif not business and self.used < self.target:
            self._note_off(StepKind.INHABIL)
        if self.used < self.target:
            return False
        if self.day == self.nominal:
            self.steps.append(Step(self.day, StepKind.RECORRE, nombre=NO_SUCH_DAY))
        if not business:
            self._note_off(StepKind.RECORRE)
            return False
        number = None if self.term.unidad is Unit.MESES else self.used
        self.steps.append(Step(self.day, StepKind.VENCE, number))
        return True

    def _count(self) -> None:
        self.used += 1
        if self.term.unidad is not Unit.MESES:
            basis = self.calendar.habilitados.get(self.day)
            name = "" if basis is None else "día habilitado"
            self.steps.append(Step(self.day, StepKind.CUENTA, self.used, name, basis or ""))
        if self.used == self.original < self.target:
            self.steps.append(Step(self.day, StepKind.PRORROGA))

    def _note_off(self, kind: StepKind) -> None:
        name, basis = self.calendar.reason(self.day) or ("", "")
        self.steps.append(Step(self.day, kind, nombre=name, fundamento=basis))

    def _resume(self, pause: Pause, reply: dt.date) -> None:
        back = self.calendar.next_business(reply)
        self.day = max(self.day, back)
        self._note_pause(pause)
        kind = StepKind.REANUDA
        if pause.effect is Effect.INTERRUMPE:
            kind = StepKind.REINICIA
            base = max(reply, self.effect)
            self._measure(base)
            in_months = self.term.unidad is Unit.MESES
            self.used = (self.day - base).days - 1 if in_months else 0
        self.steps.append(Step(back, kind))

    def _held(self, pause: Pause) -> Outcome:
        self._note_pause(pause)
        steps = tuple(self.steps)
        if pause.effect is Effect.SUSPENDE:
            return Outcome(self.inicia, steps, self.used, max(self.target - self.used, 0))
        whole = None if self.term.unidad is Unit.MESES else self.target
        return Outcome(self.inicia, steps, 0, whole)

    def _note_pause(self, pause: Pause) -> None:
        step = Step(pause.desde, StepKind.PAUSA, nombre=pause.motivo, fundamento=pause.fundamento)
        self.steps.append(replace(step, hasta=pause.hasta, efecto=pause.effect))
