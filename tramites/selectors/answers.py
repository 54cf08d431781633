"""The answers to a service's questions as people read them."""

import datetime as dt

from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date

from ..constants import TipoPregunta
from ..models import Pregunta
from .timeline import language

#: How yes is kept, and how a draft that is still being written has it.
_YES = {"sí", "si"}
_SEPARATOR = "; "


def answer_words(pregunta: Pregunta | None, valor: str | list[str]) -> str:
    """
    An answer in the reader's language: days in words, yes or no, the wording of each option.

    ``valor`` as it is kept, or as a draft holds it (a list for several options). What cannot be
    read as its question asks, because the question changed or is gone, is shown as it was given.
    """
    if isinstance(valor, list):
        valor = _SEPARATOR.join(str(item) for item in valor)
    say = _SAYERS.get(pregunta.tipo) if pregunta else None
    return say(pregunta, str(valor)) if say else str(valor)


def _day(_pregunta: Pregunta, valor: str) -> str:
    try:
        return full_date(dt.date.fromisoformat(valor), language())
    except ValueError:
        return valor


def _yes_no(_pregunta: Pregunta, valor: str) -> str:
    folded = valor.casefold()
    if folded in _YES:
        return _("Sí")
    return _("No") if folded == "no" else valor


def _options(pregunta: Pregunta, valor: str) -> str:
    kept, shown = pregunta.opciones, pregunta.opciones_en
    if language() != "en" or len(kept) != len(shown):
        return valor
    words = dict(zip(kept, shown, strict=True))
    return _SEPARATOR.join(words.get(item) or item for item in valor.split(_SEPARATOR))


_SAYERS = {
    TipoPregunta.FECHA: _day,
    TipoPregunta.SI_NO: _yes_no,
    TipoPregunta.OPCION: _options,
    TipoPregunta.OPCIONES: _options,
}
