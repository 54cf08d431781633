"""What happens to actas and their books. No names nor texts."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ActaEvent(DomainEvent):
    """Anything that happens to one acta."""

    acta_id: int

    def stream(self) -> str:
        return f"acta:{self.acta_id}"


@dataclass(frozen=True, kw_only=True)
class ActaDrafted(ActaEvent):
    sesion_id: int


@dataclass(frozen=True, kw_only=True)
class ActaSectionSaved(ActaEvent):
    """``huella`` is the SHA-256 of the section's text."""

    orden: int
    huella: str


@dataclass(frozen=True, kw_only=True)
class ActaCirculated(ActaEvent):
    huella: str
    observar_hasta: str


@dataclass(frozen=True, kw_only=True)
class ActaObserved(ActaEvent):
    observacion_id: int
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class ActaObservationSettled(ActaEvent):
    """``huella`` is of the whole text afterwards."""

    observacion_id: int
    estado: str
    huella: str


@dataclass(frozen=True, kw_only=True)
class ActaApproved(ActaEvent):
    """By a vote of a later session."""

    sesion_id: int
    votacion_id: int
    huella: str


@dataclass(frozen=True, kw_only=True)
class ActaSignature(ActaEvent):
    """A member signed, in the system or by hand, or refused: ``estado``."""

    integrante_id: int
    estado: str


@dataclass(frozen=True, kw_only=True)
class ActaBound(ActaEvent):
    documento_id: int
    libro_id: int
    foja_desde: int
    foja_hasta: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ActaPublicVersion(ActaEvent):
    documento_id: int
    tachados: int


@dataclass(frozen=True, kw_only=True)
class ActaCorrected(ActaEvent):
    """A signed paper says how it should read; the acta stays."""

    documento_id: int


@dataclass(frozen=True, kw_only=True)
class ActaActRefused(ActaEvent):
    """Somebody tried ``acto`` and was told ``motivo``; nothing changed."""

    acto: str
    motivo: str


@dataclass(frozen=True, kw_only=True)
class BookEvent(DomainEvent):
    """Anything that happens to one book."""

    libro_id: int

    def stream(self) -> str:
        return f"libro:{self.libro_id}"


@dataclass(frozen=True, kw_only=True)
class BookOpened(BookEvent):
    tomo: int
    documento_id: int


@dataclass(frozen=True, kw_only=True)
class BookClosed(BookEvent):
    fojas: int
    documento_id: int


@dataclass(frozen=True, kw_only=True)
class ActaSignatureDue(ActaEvent):
    """A member was reminded to sign."""

    integrante_id: int
