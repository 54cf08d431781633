"""What happens to sessions. Ids and primitives only: the record outlives an erasure."""

from dataclasses import dataclass

from portal.core.events import DomainEvent

from .item_events import ItemEvent


@dataclass(frozen=True, kw_only=True)
class SessionEvent(DomainEvent):
    """Anything that happens to one session."""

    sesion_id: int

    def stream(self) -> str:
        return f"sesion:{self.sesion_id}"


@dataclass(frozen=True, kw_only=True)
class SessionSaved(SessionEvent):
    """It was begun or its data changed; ``campos`` names what changed."""

    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class PointAdded(SessionEvent):
    """``votacion_id``: the vote that changed the agenda of a session that goes on."""

    punto_id: int
    asunto_id: int
    tardio: bool
    votacion_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PointRemoved(SessionEvent):
    punto_id: int
    asunto_id: int | None
    votacion_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PointMoved(SessionEvent):
    punto_id: int
    orden: int
    votacion_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SessionConvened(SessionEvent):
    """
    Its members were noticed. ``legal_desde`` (ISO) is the first moment the rule allowed; ``antes``
    tells that it will be held before it, for a grounded urgency.
    """

    numero: int
    ejercicio: int
    documento_id: int
    regla_id: int
    legal_desde: str
    antes: bool
    integrantes: list[int]


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ItemScheduled(ItemEvent):
    sesion_id: int


@dataclass(frozen=True, kw_only=True)
class ItemUnscheduled(ItemEvent):
    sesion_id: int
