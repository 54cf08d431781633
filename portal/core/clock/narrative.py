"""The working of a count in full sentences, in Spanish and in English."""

import datetime as dt
from typing import TYPE_CHECKING

from .phrases import PHRASES
from .steps import AFTER_HOURS, NO_SUCH_DAY, Step, StepKind
from .terms import ClockError, Effect, Origin, Unit
from .wording import (
    LANGUAGES,
    WEEKDAYS_PLURAL,
    enumerate_words,
    full_date,
    number,
    quantity,
    short_date,
    with_basis,
)

if TYPE_CHECKING:
    from .explanation import Explanation

ONE_DAY = dt.timedelta(days=1)


def narrate(explanation: "Explanation", lang: str) -> str:
    """
    One paragraph with the working and, if a year was not loaded, another with the warning.

    :raises ClockError: a language other than ``es`` or ``en``.
    """
    if lang not in LANGUAGES:
        raise ClockError("La explicación solo existe en español (es) e inglés (en).")
    teller = _Teller(explanation, lang)
    sentences = [
        teller.origin(),
        teller.effect(),
        teller.term(),
        teller.skipped(),
        teller.enabled(),
        *teller.pauses(),
        teller.extension(),
        teller.rolled(),
        teller.end(),
    ]
    paragraph = " ".join(filter(None, sentences))
    return "\n\n".join(filter(None, [paragraph, teller.warning()]))


class _Teller:
    def __init__(self, explanation: "Explanation", lang: str) -> None:
        self.it, self.lang, self.say = explanation, lang, PHRASES[lang]
        self.years_differ = len({step.fecha.year for step in explanation.pasos}) > 1

    def _day(self, moment) -> str:
        return full_date(moment, self.lang)

    def _short(self, day: dt.date) -> str:
        return short_date(day, self.lang, year=self.years_differ)

    def _amount(self, amount: float) -> str:
        return quantity(amount, self.it.unidad, self.lang)

    def _only(self, kind: StepKind) -> Step | None:
        return next(iter(self.it.steps(kind)), None)

    def origin(self) -> str:
        start, received = self.it.pasos[0], self._only(StepKind.RECIBE)
        verb = "notified" if self.it.origen is Origin.NOTIFICACION else "filed"
        text = self.say[verb].format(day=self._day(start.fecha))
        if received is None:
            return f"{text}."
        if received.nombre == AFTER_HOURS:
            why = self.say["after_hours"]
        else:
            rests = Step(start.fecha, start.clase, nombre=received.nombre).is_weekly_rest
            name = "" if rests else received.nombre
            why = with_basis(self.say["not_business"], name, received.fundamento)
        return f"{text}{self.say['received'].format(why=why, day=self._day(received.fecha))}"

    def effect(self) -> str:
        step = self._only(StepKind.SURTE)
        return self.say["effect"].format(day=self._day(step.fecha)) if step else ""

    def term(self) -> str:
        amount = with_basis(self._amount(self.it.cantidad), self.it.fundamento)
        if self.it.unidad is Unit.HORAS:
            return self.say["term_hours"].format(amount=amount)
        if self.it.unidad is Unit.MESES:
            base = self._only(StepKind.SURTE) or self._only(StepKind.RECIBE) or self.it.pasos[0]
            return self.say["term_months"].format(amount=amount, day=self._day(base.fecha))
        key = "term" if self.it.unidad is Unit.HABILES else "term_every_day"
        return self.say[key].format(amount=amount, day=self._day(self.it.inicia))

    def skipped(self) -> str:
        steps = self.it.steps(StepKind.INHABIL)
        if self.it.unidad is not Unit.HABILES:
            return self._list("skipped_before", [self._one_off(step) for step in steps])
        resting = sorted({step.fecha.weekday() for step in steps if step.is_weekly_rest})
        items = [enumerate_words([WEEKDAYS_PLURAL[self.lang][d] for d in resting], self.lang)]
        items += [self._group(*group) for group in _grouped(steps)]
        return self._list("skipped", items)

    def _one_off(self, step: Step) -> str:
        name = "" if step.is_weekly_rest else step.nombre
        return with_basis(self._short(step.fecha), name, step.fundamento)

    def enabled(self) -> str:
        steps = [step for step in self.it.steps(StepKind.CUENTA) if step.nombre]
        return self._list(
            "enabled", [with_basis(self._short(s.fecha), s.fundamento) for s in steps]
        )

    def _list(self, key: str, items: list[str]) -> str:
        said = "; ".join(filter(None, items))
        return self.say[key].format(items=said) if said else ""

    def _group(self, first: Step, last: Step) -> str:
        days = self._short(first.fecha)
        if first is not last:
            days = self.say["range"].format(first=days, last=self._short(last.fecha))
        return with_basis(days, first.nombre, first.fundamento)

    def pauses(self) -> list[str]:
        steps = self.it.steps(StepKind.PAUSA, StepKind.REANUDA, StepKind.REINICIA)
        resumed = zip(steps, steps[1:], strict=False)
        closed = [(a, b) for a, b in resumed if a.clase is StepKind.PAUSA]
        return [self._closed_pause(pause, back) for pause, back in closed]

    def _closed_pause(self, pause: Step, back: Step) -> str:
        return self.say[f"pause_{pause.efecto}"].format(
            day=with_basis(self._day(pause.fecha), pause.nombre, pause.fundamento),
            reply=self._day(pause.hasta),
            back=self._day(back.fecha),
        )

    def extension(self) -> str:
        if not self.it.prorroga:
            return ""
        amount = with_basis(self._amount(self.it.prorroga), self.it.prorroga_motivo)
        return self.say["extension"].format(amount=amount)

    def rolled(self) -> str:
        steps = self.it.steps(StepKind.RECORRE)
        no_such = any(step.nombre == NO_SUCH_DAY for step in steps)
        off = [step for step in steps if step.nombre != NO_SUCH_DAY]
        if no_such:
            return self.say["no_such_day"]
        if not off:
            return ""
        return self.say["rolled"].format(day=self._one_off(off[0]))

    def end(self) -> str:
        if not self.it.pausado:
            return self.say["due"].format(day=self._day(self.it.vence))
        pause = self.it.pasos[-1]
        day = with_basis(self._day(pause.fecha), pause.nombre, pause.fundamento)
        if pause.efecto is Effect.INTERRUMPE:
            return self.say["held_interrumpe"].format(day=day)
        unit = "naturales" if self.it.unidad is Unit.MESES else self.it.unidad
        left = quantity(self.it.restantes or 0, unit, self.lang)
        return self.say["held_suspende"].format(
            day=day, used=number(self.it.usados or 0), left=left
        )

    def warning(self) -> str:
        years = [str(year) for year in self.it.sin_calendario]
        return self.say["warning"].format(years=enumerate_words(years, self.lang)) if years else ""


def _grouped(steps: list[Step]) -> list[tuple[Step, Step]]:
    """First and last of each run of days off with one name, weekends within a run included."""
    groups: list[tuple[Step, Step]] = []
    reach = None
    for step in steps:
        joined = reach is not None and step.fecha == reach + ONE_DAY
        if step.is_weekly_rest:
            reach = step.fecha if joined else None
            continue
        same = groups and (groups[-1][0].nombre, groups[-1][0].fundamento) == (
            step.nombre,
            step.fundamento,
        )
        if joined and same:
            groups[-1] = (groups[-1][0], step)
        else:
            groups.append((step, step))
        reach = step.fecha
    return groups
