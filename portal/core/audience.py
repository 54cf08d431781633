"""
Open screens of one subject, told together: what they show is drawn once for all that show it alike.

One member of the channel layer's group stands for all the sockets of a process. When it is nudged,
what they show is drawn, packed once, and the same bytes go to all that show the same. Always the
whole of it: a screen may have asked its page at any moment, so only it knows what it shows.
Nobody waits for a slow line: a screen that has not taken one packet yet is told afterwards that
something changed, and asks its page.
"""

import asyncio
import gzip
import json
import logging
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from functools import cache
from weakref import WeakValueDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

logger = logging.getLogger("ventanilla.realtime")

#: What a kind of screen shows: the inner HTML of its parts by id; ``None``: it may not see.
Parts = Mapping[str, str] | None
#: From the kinds of screens that are open to what each shows. Asked in a thread.
Draw = Callable[[set[Hashable]], Mapping[Hashable, Parts]]
Send = Callable[..., Awaitable[None]]


class Listener:
    """One open socket. ``kind``: screens of one kind show the same. ``send`` is its consumer's."""

    def __init__(self, kind: Hashable, send: Send) -> None:
        self.kind, self._send = kind, send
        self._ready = self._behind = False
        self._sending: asyncio.Task | None = None

    def begin(self) -> None:
        """The socket was accepted: what was told before is told now."""
        self._ready = True
        if self._behind:
            self.tell("")

    def tell(self, name: str, packet: bytes | None = None) -> None:
        """Send a packet; without one, that something of ``name`` changed."""
        if not self._ready or (self._sending is not None and not self._sending.done()):
            self._behind = True
            return
        self._sending = asyncio.ensure_future(self._deliver(name, packet))

    async def _deliver(self, name: str, packet: bytes | None) -> None:
        # A screen that went away meanwhile: its consumer is told apart.
        with suppress(OSError, RuntimeError):
            if packet is not None:
                await self._send(bytes_data=packet)
            while packet is None or self._behind:
                self._behind, packet = False, b""
                await self._send(text_data=json.dumps({"type": "changed", "kind": name}))

    async def end(self) -> None:
        """Close the socket: its screen will open another, and ask."""
        self._behind = False
        with suppress(OSError, RuntimeError):
            await self._send(close=1011)


class Audience:
    """The open screens of ``group`` in this process and on this loop."""

    def __init__(self, group: str, draw: Draw) -> None:
        self.group, self.draw = group, draw
        self.listeners: set[Listener] = set()
        self._lock = asyncio.Lock()
        self._channel = ""
        self._following: asyncio.Task | None = None

    async def join(self, listener: Listener) -> None:
        """From now on it is told of every change."""
        async with self._lock:
            if self._following is None or self._following.done():
                layer = get_channel_layer()
                self._channel = await layer.new_channel()
                await layer.group_add(self.group, self._channel)
                self._following = asyncio.ensure_future(self._follow(layer))
            self.listeners.add(listener)

    async def leave(self, listener: Listener) -> None:
        """It is told no more; with the last one the group is left too."""
        async with self._lock:
            self.listeners.discard(listener)
            if self.listeners or self._following is None:
                return
            self._following.cancel()
            self._following = None
            await get_channel_layer().group_discard(self.group, self._channel)

    async def _follow(self, layer) -> None:
        try:
            while True:
                message = await layer.receive(self._channel)
                await self._tell(message.get("kind", ""))
        except Exception as error:  # the layer is gone: the screens come back when it does
            logger.warning("audience_lost group=%s error=%s", self.group, type(error).__name__)
            for listener in list(self.listeners):
                await listener.end()

    async def _tell(self, name: str) -> None:
        # Who joins while it is drawn asks its page after opening.
        listeners = list(self.listeners)
        try:
            kinds = {listener.kind for listener in listeners}
            drawn = await database_sync_to_async(self.draw)(kinds)
        except Exception as error:  # each page can still be asked for
            logger.warning("audience_undrawn group=%s error=%s", self.group, type(error).__name__)
            drawn = {}
        packed = cache(lambda parts: _packed(name, dict(parts)))
        for listener in listeners:
            parts = drawn.get(listener.kind)
            listener.tell(name, None if parts is None else packed(tuple(parts.items())))


def _packed(name: str, parts: dict[str, str]) -> bytes:
    whole = json.dumps({"type": "parts", "kind": name, "parts": parts}, ensure_ascii=False)
    return gzip.compress(whole.encode(), 5, mtime=0)


#: Each lives as long as somebody listens.
_audiences: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, str], Audience] = (
    WeakValueDictionary()
)


def audience_of(group: str, draw: Draw) -> Audience:
    """The audience of ``group`` on the running loop; ``draw`` is the one of whoever came first."""
    return _audiences.setdefault((asyncio.get_running_loop(), group), Audience(group, draw))
