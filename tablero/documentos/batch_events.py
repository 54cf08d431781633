"""What happens to a batch. Ids and primitives only."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class BatchEvent(DomainEvent):
    """Anything that happens to one batch."""

    lote_id: int

    def stream(self) -> str:
        return f"lote:{self.lote_id}"


@dataclass(frozen=True, kw_only=True)
class BatchPrepared(BatchEvent):
    """A sheet was looked at; ``sha256`` is of the file."""

    tipo: str
    sha256: str
    buenas: int
    con_errores: int


@dataclass(frozen=True, kw_only=True)
class BatchBegun(BatchEvent):
    """
    Somebody had it issued. ``huella`` is of everything that is to be issued; with ``forma``
    «rubrica» the actor authorised with their password that each row be signed in their name.
    """

    forma: str
    huella: str
    filas: int


@dataclass(frozen=True, kw_only=True)
class BatchPaused(BatchEvent):
    """``codigo`` is that of the error that stood in the way."""

    codigo: str


@dataclass(frozen=True, kw_only=True)
class BatchRetried(BatchEvent):
    filas: int


@dataclass(frozen=True, kw_only=True)
class BatchFinished(BatchEvent):
    emitidas: int
    fallidas: int


@dataclass(frozen=True, kw_only=True)
class BatchCancelled(BatchEvent):
    emitidas: int
    canceladas: int


@dataclass(frozen=True, kw_only=True)
class BatchDataErased(BatchEvent):
    """The personal data of its rows are gone; they stand in the documents that were issued."""

    filas: int
