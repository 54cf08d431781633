"""One step of a count."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from .terms import Effect
from .wording import WEEKDAYS

NO_SUCH_DAY = "el mes no tiene ese día"
AFTER_HOURS = "fuera del horario de oficina"


class StepKind(StrEnum):
    """What happened on the day of a step."""

    INICIO = "inicio"
    RECIBE = "recibe"
    SURTE = "surte"
    CUENTA = "cuenta"
    INHABIL = "inhabil"
    PAUSA = "pausa"
    REANUDA = "reanuda"
    REINICIA = "reinicia"
    PRORROGA = "prorroga"
    RECORRE = "recorre"
    VENCE = "vence"


def read_moment(text: str) -> dt.date | dt.datetime:
    """A date or datetime from the ISO text that ``isoformat`` wrote."""
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Step:
    """
    One day (or moment, in hours) of the count.

    ``numero`` is its number in the term. ``nombre`` and ``fundamento`` say why it does not count,
    why it is paused or extended. ``hasta`` and ``efecto`` belong to a pause only.
    """

    fecha: dt.date | dt.datetime
    clase: StepKind
    numero: int | None = None
    nombre: str = ""
    fundamento: str = ""
    hasta: dt.date | dt.datetime | None = None
    efecto: Effect | None = None

    @property
    def is_weekly_rest(self) -> bool:
        """Whether the day does not count only because of the weekday it is."""
        return self.nombre == WEEKDAYS["es"][self.fecha.weekday()]

    def as_data(self) -> dict:
        """JSON-ready; empty fields are left out, but ``numero`` is always there."""
        data = {"fecha": self.fecha.isoformat(), "clase": str(self.clase), "numero": self.numero}
        optional = {
            "nombre": self.nombre,
            "fundamento": self.fundamento,
            "hasta": self.hasta and self.hasta.isoformat(),
            "efecto": self.efecto and str(self.efecto),
        }
        return data | {key: value for key, value in optional.items() if value}

    @classmethod
    def from_data(cls, data: dict) -> "Step":
        """The step that ``as_data`` wrote."""
        return cls(
            fecha=read_moment(data["fecha"]),
            clase=StepKind(data["clase"]),
            numero=data.get("numero"),
            nombre=data.get("nombre", ""),
            fundamento=data.get("fundamento", ""),
            hasta=read_moment(data["hasta"]) if data.get("hasta") else None,
            efecto=Effect(data["efecto"]) if data.get("efecto") else None,
        )
