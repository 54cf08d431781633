"""Events that exist only in tests."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class SomethingHappened(DomainEvent):
    thing_id: int = 1
    number: int = 0

    def stream(self) -> str:
        return f"prueba:{self.thing_id}"


@dataclass(frozen=True, kw_only=True)
class SomethingWhispered(SomethingHappened):
    recorded = False
