"""The panel as its templates take it: figures of the selectors, in words, with their links."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Dependencia
from portal.core.calendar import current_calendar
from portal.core.time import local_date
from portal.ui.charts import Figure, bars_and_line
from portal.ui.dates import ago, long_date, short_date, weekday_date
from portal.ui.kept import keep
from portal.ui.templatetags.ui import iso
from portal.ui.text import thousands
from tablero.coordinacion.board import charge_totals

from . import selectors
from .policies import PanelPolicy

#: Periods of the series, in days.
PERIODS = (7, 30, 90)
DEFAULT_PERIOD = 30


def inbox_url(**filters: str) -> str:
    """The inbox with filters; who may not open cases gets '' from ``Board.link``."""
    return _with_filters(reverse("bandeja:lista"), filters)


def _with_filters(inbox: str, filters: dict[str, str]) -> str:
    query = "&".join(f"{name}={value}" for name, value in filters.items() if value)
    return f"{inbox}?{query}"


@dataclass
class OfficeRow:
    """An office's line of the semaphore."""

    office: Dependencia
    load: selectors.Load
    url: str
    late_url: str

    @property
    def status(self) -> str:
        """The worst reading that stands, as ``{% sem %}`` names it."""
        if self.load.vencida:
            return "vencida"
        return "por_vencer" if self.load.por_vencer else "en_tiempo"

    @property
    def words(self) -> str:
        """The same in words."""
        n = self.load.vencida
        if n:
            return ngettext("%(n)d vencido", "%(n)d vencidos", n) % {"n": n}
        return _("Por vencer") if self.load.por_vencer else _("Al día")


