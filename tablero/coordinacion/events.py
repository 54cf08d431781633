"""What happens to charges. No names nor texts: the record outlives an erasure."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ChargeEvent(DomainEvent):
    """Anything that happens to one charge."""

    encargo_id: int

    def stream(self) -> str:
        return f"encargo:{self.encargo_id}"


@dataclass(frozen=True, kw_only=True)
class ChargeGiven(ChargeEvent):
    """``origen_clase`` and ``origen_clave`` say what it comes from; ``vence`` is an ISO date."""

    folio: str
    origen_clase: str
    origen_clave: str
    dependencia_id: int
    responsable_id: int | None
    vence: str


@dataclass(frozen=True, kw_only=True)
class ChargeAcknowledged(ChargeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChargeReported(ChargeEvent):
    """``concluye``: the department says that it is done; ``sha256`` are those of its evidence."""

    informe_id: int
    avance: int
    concluye: bool
    sha256: list[str]


@dataclass(frozen=True, kw_only=True)
class ChargeSentBack(ChargeEvent):
    informe_id: int


@dataclass(frozen=True, kw_only=True)
class ChargeExtended(ChargeEvent):
    """The last day moved; ISO dates."""

    antes: str
    despues: str


@dataclass(frozen=True, kw_only=True)
class ChargeEnded(ChargeEvent):
    """Fulfilled, not fulfilled, moot or revoked: ``estado``."""

    origen_clase: str
    origen_clave: str
    estado: str


@dataclass(frozen=True, kw_only=True)
class ChargeDue(ChargeEvent):
    """Whoever answers for it was reminded; ``vence`` is an ISO date."""

    vence: str
    vencido: bool
