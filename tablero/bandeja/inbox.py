"""The inbox as its address says it: which view, which filters, in which order, from where."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.accounts.policies import StaffPolicy
from tablero.shared.lists import Filter, active_chips, link_with
from tramites.constants import OPEN_STATES, Canal, Estado, Semaforo, Tipo
from tramites.models import Colonia, Servicio, Tema, Zona
from tramites.selectors import InboxFilters

OPEN = tuple(estado.value for estado in OPEN_STATES)
MAX_SEARCH = 100


@dataclass(frozen=True)
class View:
    """A tab of the inbox: what it adds to the filters, its order, and who has it."""

    slug: str
    label: str | Promise
    order: str
    roles: tuple[str, ...] = ()
    filters: tuple[tuple[str, object], ...] = ()
    counted: bool = True


VIEWS = (
    View(
        "mias",
        gettext_lazy("Mías"),
        "vence",
        (Rol.ENLACE, Rol.TITULAR),
        (("responsable", "mias"), ("estado", OPEN)),
    ),
    View(
        "oficina",
        gettext_lazy("De mi oficina"),
        "vence",
        (Rol.ENLACE, Rol.TITULAR),
        (("estado", OPEN),),
    ),
    View(
        "por-turnar",
        gettext_lazy("Por turnar"),
        "vence",
        (Rol.VENTANILLA, Rol.SECRETARIA),
        (("estado", (Estado.RECIBIDA.value,)),),
    ),
    View(
        "abiertas",
        gettext_lazy("Abiertas"),
        "vence",
        (Rol.VENTANILLA, Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA),
        (("estado", OPEN),),
        counted=False,
    ),
    View(
        "por-vencer",
        gettext_lazy("Por vencer"),
        "vence",
        (),
        (("semaforo", Semaforo.POR_VENCER.value),),
    ),
    View(
        "vencidas", gettext_lazy("Vencidas"), "vence", (), (("semaforo", Semaforo.VENCIDA.value),)
    ),
    View("todas", gettext_lazy("Todas"), "recientes", counted=False),
)

#: Every filter, by its parameter.
FILTERS = {
    "estado": gettext_lazy("Estado"),
    "semaforo": gettext_lazy("Semáforo"),
    "dependencia": gettext_lazy("Dependencia"),
    "tema": gettext_lazy("Tema"),
    "servicio": gettext_lazy("Servicio"),
    "zona": gettext_lazy("Zona"),
    "colonia": gettext_lazy("Colonia"),
    "tipo": gettext_lazy("Clase"),
    "canal": gettext_lazy("Entró por"),
}
#: Those whose values are words of the domain, and those whose values are rows.
WORDS = {
    "estado": Estado.choices,
    "semaforo": Semaforo.choices,
    "tipo": Tipo.choices,
    "canal": Canal.choices,
}
ROWS = {
    "dependencia": lambda: Dependencia.objects.order_by("nombre"),
    "tema": lambda: Tema.objects.order_by("orden", "nombre"),
    "servicio": lambda: Servicio.objects.order_by("nombre"),
    "zona": lambda: Zona.objects.order_by("nombre"),
    "colonia": lambda: Colonia.objects.order_by("nombre"),
}

#: Filters offered beside those in force.
SUGGESTED = (
    (gettext_lazy("Peticiones del artículo 8"), "tipo", Tipo.PETICION.value),
    (gettext_lazy("Quejas"), "tipo", Tipo.QUEJA.value),
    (gettext_lazy("En pausa"), "semaforo", Semaforo.PAUSADA.value),
    (gettext_lazy("Reabiertas"), "estado", Estado.REABIERTA.value),
)

#: The view each role starts from; the first role held decides.
FIRST_VIEW = (
    (Rol.ENLACE, "oficina"),
    (Rol.TITULAR, "oficina"),
    (Rol.VENTANILLA, "por-turnar"),
)


class Inbox:
    """The list that an address asks for, for one person. Unknown values filter nothing."""

    def __init__(self, query: QueryDict, viewer) -> None:
        self.query, self.viewer = query, viewer
        self.staff = StaffPolicy(viewer)
        self._known: dict[str, dict[str, tuple[int, str]]] = {}

    @cached_property
    def views(self) -> list[View]:
        """The tabs this person has."""
        return [view for view in VIEWS if not view.roles or self.staff.has(*view.roles)]

    @cached_property
    def view(self) -> View:
        """The tab asked for; of an address with filters and none, all; else the role's own."""
        by_slug = {view.slug: view for view in self.views}
        asked = self.query.get("vista", "")
        if asked in by_slug:
            return by_slug[asked]
        if self.texto or any(self.query.get(param) for param in FILTERS):
            return by_slug["todas"]
        first = next((slug for role, slug in FIRST_VIEW if self.staff.has(role)), "abiertas")
        return by_slug.get(first, by_slug["todas"])

    @property
    def vista(self) -> str:
        """The slug of the tab."""
        return self.view.slug

    @property
    def texto(self) -> str:
        """What is searched for."""
        return self.query.get("q", "").strip()[:MAX_SEARCH]

    @property
    def orden(self) -> str:
        """«vence» or «recientes»; a tab has its own."""
        asked = self.query.get("orden", "")
        return asked if asked in ("vence", "recientes") else self.view.order

    @property
    def cursor(self) -> str | None:
        """Where in the list one is; ``None`` on the first page."""
        return self.query.get("antes") or self.query.get("despues") or None

    def _rows(self, param: str) -> dict[str, tuple[int, str]]:
        """The values of a filter that are rows: key to (id, name). Asked for once, if at all."""
        if param not in self._known:
            rows = ROWS[param]().values_list("pk", "clave", "nombre")
            self._known[param] = {clave: (pk, name) for pk, clave, name in rows}
        return self._known[param]

    def _values(self, param: str) -> list[tuple[str, object]]:
        """The values of a filter, with their names."""
        if param in WORDS:
            return WORDS[param]
        return [(clave, name) for clave, (_pk, name) in self._rows(param).items()]

    @cached_property
    def given(self) -> list[Filter]:
        """The filters in force; a value that none of them has filters nothing."""
        asked = [(param, label) for param, label in FILTERS.items() if self.query.get(param)]
        found = [Filter(param, label, self._values(param)) for param, label in asked]
        return [f for f in found if self.query[f.param] in dict(f.options)]

    @cached_property
    def filters(self) -> InboxFilters:
        """The filters in force, as the selector takes them."""
        wanted: dict[str, object] = dict(self.view.filters)
        for chosen in self.given:
            value = self.query[chosen.param]
            wanted[chosen.param] = (
                self._rows(chosen.param)[value][0] if chosen.param in ROWS else value
            )
        if isinstance(wanted.get("estado"), str):
            wanted["estado"] = (wanted["estado"],)
        return InboxFilters(
            **wanted,
            texto=self.texto,
            desde=day(self.query.get("desde", "")),
            hasta=day(self.query.get("hasta", "")),
            orden=self.orden,
        )

    # addresses and words

    @property
    def self_url(self) -> str:
        """This list from its start."""
        return f"{reverse('bandeja:lista')}{link_with(self.query, vista=self.vista)}"

    def parte_url(self) -> str:
        """The rows alone, for a nudge."""
        url = self.self_url
        return f"{url}&parte=filas"

    def export_url(self) -> str:
        """The same list as a file."""
        return f"{reverse('bandeja:exportar')}{link_with(self.query, vista=self.vista)}"

    @property
    def titulo(self) -> str:
        """What the table holds, for who cannot see the page around it."""
        order = _("por vencimiento") if self.orden == "vence" else _("los más recientes primero")
        return _("Asuntos: %(v)s, %(o)s") % {"v": self.view.label, "o": order}

    @property
    def muestra_dependencia(self) -> bool:
        """Whether rows of several offices may stand side by side."""
        return not self.filters.dependencia and self.staff.roles != {Rol.ENLACE}

    def chips(self) -> list[dict]:
        """The filters in force and the search, each with the address without it."""
        search = Filter("q", gettext_lazy("Buscar"))
        return active_chips(self.query, [search, *self.given])

    def suggestions(self) -> list[dict]:
        """Filters one press away, less those of a kind already in force."""
        return [
            {"label": label, "url": link_with(self.query, **{param: value}, vista=self.vista)}
            for label, param, value in SUGGESTED
            if not self.query.get(param)
        ]

    def orders(self) -> dict[str, dict]:
        """The two orders, as the headers of their columns."""
        ways = {"recientes": (_("Folio"), "descending"), "vence": (_("Vencimiento"), "ascending")}
        return {
            name: {
                "label": label,
                "url": link_with(self.query, orden=name, vista=self.vista),
                "direction": direction if self.orden == name else "",
            }
            for name, (label, direction) in ways.items()
        }

    @property
    def panel_open(self) -> bool:
        """Whether the page shows every filter with its values."""
        return self.query.get("filtros") == "1"

    @property
    def panel_url(self) -> str:
        """This list with every filter shown."""
        return link_with(self.query, vista=self.vista, filtros="1")

    def options(self) -> list[dict]:
        """The filters as selects of a form; with the panel closed, only what is in force."""
        if not self.panel_open:
            return [{"param": f.param, "chosen": self.query[f.param]} for f in self.given]
        return [
            {
                "param": param,
                "label": label,
                "options": self._values(param),
                "chosen": self.query.get(param, ""),
            }
            for param, label in FILTERS.items()
        ]


def day(text: str) -> dt.date | None:
    """A date in ISO form, ``None`` for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
