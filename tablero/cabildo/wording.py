"""The rules of a body and what they come to, in the words of whoever looks at a screen."""

from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.clock.wording import enumerate_words, full_date, short_date

from .rules import (
    Base,
    EarliestSession,
    Formula,
    MajorityRule,
    NoticeRule,
    NoticeUnit,
    QuorumRule,
    SecondCall,
    Tally,
    quorum_needed,
    second_call_needed,
)
from .rules.majority import HALF, Decision

#: Skipped days that are named one by one.
MOST_NAMED = 6


def _share(part: Fraction) -> str:
    known = {
        Fraction(1, 2): _("la mitad"),
        Fraction(1, 3): _("la tercera parte"),
        Fraction(2, 3): _("dos terceras partes"),
        Fraction(1, 4): _("la cuarta parte"),
        Fraction(3, 4): _("tres cuartas partes"),
        Fraction(3, 5): _("tres quintas partes"),
        Fraction(1): _("la totalidad"),
    }
    return known.get(part) or f"{part.numerator}/{part.denominator}"


def majority_words(rule: MajorityRule) -> str:
    """«dos terceras partes de los integrantes», «más de la mitad de los votos emitidos»."""
    share = _("más de %(part)s") if rule.estricto else "%(part)s"
    of = {
        Base.EMITIDOS: _("de los votos emitidos"),
        Base.PRESENTES: _("de los presentes"),
        Base.INTEGRANTES: _("de los integrantes"),
    }[rule.base]
    return f"{share % {'part': _share(rule.umbral)}} {of}"


def majority_name(rule: MajorityRule) -> str:
    """What the trade calls it: simple, absoluta, calificada, unanimidad."""
    if rule.umbral == 1:
        return _("Unanimidad")
    if rule.umbral > HALF:
        return _("Mayoría calificada")
    return _("Mayoría absoluta") if rule.base is Base.INTEGRANTES else _("Mayoría simple")


def decision_words(rule: MajorityRule, found: Decision) -> str:
    """«9 de 13; se requieren 9: dos terceras partes de los integrantes.»"""
    line = ngettext(
        "%(favor)s de %(base)s; se requiere %(needed)s: %(majority)s.",
        "%(favor)s de %(base)s; se requieren %(needed)s: %(majority)s.",
        found.requeridos,
    )
    said = line % {
        "favor": found.favor,
        "base": found.base,
        "needed": found.requeridos,
        "majority": majority_words(rule),
    }
    if found.calidad:
        side = _("a favor") if found.calidad == "favor" else _("en contra")
        return said + " " + _("Hubo empate; el voto de calidad fue %(side)s.") % {"side": side}
    if found.empatado:
        return said + " " + _("Hay empate.")
    return said


def missing_words(rule: MajorityRule, tally: Tally, found: Decision) -> str:
    """How many votes in favour are still wanting, while voting is open; '' when none is."""
    short = found.requeridos - found.favor
    if short <= 0:
        return ""
    left = tally.presentes - tally.excusados - tally.favor - tally.contra - tally.abstencion
    if short > left and rule.base is not Base.EMITIDOS:
        return _("Ya no puede alcanzarse.")
    return ngettext("Falta %(n)s voto a favor.", "Faltan %(n)s votos a favor.", short) % {
        "n": short
    }


def quorum_words(rule: QuorumRule, integrantes: int) -> str:
    """«De 13 integrantes se requieren 7: más de la mitad.»"""
    how = {
        Formula.MAS_DE_LA_MITAD: _("más de la mitad"),
        Formula.MITAD_MAS_UNO: _("la mitad más uno"),
    }[rule.formula]
    line = _("De %(all)s integrantes se requieren %(needed)s: %(how)s.")
    needed = quorum_needed(rule, integrantes)
    return line % {"all": integrantes, "needed": needed, "how": how}


def second_call_words(rule: QuorumRule, integrantes: int) -> str:
    """What the second call asks for, and how long after the first it may be."""
    needed = second_call_needed(rule, integrantes)
    what = {
        SecondCall.IGUAL: _("En segunda convocatoria se requieren los mismos %(n)s"),
        SecondCall.FRACCION: _("En segunda convocatoria bastan %(n)s"),
        SecondCall.PRESENTES: _("En segunda convocatoria se sesiona con quienes asistan"),
    }[rule.segunda] % {"n": needed}
    wait = _("%(what)s, al menos %(minutes)s minutos después de la primera.")
    return wait % {"what": what, "minutes": rule.espera_minutos}


def notice_words(rule: NoticeRule) -> str:
    """«48 horas», «3 días hábiles completos»."""
    n = rule.cantidad
    words = {
        NoticeUnit.HORAS: ngettext("%(n)s hora", "%(n)s horas", n),
        NoticeUnit.HORAS_HABILES: ngettext(
            "%(n)s hora en días hábiles", "%(n)s horas en días hábiles", n
        ),
        NoticeUnit.HABILES: ngettext("%(n)s día hábil completo", "%(n)s días hábiles completos", n),
        NoticeUnit.NATURALES: ngettext(
            "%(n)s día natural completo", "%(n)s días naturales completos", n
        ),
    }
    return words[rule.unidad] % {"n": n}


def _skipped(day: str, name: str) -> str:
    """A day that did not count, with its name unless that is only its weekday."""
    return day if day.startswith(name) else f"{day} ({name})"


def earliest_words(rule: NoticeRule, found: EarliestSession) -> str:
    """From when on the session may be held, and which days did not count."""
    start = localtime(found.desde)
    line = _("Con %(notice)s de anticipación, puede celebrarse desde el %(day)s a las %(hour)s h.")
    said = line % {
        "notice": notice_words(rule),
        "day": full_date(start.date()),
        "hour": date_format(start, "H:i"),
    }
    named = [_skipped(short_date(day), name) for day, name, _basis in found.saltados]
    if not named:
        return said
    if len(named) > MOST_NAMED:
        rest = len(named) - MOST_NAMED
        more = ngettext("%(n)s día más", "%(n)s días más", rest) % {"n": rest}
        named = [*named[:MOST_NAMED], more]
    return said + " " + _("No cuentan: %(days)s.") % {"days": enumerate_words(named)}
