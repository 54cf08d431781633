"""What happens to a request for a certified copy. No names: the record outlives an erasure."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CopyEvent(DomainEvent):
    """Anything that happens to one request."""

    copia_id: int

    def stream(self) -> str:
        return f"copia:{self.copia_id}"


@dataclass(frozen=True, kw_only=True)
class CopyRequested(CopyEvent):
    """``sha256`` is of the clean copy, ``original`` of the file it was made from."""

    folio: str
    documento_id: int | None
    paginas: int
    sha256: str
    original: str


@dataclass(frozen=True, kw_only=True)
class CopyPaid(CopyEvent):
    exenta: bool


@dataclass(frozen=True, kw_only=True)
class CopySentToSign(CopyEvent):
    certificacion_id: int


@dataclass(frozen=True, kw_only=True)
class CopyCertified(CopyEvent):
    certificacion_id: int
    folio: str


@dataclass(frozen=True, kw_only=True)
class CopyReturned(CopyEvent):
    """Its certification was left without effect; it waits to be certified again."""

    certificacion_id: int


@dataclass(frozen=True, kw_only=True)
class CopyRejected(CopyEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class CopyDelivered(CopyEvent):
    pass
