"""Two versions of a text side by side. Pure."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .templating import Parrafo

#: A word with the blank after it; the blank alone where a text begins with one.
_WORDS = re.compile(r"\A\s+|\S+\s*")
#: Pairs of equal words that are looked at, at most. Twenty thousand characters of prose stay under
#: it; the same word ten thousand times would take minutes, and counts as changed altogether.
MOST_PAIRS = 200_000


@dataclass(frozen=True)
class Pair:
    """
    A paragraph in both versions. ``antes`` and ``despues`` are runs ``(text, changed)``; one of
    them is empty where the paragraph was added or taken off. ``cambio``: igual, cambiado,
    agregado, quitado. ``clave`` is that of the new version, of the old one where taken off.
    """

    clave: str
    cambio: str
    antes: tuple[tuple[str, bool], ...]
    despues: tuple[tuple[str, bool], ...]


def compare(old: Sequence[Parrafo], new: Sequence[Parrafo]) -> list[Pair]:
    """
    The paragraphs of both versions in the order of the new one, those taken off in their place.

    Within a clause paragraphs are matched by what they say: one put in before others leaves these
    as they were, although their keys move.
    """
    before, after = _by_clause(old), _by_clause(new)
    pairs: list[Pair] = []
    for clause in _merged_order(list(before), list(after)):
        pairs += _clause_pairs(before.get(clause, []), after.get(clause, []))
    return pairs


def _by_clause(parrafos: Iterable[Parrafo]) -> dict[str, list[Parrafo]]:
    found: dict[str, list[Parrafo]] = {}
    for parrafo in parrafos:
        found.setdefault(parrafo.clave.rpartition(".")[0] or parrafo.clave, []).append(parrafo)
    return found


def _clause_pairs(old: Sequence[Parrafo], new: Sequence[Parrafo]) -> Iterator[Pair]:
    steps = _steps([p.texto for p in old], [p.texto for p in new])
    for _same, a0, a1, b0, b1 in steps:
        for first, second in zip_longest(old[a0:a1], new[b0:b1]):
            yield _pair(first, second)


def _pair(first: Parrafo | None, second: Parrafo | None) -> Pair:
    if first is None:
        return Pair(second.clave, "agregado", (), ((second.texto, True),))
    if second is None:
        return Pair(first.clave, "quitado", ((first.texto, True),), ())
    if first.texto == second.texto:
        same = ((first.texto, False),)
        return Pair(second.clave, "igual", same, same)
    left, right = word_runs(first.texto, second.texto)
    return Pair(second.clave, "cambiado", left, right)


def _merged_order(old: list[str], new: list[str]) -> list[str]:
    order: list[str] = []
    for _same, a0, a1, b0, b1 in _steps(old, new):
        order += [key for key in old[a0:a1] if key not in new]
        order += new[b0:b1]
    return order


def word_runs(old: str, new: str) -> tuple[tuple, tuple]:
    """Both texts as runs of ``(text, changed)``, word by word; joined they are the texts again."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for same, a0, a1, b0, b1 in _steps([t.strip() for t in a], [t.strip() for t in b]):
        if not same:
            _add_run(left, "".join(a[a0:a1]), changed=True)
            _add_run(right, "".join(b[b0:b1]), changed=True)
            continue
        for first, second in zip(a[a0:a1], b[b0:b1], strict=True):
            changed = _other_blank(first, second)
            _add_run(left, first, changed=changed)
            _add_run(right, second, changed=changed)
    return tuple(left), tuple(right)


def _other_blank(first: str, second: str) -> bool:
    """The same word, but another line begins after it; what ends a text has nothing after it."""
    return first != second and first[-1].isspace() and second[-1].isspace()


def _add_run(runs: list[tuple[str, bool]], text: str, *, changed: bool) -> None:
    if text and runs and runs[-1][1] == changed:
        runs[-1] = (runs[-1][0] + text, changed)
    elif text:
        runs.append((text, changed))


def _steps(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """What of ``a`` became what of ``b``, from first to last: ``(same, a0, a1, b0, b1)``."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    end_a, end_b = len(a) - tail, len(b) - tail
    yield True, 0, head, 0, head
    first, second = a[head:end_a], b[head:end_b]
    if _equal_pairs(first, second) > MOST_PAIRS:
        yield False, head, end_a, head, end_b
    else:
        matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
        for tag, a0, a1, b0, b1 in matcher.get_opcodes():
            yield tag == "equal", head + a0, head + a1, head + b0, head + b1
    yield True, end_a, len(a), end_b, len(b)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many items both begin with."""
    n = 0
    for first, second in zip(a, b, strict=False):
        if first != second:
            break
        n += 1
    return n


def _equal_pairs(a: Sequence[str], b: Sequence[str]) -> int:
    there = Counter(b)
    return sum(n * there[word] for word, n in Counter(a).items())
