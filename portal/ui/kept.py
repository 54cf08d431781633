"""
Rendered pieces of pages, kept in this process and found again by what they show.

A piece may be kept only under a key that holds everything it depends on: then nothing has to be
told when a fact changes, a changed fact is another key, and the old piece is pushed out by use.
Keys belong to this process, so no two processes have to agree. Tokens against forged requests
belong to one browser and never enter: a mark stands in their place until the piece is served.
"""

import secrets
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

#: What the pieces of templates may take together; bytes.
ROOM = 5_000_000
#: What a key and its place cost besides the piece, about; bytes.
OVERHEAD = 1_500

#: Stands for the token in what is kept. Nobody outside can write it: it is never sent.
TOKEN_MARK = f"token-{secrets.token_hex(16)}"


class Kept:
    """
    Pieces (text or bytes) by key; over ``room`` bytes the one unused for longest goes.

    Safe for threads.
    """

    def __init__(self, room: int) -> None:
        self.room, self.size = room, 0
        self._pieces: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Any | None:
        """The piece of ``key``, ``None`` if it is not here."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: Any) -> None:
        """Keep a piece; one that would fill a tenth of the room is not worth it."""
        cost = _cost(piece)
        if cost * 10 > self.room:
            return
        with self._lock:
            before = self._pieces.pop(key, None)
            self.size += cost - (0 if before is None else _cost(before))
            self._pieces[key] = piece
            while self.size > self.room:
                self.size -= _cost(self._pieces.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pieces.clear()
            self.size = 0


def _cost(piece: Any) -> int:
    return sys.getsizeof(piece) + OVERHEAD


pieces = Kept(ROOM)


def keep(key: Hashable, make: Callable[[], str]) -> str:
    """
    The piece that ``make`` gives, kept under ``key`` and the active language.

    ``key`` begins with a name of its own and holds everything that ``make`` reads.
    """
    if settings.DEBUG:  # templates are being written
        return make()
    whole = (get_language(), key)
    piece = pieces.find(whole)
    if piece is None:
        piece = make()
        pieces.put(whole, piece)
    return piece


def component(template: str, values: dict, token: object = "") -> SafeString:
    """
    A template rendered with ``values`` and nothing else, kept under its name and those values.

    It sees neither the request nor what context processors add, so it cannot show what its key
    does not hold. It must not read the clock. ``token`` is only turned into text if it is shown.

    :raises TypeError: a value that is not made of plain ones.
    """
    html = keep(
        (template, frozen(values)),
        lambda: get_template(template).render({**values, "csrf_token": TOKEN_MARK}),
    )
    return mark_safe(with_token(html, token))  # noqa: S308 - a template escaped it


def with_token(html: str, token: object) -> str:
    """A kept piece with the reader's own token (lazy ones are read only where needed)."""
    return html.replace(TOKEN_MARK, str(token)) if TOKEN_MARK in html else html


def frozen(value) -> Hashable:
    """
    ``value`` as a key: equal keys print the same.

    Only plain values, lists and dicts of them. A model instance is refused: it equals every other
    reading of its row, whatever changed in between.

    :raises TypeError: anything else.
    """
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind in (int, float, bool):  # True equals 1, and is printed otherwise
        return (kind, value)
    if isinstance(value, dict):
        return tuple((name, frozen(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return (list, *map(frozen, value))
    if isinstance(value, Promise):
        return frozen(str(value))
    if isinstance(value, SafeData):  # equals the same text unsafe, and is printed otherwise
        return (SafeData, str(value))
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{kind.__name__} cannot be part of a key")
