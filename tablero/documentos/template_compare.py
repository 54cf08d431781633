"""Two versions of a template side by side."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.documents.comparison import Pair, compare
from portal.documents.models import PlantillaDocumento
from portal.documents.templating import Parrafo

from .template_words import CLASS_NAMES, FIELD_NAMES

#: Equal lines of a layout shown around a change.
CONTEXT = 2


@dataclass(frozen=True)
class Line:
    """A line of a layout: its number before and after, and whether it was added or taken off."""

    before: int
    after: int
    cambio: str
    texto: str


@dataclass(frozen=True)
class Difference:
    """A part of the template with what changed of it."""

    label: str
    pairs: list[Pair]


def differences(old: PlantillaDocumento, new: PlantillaDocumento) -> list[Difference]:
    """The parts that changed, but for the layout; only the pairs that are not equal."""
    parts = (
        (_("Textos generales"), _heads),
        (_("Campos"), _fields),
        (_("Cláusulas"), _clauses),
        (_("Firmantes"), _signatories),
    )
    found = []
    for label, read in parts:
        pairs = [p for p in compare(read(old), read(new)) if p.cambio != "igual"]
        if pairs:
            found.append(Difference(label, pairs))
    return found


def _heads(template: PlantillaDocumento) -> list[Parrafo]:
    names = {
        "titulo": _("Título"),
        "fundamento": _("Fundamento"),
        "pie_de_recurso": _("Medio de defensa"),
    }
    return [Parrafo(f"{n}.1", f"{label}: {getattr(template, n)}") for n, label in names.items()]


def _fields(template: PlantillaDocumento) -> list[Parrafo]:
    return [Parrafo(f"{row['clave']}.1", _field_words(row)) for row in template.campos]


def _field_words(row: dict) -> str:
    kind = FIELD_NAMES.get(row["tipo"], row["tipo"])
    words = [f"{row['etiqueta']} ({row['clave']}): {kind}"]
    if row.get("requerido"):
        words.append(_("obligatorio"))
    if row.get("maximo"):
        words.append(_("hasta %(n)s caracteres") % {"n": row["maximo"]})
    if row.get("opciones"):
        words.append(", ".join(row["opciones"]))
    return "; ".join([*words, *filter(None, [row.get("ayuda")])])


def _clauses(template: PlantillaDocumento) -> list[Parrafo]:
    return [Parrafo(f"{row['clave']}.1", _clause_words(row)) for row in template.clausulas]


def _clause_words(row: dict) -> str:
    clase = row.get("clase", "parrafo")
    marks = [str(CLASS_NAMES.get(clase, clase)).lower()]
    marks += [_("opcional")] if row.get("opcional") else []
    marks += [_("editable")] if row.get("editable") else []
    head = f"{row.get('titulo') or row['clave']} ({', '.join(marks)})"
    return f"{head}\n{row['texto']}"


def _signatories(template: PlantillaDocumento) -> list[Parrafo]:
    return [Parrafo(f"{row['clave']}.1", row["cargo"]) for row in template.firmantes]


def layout_lines(old: str, new: str) -> list[Line]:
    """The changed lines of a layout with some around them; a gap stands as a line without text."""
    a, b = old.splitlines(), new.splitlines()
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    found: list[Line] = []
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if found:
            found.append(Line(0, 0, "hueco", ""))
        for step in group:
            found += _step_lines(step, a, b)
    return found


def _step_lines(step: tuple, a: list[str], b: list[str]) -> Iterator[Line]:
    tag, a0, a1, b0, b1 = step
    if tag == "equal":
        for n in range(a1 - a0):
            yield Line(a0 + n + 1, b0 + n + 1, "igual", a[a0 + n])
        return
    for n in range(a0, a1):
        yield Line(n + 1, 0, "quitado", a[n])
    for n in range(b0, b1):
        yield Line(0, n + 1, "agregado", b[n])
