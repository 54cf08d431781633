"""The days of a count laid out as a calendar, for a template to draw."""

import datetime as dt
from typing import TYPE_CHECKING

from .steps import Step, StepKind
from .terms import Unit
from .wording import MONTHS

if TYPE_CHECKING:
    from .explanation import Explanation

ONE_DAY = dt.timedelta(days=1)
WEEK = 7


def by_month(explanation: "Explanation", lang: str) -> list[dict]:
    """Each month touched, in weeks of seven cells; ``date`` is ``None`` outside the month."""
    cells = _cells(explanation)
    months = dict.fromkeys((day.year, day.month) for day in _span(min(cells), max(cells)))
    return [_month(year, month, cells, lang) for year, month in months]


def by_week(explanation: "Explanation", lang: str) -> list[list[dict]]:
    """Whole weeks from the Monday before the start to the Sunday after the end."""
    del lang
    cells = _cells(explanation)
    days = _whole_weeks(min(cells), max(cells))
    return _in_weeks([cells.get(day) or _cell(day, "out") for day in days])


def _month(year: int, month: int, cells: dict, lang: str) -> dict:
    first = dt.date(year, month, 1)
    last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    row = [
        (cells.get(day) or _cell(day, "out")) if day.month == month else _cell(None, "out")
        for day in _whole_weeks(first, last)
    ]
    return {
        "name": f"{MONTHS[lang][month - 1]} {year}" if lang == "en" else _spanish(year, month),
        "year": year,
        "month": month,
        "weeks": _in_weeks(row),
    }


def _spanish(year: int, month: int) -> str:
    return f"{MONTHS['es'][month - 1]} de {year}"


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def _whole_weeks(first: dt.date, last: dt.date) -> list[dt.date]:
    return _span(first - first.weekday() * ONE_DAY, last + (6 - last.weekday()) * ONE_DAY)


def _in_weeks(cells: list[dict]) -> list[list[dict]]:
    return [cells[n : n + WEEK] for n in range(0, len(cells), WEEK)]


def _cell(day: dt.date | None, kind: str, step: Step | None = None) -> dict:
    return {
        "date": day,
        "kind": kind,
        "number": step.numero if step else None,
        "title": step.nombre if step else "",
        "holiday": kind == "off" and step is not None and not step.is_weekly_rest,
    }


def _date(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


KINDS = {
    StepKind.INICIO: "start",
    StepKind.RECIBE: "start",
    StepKind.CUENTA: "count",
    StepKind.INHABIL: "off",
    StepKind.VENCE: "due",
}


def _cells(explanation: "Explanation") -> dict[dt.date, dict]:
    cells: dict[dt.date, dict] = {}
    received = explanation.steps(StepKind.RECIBE)
    for step in explanation.pasos:
        day, kind = _date(step.fecha), KINDS.get(step.clase)
        if step.clase is StepKind.PAUSA:
            _mark_pause(cells, step, explanation)
        elif step.clase is StepKind.INICIO and received:
            cells[day] = _cell(day, "out", step)
        elif step.clase is StepKind.RECORRE:
            cells.setdefault(day, _cell(day, "off", step))
        elif kind:
            cells[day] = _cell(day, kind, step)
    if explanation.unidad in (Unit.MESES, Unit.HORAS) and explanation.vence:
        for day in _span(min(cells), _date(explanation.vence)):
            cells.setdefault(day, _cell(day, "count"))
    return cells


def _mark_pause(cells: dict, step: Step, explanation: "Explanation") -> None:
    """From the day after it takes effect to the one before the count goes on."""
    first = _date(step.fecha)
    later = explanation.steps(StepKind.REANUDA, StepKind.REINICIA)
    back = min((_date(s.fecha) for s in later if _date(s.fecha) > first), default=None)
    last = back - ONE_DAY if step.hasta and back else first + WEEK * ONE_DAY
    for day in _span(first + ONE_DAY, last):
        cells[day] = _cell(day, "pause", step)
