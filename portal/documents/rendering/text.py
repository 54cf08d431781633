"""Text made fit for paper without changing what it says."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

# Controls, lone surrogates, noncharacters, and the overrides that make text read as it is not.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\u202a-\u202e"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def printable(value: str) -> str:
    """``value`` in NFC, lines kept as line feeds, without characters that cannot be printed."""
    value = _LINES.sub("\n", unicodedata.normalize("NFC", value)).replace("\t", "    ")
    return _PRIVATE.sub(lambda m: named(m[0]), _DROPPED.sub("", value))


def named(cluster: str) -> str:
    """How a character without a letter is told on paper: «[U+4E2D]»."""
    return "".join(f"[U+{ord(char):04X}]" for char in cluster)


def every_string(value: Any, change: Callable[[str], str]) -> Any:
    """``value`` with ``change`` applied to each string in its lists and dictionaries."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {str(key): every_string(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [every_string(item, change) for item in value]
    return value
