"""Who acts. Staff act as their User; the two others have no account and are still somebody."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What the record needs to know of anybody who acts."""

    actor_kind: str
    pk: int | None


@dataclass(frozen=True)
class SystemActor:
    """The software itself: routing, clocks, imports."""

    process: str = "sistema"
    actor_kind: str = "sistema"
    pk: None = None
    is_authenticated: bool = False


@dataclass(frozen=True)
class CitizenActor:
    """
    The person who filed, known by folio + PIN or a signed link.

    ``peticion_id`` is the one case the proof opens; ``None`` while filing.
    """

    peticion_id: int | None = None
    actor_kind: str = "ciudadano"
    pk: None = None
    is_authenticated: bool = False


SYSTEM = SystemActor()
