"""What happens to the municipality's calendar."""

from dataclasses import dataclass

from .events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(DomainEvent):
    """
    A new version is in force. ``fechas`` are the ISO dates that count differently from before;
    ``ejercicio`` is the year that was loaded with it, if one was.
    """

    version_id: int
    fechas: list[str]
    ejercicio: int | None = None

    def stream(self) -> str:
        return "calendario"
