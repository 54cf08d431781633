"""Pauses put in order, so that a count meets one at a time."""

from dataclasses import replace

from .calendars import Calendar
from .terms import ClockError, Effect, Pause, instant, require_day, require_moment


def merge_pauses(pauses: tuple[Pause, ...], calendar: Calendar | None) -> list[Pause]:
    """
    By date, with those that begin before the previous one is over made into one.

    A pause in days is over on the business day after its reply, one in hours (no ``calendar``) at
    its reply. A merged pause is open if any part is and interrupts if any part does.
    """
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: instant(pause.desde)):
        if merged and not _is_over(merged[-1], pause, calendar):
            merged[-1] = _join(merged[-1], pause)
        else:
            merged.append(pause)
    return merged


def _is_over(first: Pause, second: Pause, calendar: Calendar | None) -> bool:
    if first.hasta is None:
        return False
    if calendar is None:
        return instant(second.desde) >= instant(first.hasta)
    return second.desde >= calendar.next_business(first.hasta)


def _join(first: Pause, second: Pause) -> Pause:
    until = None
    if first.hasta is not None and second.hasta is not None:
        until = max(first.hasta, second.hasta, key=instant)
    interrupts = Effect.INTERRUMPE in (first.effect, second.effect)
    return replace(
        first,
        hasta=until,
        effect=Effect.INTERRUMPE if interrupts else Effect.SUSPENDE,
        motivo="; ".join(dict.fromkeys(filter(None, (first.motivo, second.motivo)))),
        fundamento="; ".join(dict.fromkeys(filter(None, (first.fundamento, second.fundamento)))),
    )


def require_pauses(pauses, start, *, moments: bool) -> tuple[Pause, ...]:
    """
    The pauses of one count, all dates or all moments, none before ``start``.

    :raises ClockError: one is not.
    """
    require = require_moment if moments else require_day
    for pause in pauses:
        require(pause.desde, "El inicio de la pausa")
        if instant(pause.desde) < instant(start):
            raise ClockError("Una pausa no puede empezar antes que el plazo. Revise las fechas.")
    return tuple(pauses)
