"""The working of a deadline as the case page draws it: a ruler, a calendar, words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.core.clock import Explanation, Step, StepKind, Unit
from portal.core.time import local_date
from portal.ui.dates import language, short_date
from portal.ui.kept import keep
from portal.ui.rulers import ruler
from tramites.models import Plazo

#: Units of which a term is counted one day after another.
BY_DAY = (Unit.HABILES, Unit.NATURALES)


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


@dataclass(frozen=True)
class ClockView:
    """
    One computation of a term, seen on ``today`` (a date of the municipality's zone).

    A computation is never changed, so what it looks like on a day is kept by its row and the day.
    """

    plazo: Plazo
    today: dt.date

    @classmethod
    def of(cls, plazo: Plazo | None, now: dt.datetime) -> "ClockView | None":
        """The view of the computation in force; ``None`` for a case without one (imported)."""
        if plazo is None:
            return None
        return cls(plazo, local_date(now))

    def _kept(self, what: str, make: Callable[[], str]) -> SafeString | str:
        row = self.plazo
        return keep(("cuenta", what, row.pk, row.creado_en, row.vence, self.today), make)

    @property
    def html(self) -> SafeString:
        """The ruler and, folded, the whole count."""
        template = get_template("tablero/bandeja/_cuenta.html")
        made = self._kept("toda", lambda: template.render({"reloj": self}))
        return mark_safe(made)  # noqa: S308 - a template escaped it

    @property
    def day_words(self) -> str:
        """«día 10 de 15»; '' for terms that are not counted day by day."""
        return self._kept("dia", self._day_words)

    @cached_property
    def explanation(self) -> Explanation:
        """The working, read from the row."""
        return Explanation.from_data(self.plazo.explicacion)

    @property
    def words(self) -> str:
        """The working in full sentences."""
        return self.explanation.as_text(language())

    @property
    def months(self) -> list[dict]:
        """The calendar of the count, today marked."""
        months = self.explanation.calendar_grid(language())
        for month in months:
            for week in month["weeks"]:
                for cell in week:
                    cell["today"] = cell["date"] == self.today
        return months

    def _counted(self) -> list[Step]:
        """The numbered days of the count, each once, in order."""
        by_day = {
            _day(step.fecha): step
            for step in self.explanation.steps(StepKind.CUENTA, StepKind.VENCE)
            if step.numero
        }
        return [by_day[day] for day in sorted(by_day)]

    def _total(self, days: list[Step]) -> int:
        """Days of the whole term; while an open pause holds it those to come have no date yet."""
        if not self.explanation.pausado:
            return len(days)
        whole = self.explanation.cantidad + self.explanation.prorroga
        return max(len(days), whole) if self.explanation.unidad in BY_DAY else len(days)

    def _done(self, days: list[Step]) -> int:
        return sum(1 for step in days if _day(step.fecha) <= self.today)

    def _day_words(self) -> str:
        days = self._counted()
        total = self._total(days)
        if not total:
            return ""
        return _("día %(n)d de %(total)d") % {"n": self._done(days), "total": total}

    @property
    def ruler(self) -> SafeString | str:
        """A block a day; '' for terms that are not counted day by day."""
        days = self._counted()
        total, done = self._total(days), self._done(days)
        if not total:
            return ""
        pauses = [
            (sum(1 for d in days if _day(d.fecha) <= _day(step.fecha)), _("pausa"))
            for step in self.explanation.steps(StepKind.PAUSA)
        ]
        marked = {0, len(days) - 1, *(after - 1 for after, _word in pauses)}
        figures = {"n": done, "total": total}
        return ruler(
            total=total,
            done=done,
            summary=_("Van %(n)d de %(total)d días del plazo") % figures,
            labels={
                n + 1: short_date(days[n].fecha, year=False)
                for n in sorted(marked)
                if 0 <= n < len(days)
            },
            pauses=pauses,
        )