class Board:
    """Every figure of the panel for one person at one moment."""

    def __init__(self, user, *, now: dt.datetime, days: int = DEFAULT_PERIOD) -> None:
        policy = PanelPolicy(user)
        policy.require_view()
        self.user, self.now, self.days = user, now, days if days in PERIODS else DEFAULT_PERIOD
        self.today = local_date(now)
        self.scope = policy.offices()
        self.opens_cases = policy.opens_cases
        self._inbox = reverse("bandeja:lista")
        self._offices = selectors.offices_by_id(self.scope)
        self._loads = selectors.load_by_office(offices=self.scope, now=now)
        self.total = selectors.Load()
        for load in self._loads.values():
            self.total.add(load)
        self.series = selectors.daily_series(offices=self.scope, today=self.today, days=self.days)

    def link(self, **filters: str) -> str:
        """The inbox with these filters, '' for who sees figures only."""
        return _with_filters(self._inbox, filters) if self.opens_cases else ""

    @property
    def charges(self) -> list[dict]:
        """What departments were charged with, under the same semaphore; nothing without any."""
        return charge_totals(self.user, local_date(self.now))

    @property
    def scope_words(self) -> str:
        """Whose figures these are."""
        if self.scope is None:
            return _("Todas las dependencias")
        return ", ".join(office.nombre for office in self._offices.values())

    def rows(self) -> list[OfficeRow]:
        """Offices with any case, the most overdue first."""
        found = [
            OfficeRow(
                office=office,
                load=load,
                url=self.link(dependencia=office.clave),
                late_url=self.link(dependencia=office.clave, semaforo="vencida"),
            )
            for pk, office in self._offices.items()
            if (load := self._loads.get(pk)) and (load.abiertas or load.en_plazo is not None)
        ]
        return sorted(found, key=lambda r: (-r.load.vencida, -r.load.por_vencer, -r.load.abiertas))

    def semaphore(self) -> list[dict]:
        """The same lines as ``_semaforo.html`` takes them."""
        return [
            {
                "status": row.status,
                "words": row.words,
                "url": row.url,
                "late_url": row.late_url,
                "nombre": row.office.nombre,
                "carga": row.load.semaforo(),
                **row.load.semaforo(),
                "en_plazo": row.load.en_plazo,
            }
            for row in self.rows()
        ]

    def whole(self) -> dict:
        """The last line of the table: every office together."""
        return {**self.total.semaforo(), "en_plazo": self.total.en_plazo}

    def widest(self) -> int:
        """The heaviest office's open cases: what fills a whole bar."""
        return max((load.abiertas for load in self._loads.values()), default=0)

    @property
    def moved_today(self) -> str:
        """What came in and what was answered today, in words."""
        today = self.series[-1]
        figures = {"a": today.recibidas, "b": today.respondidas}
        return _("%(a)d entraron hoy, %(b)d se contestaron") % figures

    def _moved_and_untimed(self) -> str:
        """The same, and the open cases on which no term runs (history that was imported)."""
        if not self.total.sin_plazo:
            return self.moved_today
        untimed = _("%(n)s sin plazo") % {"n": thousands(self.total.sin_plazo)}
        return f"{self.moved_today}; {untimed}"

    @property
    def late_url(self) -> str:
        """The overdue cases, oldest first."""
        return self.link(vista="vencidas", orden="vence")

    def totals(self) -> list[dict]:
        """The strip of figures on top, as ``components/totals.html`` takes it."""
        total = self.total
        share = round(100 * total.en_tiempo / total.abiertas) if total.abiertas else 0
        return [
            {
                "label": _("Abiertos"),
                "value": total.abiertas,
                "url": self.link(),
                "note": self._moved_and_untimed(),
            },
            self._reading("vencida", _("Vencidos"), total.vencida, _("ya pasó su término")),
            self._reading(
                "por_vencer", _("Por vencer"), total.por_vencer, _("dentro del plazo de alerta")
            ),
            self._reading(
                "en_tiempo",
                _("A tiempo"),
                total.en_tiempo,
                _("%(n)d %% de los abiertos") % {"n": share},
            ),
            self._reading("pausada", _("En pausa"), total.pausada, _("esperan al ciudadano")),
            {
                "label": _("Contestados en plazo"),
                "value": "—" if total.en_plazo is None else f"{total.en_plazo} %",
                "note": _("últimos 90 días"),
            },
        ]

    def _reading(self, status: str, label: str, value: int, note: str) -> dict:
        url = self.link(semaforo=status)
        return {"status": status, "label": label, "value": value, "note": note, "url": url}

    def states(self) -> list[dict]:
        """Every state with its number of cases."""
        return [
            {"label": estado.label, "n": n, "url": self.link(estado=estado.value, vista="todas")}
            for estado, n in selectors.ordered_states(self.total)
        ]

    def figure_html(self) -> SafeString:
        """Arrivals and answers per day, with their table; kept by the series."""

        def draw() -> str:
            return render_to_string("components/fig.html", {"figure": self.figure()})

        return mark_safe(keep(("panel", *self.series), draw))  # noqa: S308 - a template escaped it

    def figure(self) -> Figure:
        """The picture itself."""
        first, last = self.series[0].fecha, self.series[-1].fecha
        return bars_and_line(
            labels=[short_date(day.fecha, year=False) for day in self.series],
            full_labels=[short_date(day.fecha) for day in self.series],
            bars=[day.recibidas for day in self.series],
            line=[day.respondidas for day in self.series],
            bar_label=_("Recibidos"),
            line_label=_("Contestados"),
            first_column=_("Día"),
            title=_("Asuntos recibidos y contestados por día, del %(a)s al %(b)s")
            % {"a": long_date(first), "b": long_date(last)},
        )

    def lanes(self) -> list[dict]:
        """What falls due in the next business days, as ``components/lanes.html`` takes it."""
        lanes = selectors.due_lanes(viewer=self.user, now=self.now, calendar=current_calendar())
        return [self._lane(lane) for lane in lanes]

    def _lane(self, lane: selectors.Lane) -> dict:
        day = weekday_date(lane.fecha)
        return {
            "label": _("Hoy, %(d)s") % {"d": day} if lane.fecha == self.today else day,
            "now": lane.fecha == self.today,
            "count": lane.count,
            "items": [
                {
                    "title": str(case.servicio),
                    "url": self._case_url(case.folio),
                    "folio": case.folio,
                    "office": case.dependencia.siglas or case.dependencia.nombre,
                }
                for case in lane.cases
            ],
            "more": max(0, lane.count - len(lane.cases)),
            "more_url": inbox_url(vista="abiertas", orden="vence"),
        }

    def oldest(self) -> list[dict]:
        """The cases overdue for longest that this person may open, in words."""
        return [
            {
                "iso": iso(case.vence_en),
                "vence": weekday_date(case.vence_en),
                "hace": ago(case.vence_en, now=self.now),
                "folio": case.folio,
                "url": self._case_url(case.folio),
                "servicio": case.servicio,
                "dependencia": case.dependencia,
                "responsable": case.responsable,
            }
            for case in selectors.oldest_overdue(viewer=self.user, now=self.now)
        ]

    def _case_url(self, folio: str) -> str:
        return f"{self._inbox}{folio}/"
