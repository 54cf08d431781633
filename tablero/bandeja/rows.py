"""A case as a line of a list shows it: its clock and its due date, told in words."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.clock import Calendar, business_days_between
from portal.core.time import local_date
from portal.ui.dates import clock_time, short_date, weekday_date
from tramites.constants import Estado, Semaforo
from tramites.models import Peticion
from tramites.selectors import Line

#: Beyond so many natural days, business days tell nothing more and cost a walk over the calendar.
NEAR = 45

STATE_TONES = {
    Estado.EN_ATENCION: "brand",
    Estado.PREVENIDA: "",
    Estado.REABIERTA: "soon",
    Estado.RESPONDIDA: "ok",
    Estado.CONCLUIDA: "ok",
}


@dataclass
class CaseRow:
    """A case beside the moment (aware) and the calendar with which its clock is read."""

    case: Peticion | Line
    now: dt.datetime
    calendar: Calendar

    @cached_property
    def reading(self) -> Semaforo:
        """The clock of the case at ``now``."""
        return self.case.semaforo(self.now)

    @cached_property
    def _today(self) -> dt.date:
        return local_date(self.now)

    @cached_property
    def _last(self) -> dt.date | None:
        """The last day of the term, in the municipality's zone."""
        return self.case.vence_en and local_date(self.case.vence_en)

    @property
    def status(self) -> str:
        """The reading of the clock, as ``{% sem %}`` names it."""
        return self.reading.value

    @property
    def state_tone(self) -> str:
        """The tone of the badge of the state."""
        return STATE_TONES.get(self.case.estado, "")

    @cached_property
    def left(self) -> int | None:
        """Business days left, negative when late; ``None`` when stopped or far away."""
        if self._last is None or abs((self._last - self._today).days) > NEAR:
            return None
        return business_days_between(self._today, self._last, self.calendar)

    @property
    def status_words(self) -> str:
        """The reading in words, with how much is left or how late it is."""
        status, left = self.reading, self.left
        if status == Semaforo.TERMINADA:
            return _("Sin plazo") if self.case.abierta else _("Terminado")
        if status == Semaforo.PAUSADA:
            return _("En pausa")
        if status == Semaforo.VENCIDA:
            return _late_words(-left if left else 0)
        if self.due_today:
            return _("Vence hoy")
        if status == Semaforo.POR_VENCER and left:
            return ngettext("En %(n)d día", "En %(n)d días", left) % {"n": left}
        return _("A tiempo")

    @property
    def due_today(self) -> bool:
        """Whether the term ends today, in the municipality's zone."""
        return self._last == self._today

    @property
    def due_words(self) -> str:
        """The due date, short, or what stands in its place."""
        if self.case.vence_en is not None and self.case.abierta:
            return self._short(self.case.vence_en)
        if self.case.respondida_en is not None:
            return self._short(self.case.respondida_en)
        return _("Plazo detenido") if self.case.abierta else "—"

    @property
    def due_note(self) -> str:
        """The line under the due date."""
        case, left = self.case, self.left
        if not case.abierta:
            return _("contestado") if case.respondida_en else ""
        if case.vence_en is None:
            return _("espera a la persona")
        if self.due_today:
            return _("hoy, %(h)s") % {"h": clock_time(case.vence_en)}
        if left is None:
            return self._far_words()
        if left < 0:
            return ngettext("hace %(n)d día hábil", "hace %(n)d días hábiles", -left) % {"n": -left}
        return ngettext("%(n)d día hábil", "%(n)d días hábiles", left) % {"n": left}

    def _far_words(self) -> str:
        days = (self._today - self._last).days
        if days < 0:
            return ngettext("en %(n)d día", "en %(n)d días", -days) % {"n": -days}
        return ngettext("hace %(n)d día", "hace %(n)d días", days) % {"n": days}

    def _short(self, moment: dt.datetime) -> str:
        """The day of ``moment``, with the year when it is another one."""
        day = local_date(moment)
        return weekday_date(day) if day.year == self._today.year else short_date(day)


def _late_words(days: int) -> str:
    if not days:
        return _("Vencido")
    return ngettext("Vencido, %(n)d día", "Vencido, %(n)d días", days) % {"n": days}
