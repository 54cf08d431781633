"""What happens while a session is held. Of a secret vote no fact says who voted what."""

from dataclasses import dataclass

from .item_events import ItemEvent
from .session_events import SessionEvent


@dataclass(frozen=True, kw_only=True)
class RollCalled(SessionEvent):
    """``llamada`` is the first or the second; ``hay`` tells whether there was a quorum."""

    llamada: int
    presentes: list[int]
    integrantes: int
    requeridos: int
    preside_id: int | None
    regla_id: int
    hay: bool


@dataclass(frozen=True, kw_only=True)
class SessionNotHeld(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MemberEntered(SessionEvent):
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(SessionEvent):
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class ChairTaken(SessionEvent):
    """Somebody else presides from now on."""

    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class RecessBegun(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RecessEnded(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class VoteOpened(SessionEvent):
    votacion_id: int
    punto_id: int
    forma: str
    regla_id: int
    sustituye_id: int | None


@dataclass(frozen=True, kw_only=True)
class MemberExcused(SessionEvent):
    votacion_id: int
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class VoteCast(SessionEvent):
    """Only of nominal votes, which are public."""

    votacion_id: int
    integrante_id: int
    sentido: str


@dataclass(frozen=True, kw_only=True)
class VoteClosed(SessionEvent):
    """``resultado`` is empty when the casting vote is waited for."""

    votacion_id: int
    favor: int
    contra: int
    abstencion: int
    presentes: int
    integrantes: int
    base: int
    requeridos: int
    resultado: str


@dataclass(frozen=True, kw_only=True)
class TieBroken(SessionEvent):
    votacion_id: int
    sentido: str
    resultado: str


@dataclass(frozen=True, kw_only=True)
class SessionClosed(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ItemDecided(ItemEvent):
    sesion_id: int
    votacion_id: int
    resultado: str
    huella: str


@dataclass(frozen=True, kw_only=True)
class ItemPostponed(ItemEvent):
    sesion_id: int


@dataclass(frozen=True, kw_only=True)
class FloorAsked(SessionEvent):
    integrante_id: int
    punto_id: int | None


@dataclass(frozen=True, kw_only=True)
class FloorWithdrawn(SessionEvent):
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class FloorGiven(SessionEvent):
    integrante_id: int


@dataclass(frozen=True, kw_only=True)
class FloorEnded(SessionEvent):
    """Who had the floor spoke for ``segundos``."""

    integrante_id: int
    segundos: int


@dataclass(frozen=True, kw_only=True)
class SessionActRefused(SessionEvent):
    """Somebody tried ``acto`` and was told ``motivo``; nothing changed."""

    acto: str
    motivo: str
