"""
The kinds of legal rule the house knows, and who reads the value of each.

The kernel brings the rules about terms; a room that rules by others (a quorum, a majority, a
notice) registers its reader in ``apps.ready()``, so that every rule lives in one table, with one
history, and none is stored that its reader would refuse.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .errors import InvalidInputError
from .rule_values import RuleValue

#: The kind of the rules about terms.
PLAZO = "plazo"

_readers: dict[str, Callable[[Any], Any]] = {PLAZO: RuleValue.parse}


def register_rule_kind(clase: str, read: Callable[[Any], Any]) -> None:
    """``read(valor)`` gives the typed value, or raises ``InvalidInputError``."""
    _readers[clase] = read


def rule_kinds() -> tuple[str, ...]:
    """Every kind that somebody reads."""
    return tuple(_readers)


def read_value(clase: str, valor: Any) -> Any:
    """
    What a stored value says, typed and checked by the reader of its kind.

    :raises InvalidInputError: nobody reads that kind, or its reader refuses the value.
    """
    read = _readers.get(clase)
    if read is None:
        line = _("No existe la clase de regla «%(kind)s».") % {"kind": clase}
        raise InvalidInputError(line, fields={"clase": [line]})
    return read(valor)


def validate_rule(clase: str, valor: Any) -> None:
    """
    The check of ``read_value`` for models and forms.

    :raises ValidationError: with each fault and its place.
    """
    try:
        read_value(clase, valor)
    except InvalidInputError as error:
        lines = [f"{part}: {line}" for part, found in error.fields.items() for line in found]
        raise ValidationError({"valor": lines or [str(error.message)]}) from error
