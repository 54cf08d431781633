"""
What a legal rule about a term says, read from its stored ``valor`` and checked.

``{"plazo": {"cantidad", "unidad"}, "prevencion": {"efecto", "dias_cumplir", "fraccion",
"fundamento"}, "prorroga": {"tope", "fundamento"}, "silencio": "negativa|afirmativa|ninguna",
"alerta_dias": n, "conclusion_dias": n, "cuenta_desde": "next_business"}``. Without ``prevencion``
no correction can be requested; without ``prorroga`` the term cannot be extended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from .clock import ClockError, CountFrom, Effect, Term
from .errors import InvalidInputError

KEYS = frozenset(
    {
        "plazo",
        "prevencion",
        "prorroga",
        "silencio",
        "alerta_dias",
        "conclusion_dias",
        "cuenta_desde",
    }
)
MOST_DAYS = 365


class Silencio(StrEnum):
    """What it means that the authority did not answer in time (LFPA 17)."""

    NEGATIVA = "negativa"
    AFIRMATIVA = "afirmativa"
    NINGUNA = "ninguna"


@dataclass(frozen=True, slots=True)
class Prevencion:
    """
    One request for correction: its effect on the term, business days the person has to cure it
    (``dias_cumplir``), and the part of the term in which it must be made (``fraccion``, LFPA 17-A).
    """

    efecto: Effect
    dias_cumplir: int
    fraccion: Fraction
    fundamento: str


@dataclass(frozen=True, slots=True)
class Prorroga:
    """One extension of at most ``tope`` of the term (LFPA 31: half)."""

    tope: Fraction
    fundamento: str


@dataclass(frozen=True, slots=True)
class RuleValue:
    """
    The rule, typed. ``alerta_dias``: business days before the due date at which the semaphore
    turns amber. ``conclusion_dias``: business days after the answer to disagree with it.
    """

    plazo: Term
    prevencion: Prevencion | None
    prorroga: Prorroga | None
    silencio: Silencio
    alerta_dias: int
    conclusion_dias: int
    cuenta_desde: CountFrom = CountFrom.NEXT_BUSINESS

    @classmethod
    def from_rule(cls, rule) -> "RuleValue":
        """
        The value of a ``ReglaJuridica``.

        :raises InvalidInputError: what is stored is not a rule about a term.
        """
        return cls.parse(rule.valor)

    @classmethod
    def parse(cls, valor: Any) -> "RuleValue":
        """
        Read and check a stored value.

        :raises InvalidInputError: ``fields`` names each part that is wrong and how to mend it.
        """
        return _Reader(valor).read()


def validate_rule_value(valor: Any) -> None:
    """The check that the first migration names; models ask ``rule_kinds.validate_rule``."""
    RuleValue.parse(valor)


class _Reader:
    """Collects every fault of a value, so that a person mends them in one go."""

    def __init__(self, valor: Any) -> None:
        self.faults: dict[str, list] = {}
        self.valor = valor if isinstance(valor, dict) else {}
        unknown = sorted(set(self.valor) - KEYS)
        if unknown or not isinstance(valor, dict):
            line = _("La regla tiene partes que no se reconocen: %(parts)s.")
            self.faults["valor"] = [line % {"parts": ", ".join(unknown) or type(valor).__name__}]

    def read(self) -> RuleValue:
        value = {
            "plazo": self._part("plazo", self._term),
            "prevencion": self._optional("prevencion", self._prevencion),
            "prorroga": self._optional("prorroga", self._prorroga),
            "silencio": self._part(
                "silencio", lambda: _choice(Silencio, self.valor.get("silencio"))
            ),
            "alerta_dias": self._part("alerta_dias", lambda: _days(self.valor, "alerta_dias")),
            "conclusion_dias": self._part(
                "conclusion_dias", lambda: _days(self.valor, "conclusion_dias")
            ),
            "cuenta_desde": self._part(
                "cuenta_desde",
                lambda: _choice(CountFrom, self.valor.get("cuenta_desde", "next_business")),
            ),
        }
        if self.faults:
            raise InvalidInputError(_("La regla no está completa."), fields=self.faults)
        return RuleValue(**value)

    def _part(self, name: str, read: Callable) -> Any:
        try:
            return read()
        except (ClockError, ValueError) as error:
            self.faults.setdefault(name, []).append(str(error))
            return None

    def _optional(self, name: str, read: Callable) -> Any:
        return self._part(name, read) if self.valor.get(name) else None

    def _term(self) -> Term:
        part = _table(self.valor, "plazo", {"cantidad", "unidad"})
        return Term(part.get("cantidad"), part.get("unidad"))

    def _prevencion(self) -> Prevencion:
        part = _table(
            self.valor, "prevencion", {"efecto", "dias_cumplir", "fraccion", "fundamento"}
        )
        days = _days(part, "dias_cumplir")
        if days < 1:
            raise ValueError(_("Dé al menos un día hábil para cumplir la prevención."))
        return Prevencion(
            _choice(Effect, part.get("efecto")),
            days,
            _fraction(part, "fraccion"),
            _basis(part),
        )

    def _prorroga(self) -> Prorroga:
        part = _table(self.valor, "prorroga", {"tope", "fundamento"})
        return Prorroga(_fraction(part, "tope"), _basis(part))


def _table(valor: dict, name: str, keys: set[str]) -> dict:
    part = valor.get(name)
    if not isinstance(part, dict) or set(part) - keys:
        line = _("Debe tener sólo: %(keys)s.")
        raise ValueError(line % {"keys": ", ".join(sorted(keys))})
    return part


def _choice(kind: type[StrEnum], value: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        line = _("Elija una de estas opciones: %(options)s.")
        raise ValueError(line % {"options": ", ".join(kind)}) from None


def _days(part: dict, name: str) -> int:
    value = part.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
        raise ValueError(_("Escriba un número entero de días, de 0 a 365."))
    return value


def _fraction(part: dict, name: str) -> Fraction:
    value = part.get(name)
    try:
        fraction = Fraction(value) if isinstance(value, str) else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        fraction = Fraction(-1)
    if not 0 < fraction <= 1:
        raise ValueError(_("Escriba la fracción del plazo, mayor que 0 y hasta 1, como 1/3."))
    return fraction


def _basis(part: dict) -> str:
    basis = part.get("fundamento")
    if not isinstance(basis, str) or not basis.strip():
        raise ValueError(_("Escriba el fundamento."))
    return basis.strip()
