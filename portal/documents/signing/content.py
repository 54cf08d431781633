"""Content streams of PDF pages, read just enough to take the marks of their structure out."""

import re
from collections.abc import Iterator

MARKED_CONTENT = {b"BDC", b"BMC", b"EMC", b"DP", b"MP"}
_TOKEN = re.compile(
    rb"(?P<string>\()|(?P<open><<|\[)|(?P<close>>>|\])|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<comment>%[^\r\n]*)|(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<word>[^\s()<>\[\]{}/%]+)"
)
_STRING = re.compile(rb"\\.|[()]", re.S)
_OPERAND = re.compile(rb"[-+.]?\d[\d.]*|[-+]?\d*\.\d*|true|false|null")


def untagged(data: bytes) -> bytes:
    """
    A content stream without the operators that tie parts of it to a structure tree.

    :raises ValueError: it holds an inline image, whose bytes cannot be told from operators.
    """
    parts, kept = [], 0
    for operator, start, end in _operators(data):
        if operator == b"BI":
            raise ValueError("Pages with inline images cannot be stamped.")
        if operator in MARKED_CONTENT:
            parts.append(data[kept:start])
            kept = end
    return b"\n".join([*parts, data[kept:]])


def _operators(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each operator, with where its operands begin and where it ends."""
    start, position, depth = None, 0, 0
    while (token := _TOKEN.search(data, position)) is not None:
        kind, position = token.lastgroup, token.end()
        if kind == "comment":
            continue
        start = token.start() if start is None else start
        if kind == "string":
            position = _end_of_string(data, position)
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if kind == "word" and depth == 0 and not _OPERAND.fullmatch(token.group()):
            yield token.group(), start, position
            start = None


def _end_of_string(data: bytes, position: int) -> int:
    """Where the string ends whose parenthesis was just read; those inside come in pairs."""
    depth = 1
    for match in _STRING.finditer(data, position):
        depth += {b"(": 1, b")": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return len(data)
