"""Terms of law in the words and the data of the API."""

from django.utils.translation import get_language

from portal.core.clock.wording import quantity
from portal.core.errors import InvalidInputError
from portal.core.rules import RuleValue


def word_language() -> str:
    """``en`` or ``es``, for the words that are not in gettext."""
    return "en" if (get_language() or "").startswith("en") else "es"


def term_data(rule) -> dict | None:
    """The term that a ``ReglaJuridica`` gives; ``None`` without one that can be read."""
    if rule is None:
        return None
    try:
        value = RuleValue.from_rule(rule)
    except InvalidInputError:
        return None
    amount, unit = value.plazo.cantidad, str(value.plazo.unidad)
    return {
        "texto": quantity(amount, unit, word_language()),
        "cantidad": amount,
        "unidad": unit,
        "fundamento": rule.fundamento,
        "silencio": str(value.silencio),
    }
