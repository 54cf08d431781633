"""What happens to an appointment. Ids and primitives only."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AppointmentEvent(DomainEvent):
    """Anything that happens to one appointment."""

    nombramiento_id: int

    def stream(self) -> str:
        return f"nombramiento:{self.nombramiento_id}"


@dataclass(frozen=True, kw_only=True)
class AppointmentRegistered(AppointmentEvent):
    documento_id: int


@dataclass(frozen=True, kw_only=True)
class OathRecorded(AppointmentEvent):
    documento_id: int


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(AppointmentEvent):
    """
    By ``documento_id``: a revocation, the appointment of who follows, or the appointment itself
    when it was left without effect.
    """

    documento_id: int


@dataclass(frozen=True, kw_only=True)
class AppointmentEndUndone(AppointmentEvent):
    """The document that ended it, or recorded the oath, was left without effect itself."""

    documento_id: int


@dataclass(frozen=True, kw_only=True)
class AppointmentEnding(AppointmentEvent):
    """It ends within so many days and nobody did anything about it; ``termina`` in ISO 8601."""

    dias: int
    termina: str
