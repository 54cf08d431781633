"""What happens to bodies and their members. No names: the record outlives an erasure."""

from dataclasses import dataclass

from portal.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class BodyEvent(DomainEvent):
    """Anything that happens to one body."""

    organo_id: int

    def stream(self) -> str:
        return f"organo:{self.organo_id}"


@dataclass(frozen=True, kw_only=True)
class BodyChanged(BodyEvent):
    """A body was created or its data were mended; ``campos`` names what changed."""

    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class SeatChanged(BodyEvent):
    """A seat was created or mended."""

    asiento_id: int
    campos: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberSeated(BodyEvent):
    """Somebody was put in a seat from ``desde`` (ISO date)."""

    asiento_id: int
    ocupacion_id: int
    integrante_id: int
    calidad: str
    desde: str


@dataclass(frozen=True, kw_only=True)
class OathTaken(BodyEvent):
    """They took the oath on ``fecha`` (ISO date)."""

    ocupacion_id: int
    fecha: str


@dataclass(frozen=True, kw_only=True)
class SeatLeft(BodyEvent):
    """They hold the seat until ``hasta`` (ISO date), included."""

    ocupacion_id: int
    hasta: str


@dataclass(frozen=True, kw_only=True)
class AbsenceGranted(BodyEvent):
    """They are away; dates in ISO, ``None`` where there is none."""

    ocupacion_id: int
    ausencia_id: int
    tipo: str
    desde: str
    hasta: str | None
    suplente_desde: str | None


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(BodyEvent):
    """They are back the day after ``hasta`` (ISO date)."""

    ocupacion_id: int
    ausencia_id: int
    hasta: str


@dataclass(frozen=True, kw_only=True)
class MemberChanged(DomainEvent):
    """A member was registered or their data were mended; ``campos`` names what changed."""

    integrante_id: int
    campos: list[str]

    def stream(self) -> str:
        return f"integrante:{self.integrante_id}"
