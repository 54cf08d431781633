"""
Whether a vote carries, by the majority its matter demands.

The base is what the threshold is a part of: the votes cast for and against, the members present,
or all the members in office. Who is excused by a conflict of interest is not of those present; of
the members in office they are, unless the rule says otherwise, because the Constitution counts
those (CPEUM 115, II b).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HALF = Fraction(1, 2)


class Base(StrEnum):
    """What the threshold is a part of."""

    EMITIDOS = "emitidos"
    PRESENTES = "presentes"
    INTEGRANTES = "integrantes"


class Abstenciones(StrEnum):
    """
    What an abstention does: nothing, join the side with more votes, or count against.

    With nothing for and against apart, none joins: it stays a tie.
    """

    NO_CUENTAN = "no_cuentan"
    CON_LA_MAYORIA = "con_la_mayoria"
    EN_CONTRA = "en_contra"


@dataclass(frozen=True, slots=True)
class MajorityRule:
    """
    ``estricto``: more than ``umbral`` of the base is needed, not just as much. ``calidad``: a tie
    is broken by whoever presides. ``excusados_fuera``: the excused are taken off the members too.
    """

    base: Base = Base.EMITIDOS
    umbral: Fraction = HALF
    estricto: bool = True
    abstenciones: Abstenciones = Abstenciones.NO_CUENTAN
    calidad: bool = True
    excusados_fuera: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """
    What was counted when the vote closed. ``presentes`` includes whoever did not vote and the
    excused; ``preside`` says whether who presides is there and may vote.

    :raises ValueError: figures that cannot be of one vote.
    """

    integrantes: int
    presentes: int
    favor: int
    contra: int
    abstencion: int = 0
    excusados: int = 0
    preside: bool = True

    def __post_init__(self) -> None:
        parts = (self.favor, self.contra, self.abstencion, self.excusados)
        if min(parts) < 0 or sum(parts) > self.presentes or self.presentes > self.integrantes:
            raise ValueError(f"figures that cannot be of one vote: {self}")


class Verdict(StrEnum):
    """How a vote came out. ``EMPATE`` waits for the casting vote."""

    APROBADO = "aprobado"
    RECHAZADO = "rechazado"
    EMPATE = "empate"


@dataclass(frozen=True, slots=True)
class Decision:
    """
    ``favor`` and ``contra`` as they count once abstentions were dealt with; ``requeridos`` of
    ``base``; ``empatado`` even where no casting vote can change it.
    """

    verdict: Verdict
    favor: int
    contra: int
    base: int
    requeridos: int
    empatado: bool = False
    calidad: str = ""


def base_of(rule: MajorityRule, tally: Tally) -> int:
    """The number the threshold is a part of."""
    if rule.base is Base.PRESENTES:
        return tally.presentes - tally.excusados
    if rule.base is Base.INTEGRANTES:
        return tally.integrantes - (tally.excusados if rule.excusados_fuera else 0)
    favor, contra = _sides(rule, tally)
    return favor + contra


def needed_of(rule: MajorityRule, base: int) -> int:
    """
    Votes in favour without which nothing carries, of ``base``; at least one.

    >>> needed_of(MajorityRule(umbral=Fraction(2, 3), estricto=False), 13)
    9
    """
    part = rule.umbral * base
    whole = part.numerator // part.denominator
    if rule.estricto:
        return whole + 1
    return max(1, whole if part == whole else whole + 1)


def decide(rule: MajorityRule, tally: Tally, *, calidad: str = "") -> Decision:
    """
    The result of a vote. ``calidad`` is the casting vote, "favor" or "contra", given only after a
    tie; it is told apart and never added to the votes.

    :raises ValueError: a casting vote where there is no tie to break.
    """
    favor, contra = _sides(rule, tally)
    base = base_of(rule, tally)
    needed = needed_of(rule, base)
    tied = favor == contra and favor > 0
    breakable = tied and rule.calidad and tally.preside and favor < needed <= favor + 1
    if calidad and not breakable:
        raise ValueError("there is no tie that a casting vote could break")
    if favor >= needed:
        verdict = Verdict.APROBADO
    elif breakable and not calidad:
        verdict = Verdict.EMPATE
    else:
        verdict = Verdict.APROBADO if calidad == "favor" else Verdict.RECHAZADO
    return Decision(verdict, favor, contra, base, needed, tied, calidad)


def _sides(rule: MajorityRule, tally: Tally) -> tuple[int, int]:
    """For and against, once abstentions were dealt with."""
    favor, contra = tally.favor, tally.contra
    if rule.abstenciones is Abstenciones.EN_CONTRA:
        return favor, contra + tally.abstencion
    if rule.abstenciones is Abstenciones.CON_LA_MAYORIA and favor != contra:
        return (
            (favor + tally.abstencion, contra)
            if favor > contra
            else (favor, contra + tally.abstencion)
        )
    return favor, contra
