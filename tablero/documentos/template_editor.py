"""
A template as it is being edited: rows that are added, moved and taken off by submits of one form.

Everything typed comes back on the page, whatever the fault, until it is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.documents.constants import TipoCampo
from portal.documents.models import PlantillaDocumento
from portal.documents.services import Template
from portal.documents.templating import CLASSES, MAX_CLAUSES, MAX_FIELDS, MAX_SIGNATORIES

SCALARS = ("titulo", "fundamento", "pie_de_recurso", "diseno")
#: Longest of the short texts; the layout has a limit of its own.
LONGEST = {"titulo": 200, "fundamento": 400, "pie_de_recurso": 4000}


@dataclass(frozen=True)
class Part:
    """A list of rows: its names, its empty row, and how many rows it takes."""

    slug: str
    name: str
    label: str | Promise
    one: str | Promise
    blank: Mapping[str, object]
    most: int


PARTS = (
    Part(
        "campo",
        "campos",
        _("Campos"),
        _("campo"),
        {
            "clave": "",
            "etiqueta": "",
            "tipo": TipoCampo.TEXTO.value,
            "requerido": False,
            "maximo": 0,
            "opciones": [],
            "ayuda": "",
        },
        MAX_FIELDS,
    ),
    Part(
        "clausula",
        "clausulas",
        _("Cláusulas"),
        _("cláusula"),
        {
            "clave": "",
            "titulo": "",
            "texto": "",
            "clase": CLASSES[0],
            "opcional": False,
            "editable": False,
        },
        MAX_CLAUSES,
    ),
    Part(
        "firmante",
        "firmantes",
        _("Firmantes"),
        _("firmante"),
        {"clave": "", "cargo": ""},
        MAX_SIGNATORIES,
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}


@dataclass
class Editor:
    """The values of the form. ``base`` is the version that is being changed; 0 for none."""

    base: int = 0
    scalars: dict[str, str] = field(default_factory=lambda: dict.fromkeys(SCALARS, ""))
    rows: dict[str, list[dict]] = field(default_factory=lambda: {p.slug: [] for p in PARTS})

    @classmethod
    def of(cls, template: PlantillaDocumento) -> "Editor":
        """Begin with a version that was published."""
        rows = {p.slug: [p.blank | row for row in getattr(template, p.name)] for p in PARTS}
        scalars = {name: getattr(template, name) for name in SCALARS}
        return cls(template.version, scalars, rows)

    @classmethod
    def posted(cls, data: QueryDict) -> "Editor":
        """What was typed; a row beyond those the page had is not read."""
        scalars = {name: _lines(data.get(name, "")).strip() for name in SCALARS}
        scalars["diseno"] = _lines(data.get("diseno", ""))
        rows = {}
        for part in PARTS:
            count = min(_number(data.get(f"{part.slug}-filas", "0")), part.most)
            rows[part.slug] = [_row(part, data, n) for n in range(count)]
        return cls(_number(data.get("base", "0")), scalars, rows)

    def apply(self, action: str) -> str:
        """
        Add, move or take off a row («campo.subir.3»); gives the anchor where the page goes on.

        What is no such action changes nothing.
        """
        slug, _dot, rest = action.partition(".")
        act, _dot, place = rest.partition(".")
        part = BY_SLUG.get(slug)
        if part is None:
            return ""
        rows, at = self.rows[slug], _number(place)
        if act == "agregar" and len(rows) < part.most:
            at = min(at, len(rows))
            rows.insert(at, dict(part.blank))
        elif act == "quitar" and at < len(rows):
            del rows[at]
            at = min(at, len(rows) - 1)
        elif act in ("subir", "bajar") and at < len(rows):
            to = max(0, min(len(rows) - 1, at + (1 if act == "bajar" else -1)))
            rows.insert(to, rows.pop(at))
            at = to
        return f"{slug}-{at}" if rows else slug

    def template(self) -> Template:
        """What would be published."""
        return Template(**self.scalars, **{p.name: self.rows[p.slug] for p in PARTS})

    def faults(self) -> dict[str, list[str]]:
        """What a column of the database would not take."""
        words = _("Escriba a lo más %(most)s caracteres; van %(now)s.")
        return {
            name: [words % {"most": f"{most:,}", "now": f"{len(self.scalars[name]):,}"}]
            for name, most in LONGEST.items()
            if len(self.scalars[name]) > most
        }


def _row(part: Part, data: QueryDict, n: int) -> dict:
    return {
        name: _value(name, blank, data.get(f"{part.slug}-{n}-{name}"))
        for name, blank in part.blank.items()
    }


def _value(name: str, blank: object, given: str | None) -> object:
    """Of the kind its row has; a figure that is none stays as typed, for its fault to be told."""
    if isinstance(blank, bool):
        return given is not None
    text = _lines(given or "").strip()
    if isinstance(blank, list):
        return [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(blank, int):
        text = text.strip().replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text or 0
    return text if name == "texto" else " ".join(text.split())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
