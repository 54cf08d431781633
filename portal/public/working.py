"""The working of a deadline, laid out for a page: the grid of days and the facts beside it."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.clock import Effect, Explanation, Step, StepKind, Unit
from portal.core.clock.wording import enumerate_words, quantity
from portal.ui.dates import as_date, date_time, long_date, short_date

from .catalogue import lang


@dataclass(frozen=True)
class Working:
    """``grid`` is a block for ``{% day_count %}`` (``None`` for terms in hours)."""

    vence: dt.date | dt.datetime | None
    titulo: str
    texto: str
    grid: dict | None
    facts: list[dict] = field(default_factory=list)


def working_of(explanation: Explanation, *, today: dt.date) -> Working:
    """How ``explanation`` is shown, in the active language."""
    amount = explanation.cantidad + explanation.prorroga
    title = _("Cuenta de %(term)s") % {"term": quantity(amount, explanation.unidad, lang())}
    return Working(
        vence=explanation.vence,
        titulo=title,
        texto=explanation.as_text(lang()),
        grid=None if explanation.unidad is Unit.HORAS else _grid(explanation, today, title),
        facts=_facts(explanation),
    )


def working_from_data(data: dict, *, today: dt.date) -> Working:
    """The same, from what a ``Plazo`` keeps."""
    return working_of(Explanation.from_data(data), today=today)


def _grid(explanation: Explanation, today: dt.date, title: str) -> dict:
    weeks = explanation.calendar_weeks(lang())
    first = weeks[0][0]["date"]
    return {
        "name": title,
        "weeks": [[_cell(cell, cell["date"] == first, today) for cell in week] for week in weeks],
    }


def _cell(cell: dict, first: bool, today: dt.date) -> dict:
    day = cell["date"]
    label = short_date(day, year=False) if first or day.day == 1 else str(day.day)
    kind = "holiday" if cell["kind"] == "off" and cell["holiday"] else cell["kind"]
    return {**cell, "kind": kind, "label": label, "today": day == today}


def _facts(it: Explanation) -> list[dict]:
    rows = [
        (_("Inicio de la cuenta"), _start(it)),
        (_("Plazo"), quantity(it.cantidad, it.unidad, lang())),
        (_("No cuentan"), _skipped(it)),
        (_("Pausas"), _pauses(it)),
        (_("Prórroga"), _extension(it)),
        (_("Fundamento"), it.fundamento),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _when(moment: dt.date | dt.datetime) -> str:
    return date_time(moment) if isinstance(moment, dt.datetime) else long_date(moment)


def _start(it: Explanation) -> str:
    acts = it.steps(StepKind.INICIO)
    lines = [_("Se presentó el %(day)s.") % {"day": _when(acts[0].fecha)}] if acts else []
    for step in it.steps(StepKind.RECIBE):
        lines.append(_("Se tiene por recibido el %(day)s.") % {"day": _when(step.fecha)})
    lines.append(_("La cuenta empieza el %(day)s.") % {"day": _when(it.inicia)})
    return " ".join(lines)


def _skipped(it: Explanation) -> str:
    off = it.steps(StepKind.INHABIL, StepKind.RECORRE)
    weekly = [step for step in off if step.is_weekly_rest]
    lines = [_("sábados y domingos")] if weekly else []
    named = [s for s in off if not s.is_weekly_rest and s.clase is StepKind.INHABIL]
    return "\n".join([*lines, *(_closed(run) for run in _runs(named))])


def _runs(named: list[Step]) -> list[list[Step]]:
    """Days in a row with one name and basis, told as one; a weekend between does not part them."""
    runs: list[list[Step]] = []
    for step in named:
        last = runs[-1][-1] if runs else None
        same = last and (last.nombre, last.fundamento) == (step.nombre, step.fundamento)
        if same and (step.fecha - last.fecha).days <= 1 + (last.fecha.weekday() == 4) * 2:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _closed(run: list[Step]) -> str:
    first, last = run[0], run[-1]
    days = long_date(first.fecha, year=False)
    if len(run) > 1:
        until = long_date(last.fecha, year=False)
        days = _("del %(first)s al %(last)s") % {"first": days, "last": until}
    return f"{days}: {first.nombre}" + (f" ({first.fundamento})" if first.fundamento else "")


def _pauses(it: Explanation) -> str:
    lines = []
    for step in it.steps(StepKind.PAUSA):
        if step.hasta is None:
            text = _("Desde el %(day)s, hasta que usted responda.") % {"day": _when(step.fecha)}
        else:
            text = _("Del %(first)s al %(last)s.") % {
                "first": _when(step.fecha),
                "last": _when(step.hasta),
            }
        if step.efecto is Effect.INTERRUMPE:
            text = " ".join([text, _("La cuenta empieza otra vez desde cero.")])
        lines.append(text)
    return "\n".join(lines) or _("ninguna")


def _extension(it: Explanation) -> str:
    if not it.prorroga:
        return _("ninguna")
    text = quantity(it.prorroga, it.unidad, lang())
    return f"{text}: {it.prorroga_motivo}" if it.prorroga_motivo else text


def last_day(vence: dt.date | dt.datetime | None) -> dt.date | None:
    """The date on which a term ends, in the municipality's zone."""
    return as_date(vence) if vence else None


def local_today(moment: dt.datetime) -> dt.date:
    """The municipality's date at ``moment``."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def words_of(items: list[str]) -> str:
    """``a, b y c`` in the active language."""
    return enumerate_words(items, lang())
