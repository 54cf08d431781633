"""What happens to the catalogue and to the routing table."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CatalogueEvent(DomainEvent):
    """Anything that happens to what can be asked, or to where it goes."""

    def stream(self) -> str:
        return "catalogo"


@dataclass(frozen=True, kw_only=True)
class ServiceChanged(CatalogueEvent):
    """``campos``: names of the fields that changed; all of them for a new one."""

    servicio_id: int
    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class ThemeChanged(CatalogueEvent):
    tema_id: int
    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class QuestionChanged(CatalogueEvent):
    servicio_id: int
    pregunta_id: int
    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class QuestionRemoved(CatalogueEvent):
    servicio_id: int
    clave: str


@dataclass(frozen=True, kw_only=True)
class RoutingChanged(CatalogueEvent):
    regla_id: int
    campos: list[str]
