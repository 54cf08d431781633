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
    return f"{digits[:3]} {DOT * 3} {DOT * 2}{digits[-2:]}"


def initials(name: object) -> str:
    """First letters of the first two words of a name, upper case: «LM»; '?' without a name."""
    words = [word for word in str(name or "").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
