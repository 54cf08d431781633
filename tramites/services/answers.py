"""Checking the answers to a service's questions."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.core.text import clean_text

from ..constants import MAX_TEXT, TipoPregunta
from ..models import Pregunta, RespuestaPregunta

SHORT_TEXT = 300
MOST_DIGITS = 15
YES, NO = "Sí", "No"
_BOOLEANS = {
    "si": YES, "sí": YES, "true": YES, "on": YES, "1": YES, "yes": YES,
    "no": NO, "false": NO, "0": NO,
}  # fmt: skip


class BadAnswerError(ValueError):
    """The answer is not of the kind that was asked; the text says how to mend it."""


def read_answers(
    questions: Sequence[Pregunta], given: dict
) -> tuple[list[RespuestaPregunta], dict[str, list]]:
    """
    The rows to keep, and the faults by field (``pregunta.CLAVE``).

    An answer to a question that the service does not ask is a fault: somebody would believe it
    was read.
    """
    rows, faults = [], {}
    for question in questions:
        try:
            value = read_answer(question, given.get(question.clave))
        except BadAnswerError as error:
            faults[f"pregunta.{question.clave}"] = [str(error)]
            continue
        if value:
            rows.append(
                RespuestaPregunta(pregunta=question, etiqueta=question.etiqueta, valor=value)
            )
    for clave in sorted(set(given) - {question.clave for question in questions}, key=str)[:20]:
        faults[f"pregunta.{str(clave)[:40]}"] = [_("Este servicio no hace esa pregunta.")]
    return rows, faults


def read_answer(question: Pregunta, given) -> str:
    """
    One answer as it is kept, ``""`` for none.

    :raises BadAnswerError: it is missing, or of another kind than asked.
    """
    many = question.tipo == TipoPregunta.OPCIONES
    values = _as_texts(given, many=many)
    if not values:
        if question.requerida:
            raise BadAnswerError(_("Conteste esta pregunta."))
        return ""
    if question.tipo in (TipoPregunta.OPCION, TipoPregunta.OPCIONES):
        return "; ".join(_chosen(question, value) for value in dict.fromkeys(values))
    return _READERS[question.tipo](values[0])


def _as_texts(given, *, many: bool) -> list[str]:
    items = given if isinstance(given, (list, tuple)) else [given]
    if len(items) > (50 if many else 1):
        raise BadAnswerError(_("Dé una sola respuesta."))
    texts = []
    for item in items:
        if item is None:
            continue
        if not isinstance(item, (str, int, float, bool)):
            raise BadAnswerError(_("Conteste con texto."))
        texts.append(clean_text(str(item)))
    return [text for text in texts if text]


def _chosen(question: Pregunta, value: str) -> str:
    """The option in Spanish, chosen by its Spanish or its English wording."""
    if value in question.opciones:
        return value
    if value in question.opciones_en:
        position = question.opciones_en.index(value)
        if position < len(question.opciones):
            return question.opciones[position]
    raise BadAnswerError(_("Elija una de las opciones."))


def _text(most: int):
    def read(value: str) -> str:
        if len(value) > most:
            raise BadAnswerError(_("Escriba a lo más %(most)s caracteres.") % {"most": most})
        return value

    return read


def _number(value: str) -> str:
    plain = value.replace(",", "").replace(" ", "")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > MOST_DIGITS:
        raise BadAnswerError(_("Escriba un número, con cifras."))
    return plain


def _date(value: str) -> str:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(value, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if 1900 <= day.year <= 2200:
            return day.isoformat()
    raise BadAnswerError(_("Escriba la fecha como día/mes/año, por ejemplo 05/03/2026."))


def _yes_no(value: str) -> str:
    try:
        return _BOOLEANS[value.casefold()]
    except KeyError:
        raise BadAnswerError(_("Conteste sí o no.")) from None


_READERS = {
    TipoPregunta.TEXTO: _text(SHORT_TEXT),
    TipoPregunta.TEXTO_LARGO: _text(MAX_TEXT),
    TipoPregunta.NUMERO: _number,
    TipoPregunta.FECHA: _date,
    TipoPregunta.SI_NO: _yes_no,
}
