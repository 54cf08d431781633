"""What a case's term comes to: the rule, the calendar and what paused or extended it. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from portal.core.clock import (
    Calendar,
    Explanation,
    Extension,
    Origin,
    Pause,
    Term,
    Unit,
    deadline,
    due_soon_from,
    prevencion_limit,
)
from portal.core.rule_values import RuleValue

from .constants import Reloj, Semaforo

END_OF_DAY = dt.time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class Hold:
    """A correction that was asked for: from when, until the reply (``None``, still waiting)."""

    desde: dt.datetime
    hasta: dt.datetime | None
    efecto: str
    fundamento: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """A computed term. Moments are aware; ``vence`` is ``None`` while a hold is open."""

    inicia: dt.datetime
    vence: dt.datetime | None
    por_vencer: dt.datetime | None
    explanation: Explanation

    @property
    def paused(self) -> bool:
        """Whether the clock waits for the citizen."""
        return self.vence is None


@dataclass(frozen=True, slots=True)
class Counting:
    """Everything a count is made from. ``zone`` is where the legal day begins and ends."""

    rule: RuleValue
    fundamento: str
    start: dt.datetime
    calendar: Calendar
    zone: ZoneInfo
    holds: tuple[Hold, ...] = ()
    added: int = 0
    added_reason: str = ""
    origin: Origin = Origin.PRESENTACION

    @property
    def in_hours(self) -> bool:
        """Whether the term runs by the clock and not by the calendar."""
        return self.rule.plazo.unidad is Unit.HORAS

    def local(self, moment: dt.datetime) -> dt.date | dt.datetime:
        """``moment`` as this count takes it: a local date, or a local moment for hours."""
        there = moment.astimezone(self.zone)
        return there if self.in_hours else there.date()


def end_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The last microsecond of ``day`` in ``zone``."""
    return dt.datetime.combine(day, END_OF_DAY, tzinfo=zone)


def start_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The first moment of ``day`` in ``zone``."""
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)


def last_moment(limit: dt.date | dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The end of a day, or a moment as it is."""
    return limit if isinstance(limit, dt.datetime) else end_of_day(limit, zone)


def compute(counting: Counting) -> Timing:
    """
    The term of a case with its working.

    :raises ClockError: an extension over the cap, or a calendar that leaves no business days.
    """
    rule = counting.rule
    extension = None
    if counting.added:
        extension = Extension(counting.added, rule.plazo.unidad, counting.added_reason)
    result = deadline(
        term=rule.plazo,
        start=counting.local(counting.start),
        calendar=counting.calendar,
        pauses=[_pause(hold, counting) for hold in counting.holds],
        extension=extension,
        count_from=rule.cuenta_desde,
        fundamento=counting.fundamento,
        origen=counting.origin,
        **({"extension_cap": rule.prorroga.tope} if rule.prorroga else {}),
    )
    vence = None if result.vence is None else last_moment(result.vence, counting.zone)
    return Timing(counting.start, vence, _amber(vence, counting), result.explicacion)


def _pause(hold: Hold, counting: Counting) -> Pause:
    until = None if hold.hasta is None else counting.local(hold.hasta)
    since = max(counting.local(hold.desde), counting.local(counting.start))
    return Pause(since, until, hold.efecto, "prevención", hold.fundamento)


def _amber(vence: dt.datetime | None, counting: Counting) -> dt.datetime | None:
    """Start of the day with ``alerta_dias`` left; for hours, not before the last third."""
    if vence is None:
        return None
    local = vence.astimezone(counting.zone)
    day = due_soon_from(local.date(), counting.rule.alerta_dias, counting.calendar)
    amber = start_of_day(day, counting.zone)
    if not counting.in_hours:
        return amber
    return max(amber, vence - dt.timedelta(hours=counting.rule.plazo.cantidad) / 3)


def correction_limit(counting: Counting) -> dt.datetime:
    """
    The last moment to ask for a correction (LFPA 17-A: the first third of the term).

    The rule must admit one.
    """
    limit = prevencion_limit(
        term=counting.rule.plazo,
        start=counting.local(counting.start),
        calendar=counting.calendar,
        fraction=counting.rule.prevencion.fraccion,
        count_from=counting.rule.cuenta_desde,
    )
    return last_moment(limit, counting.zone)


def business_days_after(
    moment: dt.datetime, days: int, calendar: Calendar, zone: ZoneInfo
) -> dt.datetime:
    """The end of the ``days``-th business day after ``moment``; of its own day for zero."""
    start = moment.astimezone(zone).date()
    if days == 0:
        return end_of_day(start, zone)
    result = deadline(term=Term(days, Unit.HABILES), start=start, calendar=calendar)
    return end_of_day(result.vence, zone)


def touches(first: dt.datetime, last: dt.datetime, days: Iterable[dt.date], zone: ZoneInfo) -> bool:
    """Whether any of ``days`` lies between the two moments, ends included."""
    since, until = first.astimezone(zone).date(), last.astimezone(zone).date()
    return any(since <= day <= until for day in days)


def clock_reading(
    reloj: str, vence: dt.datetime | None, por_vencer: dt.datetime | None, now: dt.datetime
) -> Semaforo:
    """What the clock of a case says at ``now`` (aware), from the columns that hold it."""
    if reloj == Reloj.DETENIDO:
        return Semaforo.TERMINADA
    if reloj == Reloj.PAUSADO:
        return Semaforo.PAUSADA
    if vence < now:
        return Semaforo.VENCIDA
    if por_vencer <= now:
        return Semaforo.POR_VENCER
    return Semaforo.EN_TIEMPO
