"""Which office a petition goes to, and why. Pure: lines of the routing table in, one route out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.text import fold

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the routing table; an empty condition matches anything."""

    pk: int
    orden: int
    dependencia_id: int
    nota: str
    servicio_id: int | None = None
    zona_id: int | None = None
    canal: str = ""
    palabras: tuple[str, ...] = ()
    to_desk: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a petition offers to be routed by. ``text`` is what the citizen wrote."""

    servicio_id: int
    zona_id: int | None
    canal: str
    text: str


@dataclass(frozen=True, slots=True)
class Route:
    """The office (``None`` is the desk), the reason to show, and what decided."""

    dependencia_id: int | None
    motivo: str
    regla: str = ""

    @property
    def to_desk(self) -> bool:
        """Whether a person has to read it before it goes anywhere."""
        return self.dependencia_id is None


@dataclass(frozen=True, slots=True)
class Fallback:
    """
    Where to go when no line matches: the service's office, or the desk.

    ``dependencia_id`` is ``None`` when the service's office is the desk, or takes no cases now.
    """

    dependencia_id: int | None
    motivo_servicio: str
    motivo_mesa: str


def words_of(text: str) -> str:
    """``text`` folded to words with one space around each: `` se cayo un cable ``."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def split_keywords(text: str) -> tuple[str, ...]:
    """The keywords of a line as stored: separated by commas or line ends, folded, no blanks."""
    parts = (words_of(part).strip() for part in re.split(r"[,;\n]", text))
    return tuple(part for part in parts if part)


def matches(line: Line, facts: Facts, words: str) -> bool:
    """Whether every condition of ``line`` holds; of its keywords one is enough, as whole words."""
    return (
        line.servicio_id in (None, facts.servicio_id)
        and line.zona_id in (None, facts.zona_id)
        and line.canal in ("", facts.canal)
        and (not line.palabras or any(f" {keyword} " in words for keyword in line.palabras))
    )


def route(lines: Iterable[Line], facts: Facts, fallback: Fallback) -> Route:
    """The first line that matches, in order; else the service's office; else the triage desk."""
    words = words_of(facts.text)
    for line in sorted(lines, key=lambda line: (line.orden, line.pk)):
        if matches(line, facts, words):
            office = None if line.to_desk else line.dependencia_id
            return Route(office, line.nota, f"regla {line.orden}")
    if fallback.dependencia_id is not None:
        return Route(fallback.dependencia_id, fallback.motivo_servicio, "servicio")
    return Route(None, fallback.motivo_mesa, "mesa")
