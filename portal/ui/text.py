"""Numbers, sizes and hidden contact data, as people read them."""

import re

DOT = "•"


def thousands(number: object) -> str:
    """«1,244», the way Mexico and English write it; what is not a number comes back as it is."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        try:
            number = int(str(number))
        except ValueError:
            return str(number)
    return f"{number:,}"


def file_size(size: object) -> str:
    """«840 B», «84 kB», «1.2 MB»: decimal units, one decimal below ten megabytes."""
    try:
        count = int(size)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return ""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{round(count / 1000)} kB"
    for unit, factor in (("MB", 10**6), ("GB", 10**9)):
        amount = count / factor
        if amount < 999.5 or unit == "GB":
            return (
                f"{amount:.1f}".removesuffix(".0") + f" {unit}"
                if amount < 10
                else (f"{round(amount)} {unit}")
            )
    return ""


#: Area codes of Mexico that have two digits: Mexico City, Guadalajara, Monterrey. The rest: three.
_SHORT_AREAS = ("55", "56", "33", "81")


def phone(number: object) -> str:
    """A Mexican number grouped by its area: «55 0000 4321», «951 204 4187»; others as they are."""
    text = str(number or "")
    digits = text.removeprefix("+52")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return text
    area = _area(digits)
    rest = digits[len(area) :]
    return f"{area} {rest[:-4]} {rest[-4:]}"


def _area(digits: str) -> str:
    return digits[:2] if digits.startswith(_SHORT_AREAS) else digits[:3]


def mask(contact: object) -> str:
    """Hide a phone («951 ••• ••03») or an e-mail («j•••••@•••••.mx»); '' when there is none.

    The number of dots is fixed, so that not even the length is told.
    """
    text = str(contact or "").strip()
    if not text:
        return ""
    if "@" in text:
        name, _, domain = text.partition("@")
        ending = domain.rpartition(".")[2]
        return f"{name[:1]}{DOT * 5}@{DOT * 5}.{ending}"
    digits = re.sub(r"\D", "", text)[-10:]
    if len(digits) < 10:
        return DOT * 5
    area = _area(digits)
    return f"{area} {DOT * (6 - len(area))} {DOT * 2}{digits[-2:]}"


def initials(name: object) -> str:
    """First letters of the first two words of a name, upper case: «LM»; '?' without a name."""
    words = [word for word in str(name or "").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
