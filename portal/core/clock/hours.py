"""Counting a term in hours: elapsed time, whatever clocks and zones do meanwhile."""

import datetime as dt

from .calendars import Calendar
from .days import Outcome
from .pauses import merge_pauses
from .steps import Step, StepKind
from .terms import Effect, Pause, Term, require_moment

HOUR = dt.timedelta(hours=1)


def _utc(moment: dt.date) -> dt.datetime:
    return require_moment(moment, "La pausa").astimezone(dt.UTC)


class HourCount:
    """
    The state of one count.

    Arithmetic in UTC. Every moment is reported with the offset that the zone of ``start`` has then,
    not with the zone: of the two equal hours of an autumn night only the offset tells which.

    A pause takes effect at its own moment and the count goes on at the moment of the reply.
    """

    def __init__(self, term: Term, added: int, start: dt.datetime) -> None:
        self.zone = start.tzinfo
        self.start = self._local(start)
        self.at = start.astimezone(dt.UTC)
        self.original = term.cantidad * HOUR
        self.total = (term.cantidad + added) * HOUR
        self.used = dt.timedelta()
        self.steps = [Step(self.start, StepKind.INICIO)]

    def run(self, pauses: tuple[Pause, ...], roll: Calendar | None) -> Outcome:
        """
        Run to the end, or to a pause with no end yet.

        With ``roll``, an end on a non-business day moves to the same hour of the next business
        day of that calendar.
        """
        for pause in merge_pauses(pauses, None):
            if self.at + self.total - self.used <= _utc(pause.desde):
                break
            self._advance(_utc(pause.desde))
            self._note_pause(pause)
            if pause.hasta is None:
                return self._held(pause)
            self._resume(pause, _utc(pause.hasta))
        self._advance(self.at + self.total - self.used)
        return Outcome(self.start, (*self.steps, *self._last(roll)))

    def _local(self, moment: dt.datetime) -> dt.datetime:
        local = moment.astimezone(self.zone)
        return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)

    def _advance(self, moment: dt.datetime) -> None:
        ends = self.at + self.original - self.used
        if self.original < self.total and self.at < ends <= moment:
            self.steps.append(Step(self._local(ends), StepKind.PRORROGA))
        self.used += moment - self.at
        self.at = moment

    def _note_pause(self, pause: Pause) -> None:
        self.steps.append(
            Step(
                self._local(_utc(pause.desde)),
                StepKind.PAUSA,
                nombre=pause.motivo,
                fundamento=pause.fundamento,
                hasta=pause.hasta and self._local(_utc(pause.hasta)),
                efecto=pause.effect,
            )
        )

    def _resume(self, pause: Pause, reply: dt.datetime) -> None:
        kind = StepKind.REANUDA
        if pause.effect is Effect.INTERRUMPE:
            kind, self.used = StepKind.REINICIA, dt.timedelta()
        self.at = reply
        self.steps.append(Step(self._local(self.at), kind))

    def _held(self, pause: Pause) -> Outcome:
        if pause.effect is Effect.INTERRUMPE:
            self.used = dt.timedelta()
        used, left = (round(span / HOUR, 4) for span in (self.used, self.total - self.used))
        return Outcome(self.start, tuple(self.steps), used, left)

    def _last(self, roll: Calendar | None) -> list[Step]:
        ends, steps = self._local(self.at), []
        if roll is not None and (why := roll.reason(ends.date())):
            steps.append(Step(ends, StepKind.RECORRE, nombre=why[0], fundamento=why[1]))
            day = roll.next_business(ends.date())
            rolled = dt.datetime.combine(day, ends.time(), self.zone)
            # An hour that the zone skips that day becomes the real hour it stands for.
            ends = self._local(rolled.astimezone(dt.UTC))
        number = self.total // HOUR
        return [*steps, Step(ends, StepKind.VENCE, number)]
