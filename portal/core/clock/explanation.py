"""What a count did, as data that can be kept, read back, told in words and drawn."""

import datetime as dt
from dataclasses import dataclass

from . import grid, narrative
from .steps import Step, StepKind, read_moment
from .terms import Origin, Unit


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    The working of one count: enough to say it in words and to draw it without counting again.

    ``usados`` and ``restantes`` are set only while an open pause holds the term; they are in the
    unit of the term, except that a term in months gives days. ``restantes`` is ``None`` when the
    whole term starts again. ``sin_calendario`` are the years it ran into that were not loaded.
    """

    unidad: Unit
    cantidad: int
    pasos: tuple[Step, ...]
    inicia: dt.date | dt.datetime
    origen: Origin = Origin.PRESENTACION
    fundamento: str = ""
    prorroga: int = 0
    prorroga_motivo: str = ""
    usados: float | None = None
    restantes: float | None = None
    sin_calendario: tuple[int, ...] = ()

    @property
    def vence(self) -> dt.date | dt.datetime | None:
        """The last day or moment of the term; ``None`` while a pause is open."""
        last = self.pasos[-1]
        return last.fecha if last.clase is StepKind.VENCE else None

    @property
    def pausado(self) -> bool:
        """Whether an open pause holds the term."""
        return self.vence is None

    def steps(self, *kinds: StepKind) -> list[Step]:
        """The steps of these kinds, in order."""
        return [step for step in self.pasos if step.clase in kinds]

    def as_data(self) -> dict:
        """JSON-ready; ``from_data`` reads it back to an equal value."""
        data = {
            "unidad": str(self.unidad),
            "cantidad": self.cantidad,
            "origen": str(self.origen),
            "inicia": self.inicia.isoformat(),
            "vence": self.vence and self.vence.isoformat(),
            "pausado": self.pausado,
            "fundamento": self.fundamento,
            "prorroga": self.prorroga,
            "prorroga_motivo": self.prorroga_motivo,
            "usados": self.usados,
            "restantes": self.restantes,
            "sin_calendario": list(self.sin_calendario),
        }
        return data | {"pasos": [step.as_data() for step in self.pasos]}

    @classmethod
    def from_data(cls, data: dict) -> "Explanation":
        """The explanation that ``as_data`` wrote."""
        return cls(
            unidad=Unit(data["unidad"]),
            cantidad=data["cantidad"],
            origen=Origin(data["origen"]),
            inicia=read_moment(data["inicia"]),
            fundamento=data["fundamento"],
            prorroga=data["prorroga"],
            prorroga_motivo=data["prorroga_motivo"],
            usados=data["usados"],
            restantes=data["restantes"],
            sin_calendario=tuple(data["sin_calendario"]),
            pasos=tuple(Step.from_data(step) for step in data["pasos"]),
        )

    def as_text(self, lang: str = "es") -> str:
        """The working in full sentences, in Spanish (``es``) or English (``en``)."""
        return narrative.narrate(self, lang)

    def calendar_grid(self, lang: str = "es") -> list[dict]:
        """
        The months the count touches, to be drawn: ``{name, year, month, weeks}``.

        Each week has seven cells from Monday, ``{date, kind, number, title, holiday}``; ``kind``
        is out, start, count, off, pause or due, and ``date`` is ``None`` outside the month.
        """
        return grid.by_month(self, lang)

    def calendar_weeks(self, lang: str = "es") -> list[list[dict]]:
        """The same cells as one unbroken run of weeks, from the start to the last day."""
        return grid.by_week(self, lang)
