"""What happens on the staff side of a case and belongs on its record."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonDataSeen(DomainEvent):
    """Somebody of the staff asked to see name and contact of who filed."""

    peticion_id: int

    def stream(self) -> str:
        return f"peticion:{self.peticion_id}"
