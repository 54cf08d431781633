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
        if any(self.query.get(chosen.param) for chosen in self.choices) or self.texto:
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

    @cached_property
    def _catalogue(self) -> dict[str, dict[str, tuple[int, str]]]:
        """The values of the filters that are rows: key to (id, name), by parameter."""
        wanted = {
            "dependencia": Dependencia.objects.order_by("nombre"),
            "tema": Tema.objects.order_by("orden", "nombre"),
            "servicio": Servicio.objects.order_by("nombre"),
            "zona": Zona.objects.order_by("nombre"),
            "colonia": Colonia.objects.order_by("nombre"),
        }
        return {
            param: {clave: (pk, name) for pk, clave, name in rows.values_list(*COLUMNS)}
            for param, rows in wanted.items()
        }

    @cached_property
    def choices(self) -> list[Filter]:
        """Every filter with its values."""
        named = {
            param: [(clave, name) for clave, (_pk, name) in rows.items()]
            for param, rows in self._catalogue.items()
        }
        return [
            Filter("estado", gettext_lazy("Estado"), Estado.choices),
            Filter("semaforo", gettext_lazy("Semáforo"), Semaforo.choices),
            Filter("dependencia", gettext_lazy("Dependencia"), named["dependencia"]),
            Filter("tema", gettext_lazy("Tema"), named["tema"]),
            Filter("servicio", gettext_lazy("Servicio"), named["servicio"]),
            Filter("zona", gettext_lazy("Zona"), named["zona"]),
            Filter("colonia", gettext_lazy("Colonia"), named["colonia"]),
            Filter("tipo", gettext_lazy("Clase"), Tipo.choices),
            Filter("canal", gettext_lazy("Entró por"), Canal.choices),
        ]

    @cached_property
    def filters(self) -> InboxFilters:
        """The filters in force, as the selector takes them."""
        given: dict[str, object] = dict(self.view.filters)
        for chosen in self.choices:
            value = self.query.get(chosen.param, "")
            if value not in dict(chosen.options):
                continue
            rows = self._catalogue.get(chosen.param)
            given[chosen.param] = rows[value][0] if rows else value
        if isinstance(given.get("estado"), str):
            given["estado"] = (given["estado"],)
        return InboxFilters(
            **given,
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
        known = [c for c in self.choices if self.query.get(c.param) in dict(c.options)]
        return active_chips(self.query, [search, *known])

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

    def options(self) -> list[dict]:
        """The filters as selects of a form."""
        return [
            {
                "param": chosen.param,
                "label": chosen.label,
                "options": chosen.options,
                "chosen": self.query.get(chosen.param, ""),
            }
            for chosen in self.choices
        ]


COLUMNS = ("pk", "clave", "nombre")


def day(text: str) -> dt.date | None:
    """A date in ISO form, ``None`` for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
