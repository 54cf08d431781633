"""Reading what is sent: JSON by the letter and of bounded size, and one file by form."""

import json
import math
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, MultiPartParser

from tramites.uploads import MAX_BYTES

from .problems import BodyTooBigError

#: Room for the other parts of a form beside its file, in bytes.
FORM_ROOM = 20_000


class StrictJSONParser(BaseParser):
    """
    RFC 8259 JSON in UTF-8, of at most ``API_CUERPO_MAXIMO`` bytes.

    Refuses what Python alone would take and the database would not: NaN, numbers beyond floating
    point, repeated names, lone surrogates and NUL.
    """

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        raw = stream.read(settings.API_CUERPO_MAXIMO + 1)
        if len(raw) > settings.API_CUERPO_MAXIMO:
            raise BodyTooBigError
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise ParseError(_("El cuerpo no es texto en UTF-8.")) from None
        try:
            value = _loads(text)
        except (ValueError, RecursionError):
            raise ParseError(_("El cuerpo no es JSON válido.")) from None
        _require_storable(value)
        return value


class BoundedFormParser(MultiPartParser):
    """A form with one file; a body that could not be accepted is refused before it is read."""

    def parse(self, stream, media_type=None, parser_context=None):
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > MAX_BYTES + FORM_ROOM:
            raise BodyTooBigError
        return super().parse(stream, media_type, parser_context)


def _pairs(pairs: list) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("repeated name")
    return found


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return value


def _constant(name: str) -> None:
    raise ValueError(name)


_loads = partial(json.loads, object_pairs_hook=_pairs, parse_float=_float, parse_constant=_constant)


def _require_storable(value) -> None:
    """
    :raises ParseError: some text, wherever it stands, holds NUL or half a character.
    """
    queue = [value]
    while queue:
        item = queue.pop()
        if isinstance(item, dict):
            queue += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            queue += item
        elif isinstance(item, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in item):
            raise ParseError(_("El texto lleva un carácter que no se puede guardar."))
