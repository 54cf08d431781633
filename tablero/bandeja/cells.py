"""
A line of the inbox with every cell ready to print.

Fifty lines of a dozen cells are most of what the page costs, so words are looked up once a page and
tags are called here rather than from the template, once a cell.
"""

from collections.abc import Iterable
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.dates import ago, short_date
from portal.ui.templatetags.ui import avatar, badge, iso, sem
from tramites.constants import Estado, Tipo

from .rows import CaseRow

LONGEST_ADDRESS = 60


class Cells:
    """Prints rows for one page. ``with_office``: rows of several offices stand side by side."""

    def __init__(self, *, with_office: bool) -> None:
        self.with_office = with_office
        self.base = reverse("bandeja:lista")
        self.mark, self.came, self.came_on = _("Marcar %s"), _("entró %s"), _("entró el %s")

    @cached_property
    def _states(self) -> dict:
        return {state.value: str(state.label) for state in Estado}

    @cached_property
    def _kinds(self) -> dict:
        return {kind.value: str(kind.label) for kind in Tipo}

    def of(self, rows: Iterable[CaseRow]) -> list[dict]:
        """The cells of each row."""
        return [self._row(row) for row in rows]

    def _row(self, row: CaseRow) -> dict:
        case, status = row.case, row.status
        return {
            "folio": case.folio,
            "version": f"{case.version}-{status}",
            "mark": self.mark % case.folio,
            "sem": sem(status, row.status_words),
            "url": f"{self.base}{case.folio}/",
            "title": self._title(case),
            "reserved": case.sensible,
            "kind": self._kinds[case.tipo],
            "colonia": case.colonia.nombre if case.colonia_id else "",
            "office": case.dependencia if self.with_office else None,
            "came": self._came(row),
            "state": badge(self._states[case.estado], row.state_tone),
            "due_iso": iso(case.vence_en),
            "due": row.due_words,
            "due_note": row.due_note,
            "person": str(case.responsable) if case.responsable_id else "",
            "avatar": avatar(str(case.responsable)) if case.responsable_id else "",
            "who": row.who,
        }

    def _title(self, case) -> str:
        where = case.direccion
        if len(where) > LONGEST_ADDRESS:
            where = f"{where[: LONGEST_ADDRESS - 1]}…"
        return f"{case.servicio}, {where}" if where else str(case.servicio)

    def _came(self, row: CaseRow) -> str:
        received = row.case.recibida_en
        if row.received_recently:
            return self.came % ago(received, now=row.now)
        return self.came_on % short_date(received)
