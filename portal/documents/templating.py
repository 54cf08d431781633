"""From a template and what was typed to paragraphs. Pure: no database, no clock, no typst."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.text import clean_text
from portal.core.time import local_date

from .constants import MAX_FIELD, TipoCampo

REFERENCE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LOOSE_BRACES = re.compile(r"\{\{|\}\}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
#: What a paragraph is; the layout gives each its look.
CLASSES = ("parrafo", "titulo", "clausula", "cita", "considerando", "resolutivo")
MAX_FIELDS = 40
MAX_CLAUSES = 80
SHORT_TEXT = 300
MAX_SIGNATORIES = 40
#: Longest post that is printed under a signature, in characters.
MAX_POST = 160
MOST_DIGITS = 15
#: Commas only part thousands: «12,50» for twelve and a half must not be read as 1250.
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?", re.ASCII)
YES, NO = "Sí", "No"


class BadValueError(ValueError):
    """A value is not of the kind its field asks; the text says how to mend it."""


@dataclass(frozen=True)
class Parrafo:
    """A paragraph as it is printed. ``clave`` stays the same between versions of a text."""

    clave: str
    texto: str
    clase: str = "parrafo"
    titulo: str = ""


def template_faults(
    *, titulo: str, campos: Sequence[Mapping], clausulas: Sequence[Mapping], firmantes: Sequence
) -> dict[str, list[str]]:
    """What keeps a template from being used, by its part; empty when nothing does."""
    faults: dict[str, list[str]] = {}
    found = {
        "campos": _field_faults(campos),
        "clausulas": _clause_faults(campos, clausulas),
        "titulo": _reference_faults(titulo, campos, _("El título")),
        "firmantes": _signatory_faults(firmantes),
    }
    if not clean_text(titulo):
        found["titulo"].append(_("Escriba el título que se imprime."))
    faults.update({part: lines for part, lines in found.items() if lines})
    return faults


def _field_faults(campos: Sequence[Mapping]) -> list[str]:
    lines, seen = [], set()
    if len(campos) > MAX_FIELDS:
        lines.append(_("A lo más %(n)s campos.") % {"n": MAX_FIELDS})
    for campo in campos[:MAX_FIELDS]:
        clave = str(campo.get("clave", ""))
        if not KEY.match(clave):
            lines.append(
                _("«%(clave)s»: la clave lleva minúsculas, números y guion bajo, sin acentos.")
                % {"clave": clave}
            )
        elif clave in seen:
            lines.append(_("El campo «%(clave)s» está dos veces.") % {"clave": clave})
        seen.add(clave)
        lines += [line % {"clave": clave} for line in _one_field_faults(campo)]
    return lines


def _one_field_faults(campo: Mapping) -> list[str]:
    lines = []
    if not str(campo.get("etiqueta", "")).strip():
        lines.append(_("Al campo «%(clave)s» le falta su nombre."))
    if campo.get("tipo") not in TipoCampo.values:
        lines.append(_("El campo «%(clave)s» no dice de qué tipo es."))
    if campo.get("tipo") == TipoCampo.OPCION and not _good_options(campo.get("opciones")):
        lines.append(_("Al campo «%(clave)s» le faltan opciones, o alguna está vacía o repetida."))
    most = campo.get("maximo") or 0
    if isinstance(most, bool) or not isinstance(most, int) or not 0 <= most <= MAX_FIELD:
        lines.append(_("El máximo del campo «%(clave)s» es un número de caracteres que no se usa."))
    return lines


def _good_options(opciones: object) -> bool:
    """Different texts as ``read_value`` cleans them: another one could never be chosen."""
    if not isinstance(opciones, list | tuple) or not opciones:
        return False
    texts = [o for o in opciones if isinstance(o, str) and o and o == clean_text(o)]
    return len(set(texts)) == len(opciones)


def _clause_faults(campos: Sequence[Mapping], clausulas: Sequence[Mapping]) -> list[str]:
    lines, seen = [], set()
    if not clausulas:
        lines.append(_("Escriba al menos una cláusula."))
    if len(clausulas) > MAX_CLAUSES:
        lines.append(_("A lo más %(n)s cláusulas.") % {"n": MAX_CLAUSES})
    for place, clausula in enumerate(clausulas[:MAX_CLAUSES], start=1):
        clave = str(clausula.get("clave", ""))
        name = _("La cláusula %(n)s («%(clave)s»)") % {"n": place, "clave": clave}
        if not KEY.match(clave) or clave in seen:
            lines.append(
                _("%(name)s: la clave falta, se repite o lleva signos que no debe.")
                % {"name": name}
            )
        seen.add(clave)
        if clausula.get("clase", "parrafo") not in CLASSES:
            lines.append(_("%(name)s no dice de qué clase es.") % {"name": name})
        if not str(clausula.get("texto", "")).strip():
            lines.append(_("%(name)s está vacía.") % {"name": name})
        lines += _reference_faults(str(clausula.get("texto", "")), campos, name)
    return lines


def _reference_faults(texto: str, campos: Sequence[Mapping], name: str) -> list[str]:
    known = {campo.get("clave") for campo in campos}
    lines = [
        _("%(name)s usa el campo «%(clave)s», que no existe.") % {"name": name, "clave": clave}
        for clave in sorted(set(REFERENCE.findall(texto)) - known)
    ]
    if LOOSE_BRACES.search(REFERENCE.sub("", texto)):
        lines.append(
            _("%(name)s tiene llaves dobles sin pareja: escriba {{campo}}.") % {"name": name}
        )
    return lines


def _signatory_faults(firmantes: Sequence) -> list[str]:
    keys = [str(row.get("clave", "")) for row in firmantes]
    lines = []
    if len(set(keys)) != len(keys) or not all(KEY.match(key) for key in keys):
        lines.append(_("Cada firmante lleva una clave distinta, en minúsculas y sin acentos."))
    if any(not str(row.get("cargo", "")).strip() for row in firmantes):
        lines.append(_("Escriba el cargo de cada firmante."))
    if any(len(str(row.get("cargo", ""))) > MAX_POST for row in firmantes):
        lines.append(_("Cada cargo lleva a lo más %(n)s caracteres.") % {"n": MAX_POST})
    if len(keys) > MAX_SIGNATORIES:
        lines.append(_("A lo más %(n)s firmantes.") % {"n": MAX_SIGNATORIES})
    return lines


def read_values(
    campos: Sequence[Mapping], given: Mapping, *, complete: bool
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """
    The values as they are kept, and the faults by field (``campo.CLAVE``).

    A draft may lack required fields; ``complete`` (handing to review, issuing) may not.
    """
    values, faults = {}, {}
    for campo in campos:
        clave = campo["clave"]
        try:
            value = read_value(campo, given.get(clave, ""))
            if not value and complete and campo.get("requerido"):
                raise BadValueError(_("Falta «%(name)s».") % {"name": campo.get("etiqueta", clave)})
        except BadValueError as error:
            faults[f"campo.{clave}"] = [str(error)]
            continue
        values[clave] = value
    for clave in sorted(set(given) - {campo["clave"] for campo in campos}, key=str)[:20]:
        faults[f"campo.{str(clave)[:40]}"] = [_("La plantilla no tiene ese campo.")]
    return values, faults


def read_value(campo: Mapping, given: object) -> str:
    """
    One value as it is kept, ``""`` for none; dates as ISO 8601.

    A moment gives the date it has in the municipality's zone.

    :raises BadValueError: it is of another kind, or too long.
    """
    if given is None:
        return ""
    if not isinstance(given, str | int | float | dt.date | dt.datetime):
        raise BadValueError(_("Escriba texto."))
    if isinstance(given, dt.datetime):
        given = local_date(given) if given.tzinfo else given.date()
    value = clean_text(given.isoformat() if isinstance(given, dt.date) else str(given))
    return _READERS[campo["tipo"]](campo, value) if value else ""


def _text(campo: Mapping, value: str) -> str:
    longest = int(campo.get("maximo") or 0)
    ceiling = SHORT_TEXT if campo["tipo"] == TipoCampo.TEXTO else MAX_FIELD
    most = min(longest, ceiling) if longest > 0 else ceiling
    if campo["tipo"] == TipoCampo.TEXTO:
        value = " ".join(value.split())
    if len(value) > most:
        line = _("Escriba a lo más %(most)s caracteres; van %(now)s.")
        raise BadValueError(line % {"most": f"{most:,}", "now": f"{len(value):,}"})
    return value


def _number(campo: Mapping, value: str) -> str:
    plain = value.replace("$", "").replace(" ", "")
    digits = sum(c.isdigit() for c in plain)
    if not NUMBER.fullmatch(plain) or not 1 <= digits <= MOST_DIGITS:
        raise BadValueError(_("Escriba un número con cifras, por ejemplo 1,250.50."))
    return plain.replace(",", "")


def _date(campo: Mapping, value: str) -> str:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = dt.datetime.strptime(value, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if 1900 <= day.year <= 2200:
            return day.isoformat()
    raise BadValueError(_("Escriba la fecha como día/mes/año, por ejemplo 05/03/2026."))


def _option(campo: Mapping, value: str) -> str:
    if value not in campo.get("opciones", ()):
        raise BadValueError(_("Elija una de las opciones."))
    return value


def _yes_no(campo: Mapping, value: str) -> str:
    folded = value.casefold()
    if folded in ("sí", "si", "true", "on", "1", "x", "verdadero"):
        return YES
    if folded in ("no", "false", "0", "falso"):
        return NO
    raise BadValueError(_("Conteste sí o no."))


_READERS = {
    TipoCampo.TEXTO: _text,
    TipoCampo.TEXTO_LARGO: _text,
    TipoCampo.NUMERO: _number,
    TipoCampo.FECHA: _date,
    TipoCampo.OPCION: _option,
    TipoCampo.SI_NO: _yes_no,
}


def shown(campo: Mapping, value: str) -> str:
    """A kept value as it reads in a text: dates without weekday, figures with separators."""
    if not value:
        return ""
    if campo["tipo"] == TipoCampo.FECHA:
        return full_date(dt.date.fromisoformat(value)).partition(" ")[2]
    if campo["tipo"] == TipoCampo.NUMERO:
        whole, dot, part = value.partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        return f"{sign}{int(digits or 0):,}{dot}{part}"
    return value


def fill(texto: str, campos: Sequence[Mapping], datos: Mapping[str, str], *, gaps: bool) -> str:
    """
    ``texto`` with the fields put in. What was typed is put in once and never read as a reference.

    With ``gaps`` an empty field shows as a blank to be filled; without, as nothing.
    """
    by_key = {campo["clave"]: campo for campo in campos}

    def value(match: re.Match) -> str:
        campo = by_key.get(match.group(1))
        if campo is None:
            return match.group(0)
        text = shown(campo, datos.get(campo["clave"], ""))
        return text or (f"[{campo['etiqueta']}]" if gaps else "")

    return REFERENCE.sub(value, texto)


def paragraphs(
    *,
    campos: Sequence[Mapping],
    clausulas: Sequence[Mapping],
    datos: Mapping[str, str],
    cambios: Mapping[str, Mapping],
    gaps: bool = False,
) -> list[Parrafo]:
    """
    The text, clause by clause; an empty line begins another paragraph.

    ``cambios`` is what the draft changed of the template's clauses, where these allow it. An
    optional clause that only speaks of optional fields says nothing while all of them are empty.
    """
    found = []
    for clausula in clausulas:
        change = cambios.get(clausula["clave"], {})
        if clausula.get("opcional") and not change.get("incluida", True):
            continue
        own = change.get("texto") if clausula.get("editable") else None
        source = own or clausula["texto"]
        if clausula.get("opcional") and _says_nothing(source, campos, datos):
            continue
        text = fill(source, campos, datos, gaps=gaps)
        pieces = [piece.strip() for piece in re.split(r"\n\s*\n", text) if piece.strip()]
        for n, piece in enumerate(pieces, start=1):
            found.append(
                Parrafo(
                    clave=f"{clausula['clave']}.{n}",
                    texto=piece,
                    clase=clausula.get("clase", "parrafo"),
                    titulo=str(clausula.get("titulo", "")) if n == 1 else "",
                )
            )
    return found


def _says_nothing(texto: str, campos: Sequence[Mapping], datos: Mapping[str, str]) -> bool:
    named = set(REFERENCE.findall(texto))
    fields = [campo for campo in campos if campo["clave"] in named]
    return bool(fields) and not any(c.get("requerido") or datos.get(c["clave"]) for c in fields)


def read_clause_changes(
    clausulas: Sequence[Mapping], given: Mapping[str, Mapping], *, campos: Sequence[Mapping]
) -> tuple[dict[str, dict], dict[str, list[str]]]:
    """
    What a draft changed of its clauses, kept only where the template allows it; and the faults by
    clause (``clausula.CLAVE``): too long, or naming a field that is not one of ``campos``.
    """
    kept, faults = {}, {}
    for clausula in clausulas:
        clave = clausula["clave"]
        change = given.get(clave) or {}
        row: dict = {}
        if clausula.get("opcional"):
            row["incluida"] = bool(change.get("incluida", True))
        text = clean_text(str(change.get("texto") or "")) if clausula.get("editable") else ""
        if text and text != clean_text(clausula["texto"]):
            row["texto"] = text
            if wrong := _own_text_faults(text, campos):
                faults[f"clausula.{clave}"] = wrong
                continue
        if row:
            kept[clave] = row
    return kept, faults


def _own_text_faults(texto: str, campos: Sequence[Mapping]) -> list[str]:
    if len(texto) > MAX_FIELD:
        return [_("Escriba a lo más %(most)s caracteres.") % {"most": f"{MAX_FIELD:,}"}]
    return _reference_faults(texto, campos, _("El texto"))
