"""What happens to a document. Ids and primitives only: the record outlives an erasure request."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DocumentoEvent(DomainEvent):
    """Anything that happens to one document."""

    documento_id: int

    def stream(self) -> str:
        return f"documento:{self.documento_id}"


@dataclass(frozen=True, kw_only=True)
class DocumentoDrafted(DocumentoEvent):
    tipo: str
    plantilla_version: int
    dependencia_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentoSubmitted(DocumentoEvent):
    """``huella`` is of the version as it was handed to its reviewers."""

    version: int
    huella: str
    revisores: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewApproved(DocumentoEvent):
    revision_id: int
    etapa: str


@dataclass(frozen=True, kw_only=True)
class LegalApprovalRequested(DocumentoEvent):
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentoReturned(DocumentoEvent):
    """Back to who drafts; ``version`` is the new one that begins."""

    version: int
    etapa: str


@dataclass(frozen=True, kw_only=True)
class CommentAdded(DocumentoEvent):
    comentario_id: int


@dataclass(frozen=True, kw_only=True)
class CommentSettled(DocumentoEvent):
    comentario_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentoFrozen(DocumentoEvent):
    """
    ``huella`` is of the content, ``sha256`` of the PDF that was shown to the signatories, or of the
    one that the institution sealed.
    """

    version: int
    huella: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SigningBegun(DocumentoEvent):
    firmantes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentoSigned(DocumentoEvent):
    """One signature; ``sha256`` is of the PDF that holds it."""

    firma_id: int
    nivel: str
    sha256: str
    certificado_serie: str
    en_suplencia_de: int | None


@dataclass(frozen=True, kw_only=True)
class DocumentoCompleted(DocumentoEvent):
    """Everybody who had to has signed: it is in force under its folio."""

    folio: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentoPublished(DocumentoEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class DocumentoSuperseded(DocumentoEvent):
    sustituto_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentoCancelled(DocumentoEvent):
    folio: str


@dataclass(frozen=True, kw_only=True)
class NotificationOrdered(DocumentoEvent):
    """Somebody is to be notified by ``medio``, the last day being ``vence`` (ISO)."""

    notificacion_id: int
    medio: str
    vence: str


@dataclass(frozen=True, kw_only=True)
class NotificationSent(DocumentoEvent):
    """An electronic notification leaves for the address that the person accepted."""

    notificacion_id: int


@dataclass(frozen=True, kw_only=True)
class NotificationOpened(DocumentoEvent):
    notificacion_id: int


@dataclass(frozen=True, kw_only=True)
class NotificationAcknowledged(DocumentoEvent):
    """The person acknowledged the PDF of that SHA-256."""

    notificacion_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CitatorioLeft(DocumentoEvent):
    """Nobody was there; whoever notifies comes back at ``cita_en`` (ISO)."""

    notificacion_id: int
    cita_en: str


@dataclass(frozen=True, kw_only=True)
class NotificationPractised(DocumentoEvent):
    """It was done; ``sha256`` is of the scanned proof."""

    notificacion_id: int
    forma: str
    practicada_en: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class NotificationFailed(DocumentoEvent):
    notificacion_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentoNotified(DocumentoEvent):
    """Everybody it was ordered for has been notified."""


@dataclass(frozen=True, kw_only=True)
class TemplatePublished(DomainEvent):
    """A kind of document has a new template in force."""

    tipo: str
    version: int
    huella: str

    def stream(self) -> str:
        return f"plantilla:{self.tipo}"


@dataclass(frozen=True, kw_only=True)
class DocumentKindChanged(DomainEvent):
    """The rules of a kind of document changed (who drafts, what it must pass, how it is signed)."""

    tipo: str

    def stream(self) -> str:
        return f"plantilla:{self.tipo}"
