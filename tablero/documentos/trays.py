"""The list of documents as its address says it: which tray, which filters, from where."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento, TipoDocumento
from portal.documents.selectors.documentos import documentos_for, waiting_counts
from tablero.shared.lists import Filter, active_chips, link_with

MAX_SEARCH = 100
MOST = 99


@dataclass(frozen=True)
class Tray:
    """A tab of the list."""

    slug: str
    label: str | Promise
    empty: str | Promise
    hint: str | Promise


TRAYS = (
    Tray(
        "por_firmar",
        gettext_lazy("Por firmar"),
        gettext_lazy("Nada espera su firma"),
        gettext_lazy("Cuando le toque firmar, el documento aparecerá aquí y le llegará un correo."),
    ),
    Tray(
        "por_revisar",
        gettext_lazy("Por revisar"),
        gettext_lazy("Nada espera su revisión"),
        gettext_lazy("Cuando alguien le pida revisar un documento, aparecerá aquí."),
    ),
    Tray(
        "mios",
        gettext_lazy("Míos"),
        gettext_lazy("Todavía no ha redactado documentos"),
        gettext_lazy("Empiece uno: elija de qué tipo es y escriba sus datos."),
    ),
    Tray(
        "redactados",
        gettext_lazy("Redactados"),
        gettext_lazy("Todavía no hay documentos redactados que usted pueda ver"),
        gettext_lazy("Aquí verá los de su oficina; los acuses y respuestas están en «Todos»."),
    ),
    Tray(
        "todos",
        gettext_lazy("Todos"),
        gettext_lazy("Todavía no hay documentos que usted pueda ver"),
        gettext_lazy("Aquí verá los de su oficina y aquellos en los que participe."),
    ),
)


class Asked:
    """The list that an address asks for, for one person. Unknown values filter nothing."""

    def __init__(self, query: QueryDict, viewer) -> None:
        self.query, self.viewer = query, viewer

    @cached_property
    def counts(self) -> dict[str, int]:
        """What waits for the person."""
        return waiting_counts(self.viewer)

    @cached_property
    def tray(self) -> Tray:
        """
        The tab asked for; with none, the first in which something waits, else what people wrote,
        or everything for a search.
        """
        by_slug = {tray.slug: tray for tray in TRAYS}
        asked = self.query.get("bandeja", "")
        if asked in by_slug:
            return by_slug[asked]
        waiting = [slug for slug, n in self.counts.items() if n]
        plain = not (self.texto or self.estado or self.tipo)
        if not plain:
            return by_slug["todos"]
        return by_slug[waiting[0] if waiting else "redactados"]

    @property
    def texto(self) -> str:
        """What is searched for."""
        return self.query.get("q", "").strip()[:MAX_SEARCH]

    @property
    def estado(self) -> str:
        """The state asked for."""
        asked = self.query.get("estado", "")
        return asked if asked in EstadoDocumento.values else ""

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """Every kind of document, by name."""
        return list(TipoDocumento.objects.order_by("nombre").values_list("clave", "nombre"))

    @property
    def tipo(self) -> str:
        """The kind asked for."""
        asked = self.query.get("tipo", "")
        return asked if asked in dict(self.kinds) else ""

    def rows(self) -> QuerySet[Documento]:
        """What is asked for, newest first."""
        return documentos_for(
            self.viewer,
            tray=self.tray.slug,
            estado=self.estado,
            tipo=self.tipo,
            q=self.texto,
        )

    @property
    def first_page(self) -> bool:
        """Whether one stands at the newest."""
        return not (self.query.get("antes") or self.query.get("despues"))

    # addresses and words

    @property
    def part_url(self) -> str:
        """The rows alone, for a nudge."""
        start = f"{reverse('documentos:lista')}{link_with(self.query, bandeja=self.tray.slug)}"
        return f"{start}&parte=filas"

    @property
    def export_url(self) -> str:
        """The same list as a file."""
        return f"{reverse('documentos:exportar')}{link_with(self.query, bandeja=self.tray.slug)}"

    def tabs(self) -> list[dict]:
        """The trays, as ``components/tabs.html`` takes them."""
        return [
            {
                "label": tray.label,
                "url": f"?bandeja={tray.slug}",
                "current": tray is self.tray,
                "count": self._count(tray.slug),
            }
            for tray in TRAYS
        ]

    def _count(self, slug: str) -> str | int | None:
        n = self.counts.get(slug)
        return f"{MOST}+" if n is not None and n > MOST else n

    @property
    def filters(self) -> list[Filter]:
        """The filters with their values."""
        return [
            Filter("q", gettext_lazy("Buscar")),
            Filter("estado", gettext_lazy("Estado"), EstadoDocumento.choices),
            Filter("tipo", gettext_lazy("Tipo"), self.kinds),
        ]

    def chips(self) -> list[dict]:
        """A chip for each filter in force."""
        return active_chips(self.query, self.filters)

    def selects(self) -> list[dict]:
        """The filters as selects of a form."""
        return [
            {
                "param": chosen.param,
                "label": chosen.label,
                "options": chosen.options,
                "chosen": getattr(self, chosen.param),
            }
            for chosen in self.filters
            if chosen.options
        ]

    def nothing(self, *, may_draft: bool) -> dict:
        """What to say of an empty list, and what to do."""
        if self.chips():
            clear = {"label": _("Quitar los filtros"), "url": f"?bandeja={self.tray.slug}"}
            return {
                "escena": "busca",
                "title": _("Ningún documento con esos filtros"),
                "text": _("Pruebe con menos palabras o quite un filtro."),
                "acciones": [clear],
            }
        actions = []
        if may_draft:
            new = {"label": _("Nuevo documento"), "url": reverse("documentos:nuevo")}
            actions.append(new | {"primary": True})
        if self.tray.slug != "todos":
            actions.append({"label": _("Ver todos"), "url": "?bandeja=todos"})
        return {
            "escena": "dia",
            "title": self.tray.empty,
            "text": self.tray.hint,
            "acciones": actions,
        }
