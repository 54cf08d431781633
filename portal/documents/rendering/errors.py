"""A layout that cannot be used, told with its line and in words for who wrote it."""

import re

from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError

from ..press.client import CompositionError

_WITHOUT_LETTER = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")


class LayoutError(InvalidInputError):
    """
    The layout does not compile, asks for what it may not, or takes too much.

    ``line`` and ``column`` count from 1 in the layout's own source; 0 when the fault has no line.
    """

    code = "plantilla_invalida"

    def __init__(self, message: str, line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message, line=line, column=column, hint=hint)
        self.line, self.column, self.hint = line, column, hint


def layout_error(error: CompositionError) -> LayoutError:
    """The compiler's error as ours; the line is the layout's even when the fault shows below it."""
    return told(error.message, error.diagnostic, error.hints)


def too_much() -> LayoutError:
    """It had to be stopped."""
    return LayoutError(
        _("La plantilla tarda demasiado o usa demasiada memoria: revise lo que repite.")
    )


def without_letter(error: CompositionError) -> tuple[str, ...]:
    """The characters that no font has, when that is why a document could not be written."""
    found = (_unescaped(text) for text in _WITHOUT_LETTER.findall(error.diagnostic))
    return tuple(dict.fromkeys(found))


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), text)


def told(message: str, diagnostic: str, hints: list[str]) -> LayoutError:
    """The same from an error's parts."""
    place = _PLACE.search(diagnostic)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    return LayoutError(_in_spanish(message), line, column, "; ".join(hints))


def _in_spanish(message: str) -> str:
    for pattern, sentence in _sentences():
        if found := re.search(pattern, message):
            return sentence % found.groups() if found.groups() else sentence
    return _("La plantilla no se puede componer: %s") % message


def _sentences() -> list[tuple[str, str]]:
    return [
        (r"^unknown variable: (\S+)", _("No existe «%s» en la plantilla ni en base.typ.")),
        (r"^unclosed delimiter", _("Falta cerrar un paréntesis, un corchete o una llave.")),
        (r"^unclosed string", _("Falta cerrar unas comillas.")),
        (r"^unexpected closing", _("Sobra un paréntesis, un corchete o una llave de cierre.")),
        (
            r"does not contain key \"(.+?)\"",
            _("El documento no tiene el dato «%s»."),
        ),
        (r"^expected (.+?), found (.+)", _("Se esperaba %s y hay %s.")),
        (r"^expected (.+)", _("Se esperaba %s.")),
        (r"^unexpected (.+)", _("Sobra %s.")),
        (r"^missing argument: (\S+)", _("Falta el argumento «%s».")),
        (r"maximum .*depth exceeded", _("La plantilla se llama a sí misma sin fin.")),
        (r"infinite", _("La plantilla repite algo sin fin.")),
        (r"^condition is always true", _("La plantilla repite algo sin fin.")),
        (r"^file not found|escape the project", _("La plantilla no puede leer archivos.")),
        (
            r"first heading must be of level 1",
            _("Falta el título antes de los demás: «#titulo()» o «#referencia()»."),
        ),
        (r"missing alt text", _("La imagen necesita decir qué muestra, con «alt».")),
        (r"SVG", _("El emblema no es un SVG que se pueda leer.")),
        (r"package", _("La plantilla no puede usar paquetes de fuera.")),
    ]
