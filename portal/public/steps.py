"""The filing path: which pages there are for a service, in order, and how far a draft has come."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tramites.constants import Lugar

TIPO, ASUNTO, LUGAR, RELATO, CONTACTO, REVISION = (
    "tipo",
    "asunto",
    "lugar",
    "relato",
    "contacto",
    "revision",
)
NAMES: dict[str, str | Promise] = {
    TIPO: _("Tipo"),
    ASUNTO: _("Asunto"),
    LUGAR: _("Lugar"),
    RELATO: _("Qué pasa"),
    CONTACTO: _("Contacto"),
    REVISION: _("Revisión"),
}
ANSWERED = (ASUNTO, LUGAR, RELATO, CONTACTO)


@dataclass(frozen=True)
class Progress:
    """Where a page stands on the path: number, total and name."""

    actual: int
    total: int
    nombre: str | Promise

    @property
    def pasos(self) -> range:
        """As many items as there are steps, for the component."""
        return range(self.total)


def steps_for(servicio) -> tuple[str, ...]:
    """The pages of the path; a service that asks no place has one less."""
    pages = (TIPO, ASUNTO, LUGAR, RELATO, CONTACTO, REVISION)
    if servicio is not None and servicio.lugar == Lugar.NO:
        return tuple(page for page in pages if page != LUGAR)
    return pages


def progress(step: str, servicio) -> Progress:
    """Number and total of ``step`` for this service."""
    pages = steps_for(servicio)
    return Progress(pages.index(step) + 1, len(pages), NAMES[step])


def missing_before(step: str, datos: dict, servicio) -> str | None:
    """The first page before ``step`` that has not been answered; ``None`` when all are."""
    done = set(datos.get("pasos", ()))
    if servicio is None:
        return None if step in (TIPO, ASUNTO) else ASUNTO
    pages = steps_for(servicio)
    if step not in pages:
        return pages[pages.index(RELATO)]
    for page in pages[: pages.index(step)]:
        if page in ANSWERED and page not in done:
            return page
    return None


def next_step(step: str, servicio) -> str:
    """The page after ``step``."""
    pages = steps_for(servicio)
    return pages[min(pages.index(step) + 1, len(pages) - 1)]


def previous_step(step: str, servicio) -> str | None:
    """The page before ``step``; ``None`` on the first."""
    pages = steps_for(servicio)
    at = pages.index(step)
    return pages[at - 1] if at else None
