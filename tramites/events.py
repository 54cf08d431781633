"""What happens to a case. Ids and primitives only: the record outlives an erasure request."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PeticionEvent(DomainEvent):
    """Anything that happens to one case."""

    peticion_id: int

    def stream(self) -> str:
        return f"peticion:{self.peticion_id}"


@dataclass(frozen=True, kw_only=True)
class PeticionFiled(PeticionEvent):
    folio: str
    servicio_id: int
    canal: str
    huella: str


@dataclass(frozen=True, kw_only=True)
class PeticionAssigned(PeticionEvent):
    """``automatic`` tells a routing rule from a person's decision."""

    turno_id: int
    dependencia_id: int
    desde_id: int | None
    automatic: bool


@dataclass(frozen=True, kw_only=True)
class PeticionReturned(PeticionEvent):
    turno_id: int
    dependencia_id: int
    desde_id: int


@dataclass(frozen=True, kw_only=True)
class PeticionAccepted(PeticionEvent):
    responsable_id: int


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(PeticionEvent):
    """``cause``: filed, paused, resumed, extended, calendar, reopened."""

    plazo_id: int
    vence: str | None
    cause: str


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(PeticionEvent):
    prevencion_id: int
    vence: str


@dataclass(frozen=True, kw_only=True)
class CorrectionReceived(PeticionEvent):
    prevencion_id: int


@dataclass(frozen=True, kw_only=True)
class TermExtended(PeticionEvent):
    prorroga_id: int
    vence: str


@dataclass(frozen=True, kw_only=True)
class PeticionAnswered(PeticionEvent):
    respuesta_id: int
    resultado: str


@dataclass(frozen=True, kw_only=True)
class PeticionConcluded(PeticionEvent):
    """``by``: citizen, staff or lapse."""

    by: str


@dataclass(frozen=True, kw_only=True)
class PeticionDismissed(PeticionEvent):
    respuesta_id: int


@dataclass(frozen=True, kw_only=True)
class DeclaredNotCompetent(PeticionEvent):
    respuesta_id: int


@dataclass(frozen=True, kw_only=True)
class PeticionMerged(PeticionEvent):
    into_id: int


@dataclass(frozen=True, kw_only=True)
class PeticionCancelled(PeticionEvent):
    respuesta_id: int


@dataclass(frozen=True, kw_only=True)
class PeticionReopened(PeticionEvent):
    inconformidad_id: int
    dependencia_id: int


@dataclass(frozen=True, kw_only=True)
class NoteAdded(PeticionEvent):
    nota_id: int


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(PeticionEvent):
    adjunto_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CaseDocumentIssued(PeticionEvent):
    """A document of the case is in force; ``sha256`` is of its signed PDF."""

    documento_id: int
    folio: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CaseDocumentEnded(PeticionEvent):
    """A document of the case is ``sustituido`` or ``cancelado``."""

    documento_id: int
    folio: str
    estado: str


@dataclass(frozen=True, kw_only=True)
class PeticionLinked(PeticionEvent):
    """What the case led to elsewhere stands as its row says; ``avisar``: the citizen is told."""

    vinculo_id: int
    clase: str
    clave: str
    avisar: bool


@dataclass(frozen=True, kw_only=True)
class PinReset(PeticionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonDataSeen(DomainEvent):
    """Somebody of the staff asked to see name and contact of who filed; the case is as it was."""

    peticion_id: int

    def stream(self) -> str:
        return f"peticion:{self.peticion_id}"


@dataclass(frozen=True, kw_only=True)
class PeticionImported(PeticionEvent):
    folio: str
    origen: str


@dataclass(frozen=True, kw_only=True)
class CasesImported(DomainEvent):
    """A batch of historical cases came in; their ids lie between the two given, both included."""

    origen: str
    first_id: int
    last_id: int
    count: int

    def stream(self) -> str:
        return f"importacion:{self.origen}"
