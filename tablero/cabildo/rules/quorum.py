"""How many members must be there for a body to sit."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Formula(StrEnum):
    """
    What the law calls a majority of the members.

    The two differ for an odd number: of 13, more than half are 7, and half plus one are 7.5, that
    is, 8.
    """

    MAS_DE_LA_MITAD = "mas_de_la_mitad"
    MITAD_MAS_UNO = "mitad_mas_uno"


class SecondCall(StrEnum):
    """What a second call asks for: the same, a part of the members, or whoever came."""

    IGUAL = "igual"
    FRACCION = "fraccion"
    PRESENTES = "presentes"


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """
    ``segunda_fraccion`` counts only with ``SecondCall.FRACCION``; ``espera_minutos`` is the least
    time between the two calls. With ``exige_presidencia`` the body sits only under its president
    or whoever stands in by law.
    """

    formula: Formula = Formula.MAS_DE_LA_MITAD
    segunda: SecondCall = SecondCall.IGUAL
    segunda_fraccion: Fraction | None = None
    espera_minutos: int = 30
    exige_presidencia: bool = True


def quorum_needed(rule: QuorumRule, integrantes: int) -> int:
    """
    Members that must be there at first call, of ``integrantes`` in office.

    :raises ValueError: a body without members cannot sit.
    """
    _require_members(integrantes)
    if rule.formula is Formula.MITAD_MAS_UNO:
        return -(-integrantes // 2) + 1 if integrantes > 1 else 1
    return integrantes // 2 + 1


def second_call_needed(rule: QuorumRule, integrantes: int) -> int:
    """
    Members that must be there at second call; never none, and never more than at the first.

    :raises ValueError: a body without members cannot sit.
    """
    first = quorum_needed(rule, integrantes)
    if rule.segunda is SecondCall.PRESENTES:
        return 1
    if rule.segunda is SecondCall.FRACCION and rule.segunda_fraccion is not None:
        part = rule.segunda_fraccion * integrantes
        return max(1, min(first, -(-part.numerator // part.denominator)))
    return first


def _require_members(integrantes: int) -> None:
    if integrantes < 1:
        raise ValueError("a body without members cannot sit")
