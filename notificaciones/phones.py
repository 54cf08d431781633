"""Telephone numbers as people in Mexico write them, made into E.164."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from portal.core.errors import InvalidInputError

_ALLOWED = re.compile(r"^[0-9 ().+\-/\u00a0]{7,25}$")
#: Prefixes of the dialling plan that ended in 2019; people still write them.
_OLD_PREFIX = re.compile(r"^(?:044|045|01)(?=\d{10}$)")
_UNREACHABLE = {
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.VOICEMAIL,
}


def normalize(raw: str, *, field: str = "telefono") -> str:
    """
    ``raw`` in E.164 (``+525512345678``); a number without country is taken as Mexican.

    Accepts the old ways of dialling (044, 045, 01, +52 1). ``field`` names the form field to blame.

    :raises InvalidInputError: it is not a number that can receive messages.
    """
    text = str(raw or "").strip()
    if not _ALLOWED.match(text):
        raise _refusal(field)
    number = _parsed(_modern(text))
    if number is None or not phonenumbers.is_valid_number(number):
        raise _refusal(field)
    if phonenumbers.number_type(number) in _UNREACHABLE:
        raise _refusal(field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _modern(text: str) -> str:
    """Digits of ``text`` with today's prefixes only, with a plus when a country is given."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("00"):
        text, digits = "+", digits[2:]
    international = text.lstrip("( ").startswith("+")
    if international or (digits.startswith("52") and len(digits) in (12, 13)):
        if digits.startswith("521") and len(digits) == 13:
            digits = "52" + digits[3:]
        return f"+{digits}"
    digits = _OLD_PREFIX.sub("", digits)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "MX")
    except phonenumbers.NumberParseException:
        return None


def _refusal(field: str) -> InvalidInputError:
    message = _("Escriba un teléfono de 10 dígitos, por ejemplo 55 1234 5678.")
    return InvalidInputError(message, fields={field: [message]})


def mask(destino: str) -> str:
    """``destino`` with only its end in sight: ``••••5678``, ``m•••@correo.mx``."""
    if "@" in destino:
        name, _at, domain = destino.partition("@")
        return f"{name[:1]}•••@{domain}"
    return f"••••{destino[-4:]}"
