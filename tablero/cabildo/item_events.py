"""What happens to items for the agenda. No names nor texts: the record outlives an erasure."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ItemEvent(DomainEvent):
    """Anything that happens to one item."""

    asunto_id: int

    def stream(self) -> str:
        return f"asunto:{self.asunto_id}"


@dataclass(frozen=True, kw_only=True)
class ItemDrafted(ItemEvent):
    folio: str
    origen: str
    peticion_id: int | None


@dataclass(frozen=True, kw_only=True)
class ItemSaved(ItemEvent):
    """Its text changed; ``huella`` is the SHA-256 of what it says now."""

    campos: list[str]
    huella: str


@dataclass(frozen=True, kw_only=True)
class ItemSubmitted(ItemEvent):
    huella: str


@dataclass(frozen=True, kw_only=True)
class ItemSentBack(ItemEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ItemValidated(ItemEvent):
    huella: str


@dataclass(frozen=True, kw_only=True)
class ItemReferred(ItemEvent):
    """To a commission, which is to give its opinion by ``vence`` (ISO date)."""

    comision_id: int
    vence: str


@dataclass(frozen=True, kw_only=True)
class ItemReported(ItemEvent):
    """The commission gave its opinion."""

    comision_id: int
    sentido: str


@dataclass(frozen=True, kw_only=True)
class ItemWithdrawn(ItemEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class AnnexAdded(ItemEvent):
    anexo_id: int
    sha256: str
    confidencial: bool


@dataclass(frozen=True, kw_only=True)
class AnnexRemoved(ItemEvent):
    anexo_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ItemActRefused(ItemEvent):
    """Somebody tried ``acto`` and was told ``motivo``; nothing changed."""

    acto: str
    motivo: str


@dataclass(frozen=True, kw_only=True)
class MatterChanged(DomainEvent):
    """A matter was created or mended; ``campos`` names what changed."""

    materia_id: int
    campos: list[str]

    def stream(self) -> str:
        return f"materia:{self.materia_id}"
