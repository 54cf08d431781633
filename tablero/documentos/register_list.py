"""The register of folios as its address asks for it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import NotFoundError
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from portal.documents.selectors.documentos import series_in_use
from portal.documents.selectors.register import (
    Entry,
    Sequence,
    entries,
    register_rows,
    sequence_of,
)
from tablero.shared.lists import Filter, active_chips, link_with

PAGE = 50
MAX_SEARCH = 100
TONES = {
    EstadoDocumento.EN_FIRMA: "brand",
    EstadoDocumento.FIRMADO: "ok",
    EstadoDocumento.NOTIFICADO: "ok",
    EstadoDocumento.PUBLICADO: "ok",
    EstadoDocumento.SUSTITUIDO: "soon",
    EstadoDocumento.CANCELADO: "late",
}
#: States in which a document may have a folio.
STATES = [(state.value, state.label) for state in TONES]


@dataclass(frozen=True)
class Page:
    """Rows with the cursors around them, empty at either end."""

    rows: list[Entry]
    previous: str
    following: str


class Register:
    """The register that an address asks for, for one person; by default the newest year."""

    def __init__(self, query: QueryDict, viewer) -> None:
        self.query, self.viewer = query, viewer

    @cached_property
    def known(self) -> list[tuple[str, int]]:
        """Series and years that have folios."""
        return series_in_use()

    @cached_property
    def chosen(self) -> tuple[str, int] | None:
        """
        The series and year asked for; ``None`` while there is no folio at all.

        :raises NotFoundError: a series or year without folios.
        """
        asked, _dot, year = self.query.get("serie", "").partition(".")
        if not asked:
            return self.known[0] if self.known else None
        found = (asked, int(year) if year.isdigit() and len(year) < 6 else 0)
        if found not in self.known:
            raise NotFoundError(_("No hay folios de esa serie y año."))
        return found

    @property
    def estado(self) -> str:
        """The state asked for, if it is one."""
        asked = self.query.get("estado", "")
        return asked if asked in dict(STATES) else ""

    @property
    def texto(self) -> str:
        """What is searched for."""
        return self.query.get("q", "").strip()[:MAX_SEARCH]

    def rows(self):
        """Every row that passes the filters, by number."""
        serie, ejercicio = self.chosen
        return register_rows(
            self.viewer, serie=serie, ejercicio=ejercicio, estado=self.estado, q=self.texto
        )

    def entries(self):
        """The same as lines, read as they are asked for."""
        return entries(self.viewer, self.rows().iterator(chunk_size=500))

    def page(self) -> Page:
        """The page asked for, the highest number first."""
        rows = self.rows()
        before, after = (_number(self.query.get(name, "")) for name in ("antes", "despues"))
        if before:
            found = list(rows.filter(numero__gt=before).order_by("numero")[: PAGE + 1])
            more, found = len(found) > PAGE, found[:PAGE][::-1]
            ends = (str(found[0].numero) if more else "", str(found[-1].numero) if found else "")
        else:
            rows = rows.filter(numero__lt=after) if after else rows
            found = list(rows.order_by("-numero")[: PAGE + 1])
            more, found = len(found) > PAGE, found[:PAGE]
            first = str(found[0].numero) if found and after else ""
            ends = (first, str(found[-1].numero) if more else "")
        return Page(list(entries(self.viewer, found)), *ends)

    def sequence(self) -> Sequence:
        """Whether any number is missing."""
        serie, ejercicio = self.chosen
        return sequence_of(serie=serie, ejercicio=ejercicio)

    def chips(self) -> list[dict]:
        """The filters in force, and the states one press away."""
        known = [
            Filter("q", gettext_lazy("Buscar")),
            Filter("estado", gettext_lazy("Estado"), STATES),
        ]
        offered = [
            {"label": label, "url": link_with(self.query, estado=value)}
            for value, label in STATES
            if not self.estado
        ]
        return [*active_chips(self.query, known), *offered]

    def tabs(self) -> list[dict]:
        """A tab for each series of the year shown."""
        return [
            {
                "label": serie,
                "url": f"?serie={serie}.{year}",
                "current": (serie, year) == self.chosen,
            }
            for serie, year in self.known
            if year == self.chosen[1]
        ]

    def years(self) -> list[dict]:
        """The years that have folios; each opens the same series there if it has any."""
        found: dict[int, str] = {}
        for serie, year in self.known:
            if year not in found or serie == self.chosen[0]:
                found[year] = serie
        return [
            {"label": year, "url": f"?serie={serie}.{year}", "current": year == self.chosen[1]}
            for year, serie in found.items()
        ]


def gaps_words(found: Sequence) -> str:
    """«Sin huecos: 1 a 214», or which numbers are missing."""
    if found.completa:
        return _("Sin huecos: 1 a %(last)s.") % {"last": f"{found.ultimo:,}"}
    numbers = ", ".join(str(number) for number in found.faltan)
    more = _(" y %(n)s más") % {"n": found.mas} if found.mas else ""
    words = _("Faltan folios entre 1 y %(last)s: %(numbers)s%(more)s.")
    return words % {"last": f"{found.ultimo:,}", "numbers": numbers, "more": more}


def state_of(documento: Documento) -> dict:
    """The words and the tone of a state."""
    return {"label": documento.get_estado_display(), "tone": TONES.get(documento.estado, "")}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
