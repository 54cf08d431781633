"""
What the rules of the Cabildo say, read from their stored values and checked.

``quorum``: ``{"formula", "segunda", "segunda_fraccion", "espera_minutos", "exige_presidencia"}``.
``mayoria``: ``{"base", "umbral", "estricto", "abstenciones", "calidad", "excusados_fuera"}``.
``convocatoria``: ``{"cantidad", "unidad", "urgencia"}``.
"""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError

from .majority import HALF, Abstenciones, Base, MajorityRule
from .notice import NoticeRule, NoticeUnit
from .quorum import Formula, QuorumRule, SecondCall

#: Most of each unit that a notice may ask for.
MOST_NOTICE = {
    NoticeUnit.HORAS: 720,
    NoticeUnit.HORAS_HABILES: 480,
    NoticeUnit.HABILES: 60,
    NoticeUnit.NATURALES: 60,
}
LONGEST_WAIT = 10_080


def read_quorum(valor: Any) -> QuorumRule:
    """
    :raises InvalidInputError: ``fields`` names each part that is wrong and how to mend it.
    """
    read = _Reader(valor, QuorumRule.__dataclass_fields__)
    second = read.choice("segunda", SecondCall)
    part = None
    if second is SecondCall.FRACCION:
        part = read.fraction("segunda_fraccion")
    return read.result(
        lambda: QuorumRule(
            formula=read.choice("formula", Formula),
            segunda=second,
            segunda_fraccion=part,
            espera_minutos=read.whole("espera_minutos", 0, LONGEST_WAIT),
            exige_presidencia=read.flag("exige_presidencia"),
        )
    )


def read_majority(valor: Any) -> MajorityRule:
    """
    :raises InvalidInputError: ``fields`` names each part that is wrong and how to mend it.
    """
    read = _Reader(valor, MajorityRule.__dataclass_fields__)
    part, strict = read.fraction("umbral"), read.flag("estricto")
    if part is not None and (part < HALF or (part == HALF and not strict)):
        read.fault("umbral", _("Un acuerdo necesita al menos más de la mitad."))
    if part == 1 and strict:
        read.fault("estricto", _("No se puede pedir más que todos los votos."))
    casting = read.flag("calidad")
    if casting and part is not None and part != HALF:
        read.fault("calidad", _("El voto de calidad sólo decide empates de mayoría simple."))
    return read.result(
        lambda: MajorityRule(
            base=read.choice("base", Base),
            umbral=part or HALF,
            estricto=strict,
            abstenciones=read.choice("abstenciones", Abstenciones),
            calidad=casting,
            excusados_fuera=read.flag("excusados_fuera"),
        )
    )


def read_notice(valor: Any) -> NoticeRule:
    """
    :raises InvalidInputError: ``fields`` names each part that is wrong and how to mend it.
    """
    read = _Reader(valor, NoticeRule.__dataclass_fields__)
    unit = read.choice("unidad", NoticeUnit)
    most = MOST_NOTICE.get(unit, 720)
    return read.result(
        lambda: NoticeRule(
            cantidad=read.whole("cantidad", 1, most),
            unidad=unit,
            urgencia=read.flag("urgencia"),
        )
    )


class _Reader:
    """Collects every fault of a value, so that a person mends them in one go."""

    def __init__(self, valor: Any, known) -> None:
        self.valor = valor if isinstance(valor, dict) else {}
        self.faults: dict[str, list] = {}
        unknown = sorted(str(key) for key in set(self.valor) - set(known))
        if unknown or not isinstance(valor, dict):
            line = _("La regla tiene partes que no se reconocen: %(parts)s.")
            self.fault("valor", line % {"parts": ", ".join(unknown) or type(valor).__name__})

    def fault(self, name: str, line: str) -> None:
        """Note what is wrong with a part, once."""
        found = self.faults.setdefault(name, [])
        if line not in found:
            found.append(line)

    def choice(self, name: str, kind: type[StrEnum]) -> Any:
        """One of the values of ``kind``."""
        try:
            return kind(self.valor.get(name))
        except ValueError:
            line = _("Elija una de estas opciones: %(options)s.")
            self.fault(name, line % {"options": ", ".join(kind)})
            return None

    def fraction(self, name: str) -> Fraction | None:
        """A part of one, written like 2/3."""
        value = self.valor.get(name)
        try:
            part = Fraction(value) if isinstance(value, str) and len(value) <= 9 else Fraction(-1)
        except (ValueError, ZeroDivisionError):
            part = Fraction(-1)
        if 0 < part <= 1:
            return part
        self.fault(name, _("Escriba una fracción mayor que 0 y hasta 1, como 2/3."))
        return None

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two, both included."""
        value = self.valor.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            line = _("Escriba un número entero de %(least)s a %(most)s.")
            self.fault(name, line % {"least": least, "most": most})
            return least
        return value

    def flag(self, name: str) -> bool:
        """Yes or no; no when it is not said."""
        value = self.valor.get(name, False)
        if not isinstance(value, bool):
            self.fault(name, _("Diga sí o no."))
            return False
        return value

    def result(self, make: Callable[[], Any]) -> Any:
        """
        What ``make`` gives.

        :raises InvalidInputError: some part was wrong.
        """
        value = make()
        if self.faults:
            raise InvalidInputError(_("La regla no está completa."), fields=self.faults)
        return value
