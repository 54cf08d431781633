"""What happens to acuerdos and to the Gaceta. No names nor texts."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AcuerdoEvent(DomainEvent):
    """Anything that happens to one acuerdo."""

    acuerdo_id: int

    def stream(self) -> str:
        return f"acuerdo:{self.acuerdo_id}"


@dataclass(frozen=True, kw_only=True)
class AcuerdoAdopted(AcuerdoEvent):
    """``huella`` is the SHA-256 of its text."""

    folio: str
    asunto_id: int
    sesion_id: int
    votacion_id: int
    huella: str


@dataclass(frozen=True, kw_only=True)
class AcuerdoSealed(AcuerdoEvent):
    documento_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AcuerdoSetAside(AcuerdoEvent):
    """The very session voted its item anew."""

    votacion_id: int


@dataclass(frozen=True, kw_only=True)
class AcuerdoRevoked(AcuerdoEvent):
    """By a later one."""

    revocado_por_id: int


@dataclass(frozen=True, kw_only=True)
class GacetaEvent(DomainEvent):
    """Anything that happens to one number."""

    gaceta_id: int

    def stream(self) -> str:
        return f"gaceta:{self.gaceta_id}"


@dataclass(frozen=True, kw_only=True)
class GacetaOpened(GacetaEvent):
    acuerdos: list[int]


@dataclass(frozen=True, kw_only=True)
class GacetaEntryRemoved(GacetaEvent):
    acuerdo_id: int


@dataclass(frozen=True, kw_only=True)
class GacetaPublished(GacetaEvent):
    numero: int
    ejercicio: int
    documento_id: int
    acuerdos: list[int]
