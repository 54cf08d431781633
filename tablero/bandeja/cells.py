"""
The lines of the inbox, ready to print.

Fifty lines of a dozen cells are most of what the page costs, and most of them printed the same a
moment ago. Each is kept by what it shows: the columns of its case, the reading of its clock, the
local day and the calendar by which days are counted, how long ago it came, and the shape of the
table. Who looks does not matter: the policy chose the rows before they came here.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.core.clock import Calendar
from portal.core.time import local_date
from portal.ui.dates import ago, short_date
from portal.ui.kept import keep
from portal.ui.templatetags.ui import avatar, badge, iso, sem
from tramites.constants import Estado, Tipo
from tramites.selectors import Line

from .rows import CaseRow

LONGEST_ADDRESS = 60
MONTH = dt.timedelta(days=30)


class Cells:
    """
    Prints the rows of one page as they stand at ``now`` (aware). ``with_office``: rows of several
    offices stand side by side; ``markable``: each begins with a box.
    """

    def __init__(
        self, *, now: dt.datetime, calendar: Calendar, with_office: bool, markable: bool
    ) -> None:
        self.now, self.calendar, self.today = now, calendar, local_date(now)
        self.with_office, self.markable = with_office, markable
        self.base = reverse("bandeja:lista")
        self.mark, self.came, self.came_on = _("Marcar %s"), _("entró %s"), _("entró el %s")
        self.template = get_template("tablero/bandeja/_fila.html")

    @cached_property
    def _states(self) -> dict:
        return {state.value: str(state.label) for state in Estado}

    @cached_property
    def _kinds(self) -> dict:
        return {kind.value: str(kind.label) for kind in Tipo}

    def html(self, lines: Iterable[Line]) -> SafeString:
        """The rows of the table."""
        rows = "".join(self._line(line) for line in lines)
        return mark_safe(rows)  # noqa: S308 - each escaped by its template

    def _line(self, line: Line) -> str:
        came, reading = self._came(line), line.semaforo(self.now)
        key = (
            *("bandeja", line, reading, came, self.today, self.calendar.version),
            *(self.with_office, self.markable),
        )
        return keep(key, lambda: self._printed(line, came))

    def _printed(self, line: Line, came: str) -> str:
        row = CaseRow(line, self.now, self.calendar)
        context = {
            "f": self._row(row) | {"came": came},
            "marcables": self.markable,
            "reservado": _("Reservado"),
            "sin_asignar": _("Sin asignar"),
        }
        return self.template.render(context)

    def _row(self, row: CaseRow) -> dict:
        case, status = row.case, row.status
        person = case.responsable
        return {
            "folio": case.folio,
            "version": f"{case.version}-{status}",
            "mark": self.mark % case.folio,
            "sem": sem(status, row.status_words),
            "url": f"{self.base}{case.folio}/",
            "title": self._title(case),
            "reserved": case.sensible,
            "kind": self._kinds[case.tipo],
            "colonia": case.colonia or "",
            "office": case.dependencia if self.with_office else "",
            "siglas": case.siglas,
            "state": badge(self._states[case.estado], row.state_tone),
            "due_iso": iso(case.vence_en),
            "due": row.due_words,
            "due_note": row.due_note,
            "person": person,
            "avatar": avatar(person) if person else "",
            "who": case.quien,
        }

    def _title(self, case: Line) -> str:
        where = case.direccion
        if len(where) > LONGEST_ADDRESS:
            where = f"{where[: LONGEST_ADDRESS - 1]}…"
        return f"{case.servicio}, {where}" if where else case.servicio

    def _came(self, line: Line) -> str:
        """How long ago it came within a month, when that tells more than a date."""
        if self.now - line.recibida_en < MONTH:
            return self.came % ago(line.recibida_en, now=self.now)
        return self.came_on % short_date(line.recibida_en)
