"""What an SMS costs: its encoding, and how many segments the network cuts it into (GSM 03.38)."""

import unicodedata
from dataclasses import dataclass

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: These travel as an escape and a character: two septets that no cut may separate.
GSM_EXTENSION = frozenset("^{}\\[~]|€\f")

_LOOKALIKES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "•": "-",
        "·": "-",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\u00ad": None,
        "º": "o",
        "ª": "a",
    }
)


@dataclass(frozen=True)
class Size:
    """``encoding`` is "gsm7" or "ucs2"; ``characters`` is what a person counts."""

    encoding: str
    characters: int
    segments: int


def degrade(text: str) -> str:
    """
    ``text`` with what GSM-7 lacks replaced by its nearest readable form.

    á í ó ú lose their accent, which Spanish survives; ñ é ü ¿ ¡ are in the alphabet and stay. What
    has no readable form is left as it is: the message then costs more, but says what it means.
    """
    composed = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    return "".join(_plain(character) for character in composed)


def _plain(character: str) -> str:
    if character in GSM_BASIC or character in GSM_EXTENSION:
        return character
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    return bare if bare and all(c in GSM_BASIC for c in bare) else character


def measure(text: str) -> Size:
    """Encoding and exact number of segments: 160/153 septets in GSM-7, 70/67 units in UCS-2."""
    if all(c in GSM_BASIC or c in GSM_EXTENSION for c in text):
        weights = [2 if c in GSM_EXTENSION else 1 for c in text]
        return Size("gsm7", len(text), _pack(weights, 160, 153))
    weights = [2 if ord(c) > 0xFFFF else 1 for c in text]
    return Size("ucs2", len(text), _pack(weights, 70, 67))


def _pack(weights: list[int], alone: int, part: int) -> int:
    """Segments needed when no character may be split between two."""
    if sum(weights) <= alone:
        return 1
    segments, used = 1, 0
    for weight in weights:
        if used + weight > part:
            segments, used = segments + 1, 0
        used += weight
    return segments
