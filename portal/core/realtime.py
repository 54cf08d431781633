"""Nudging open pages: sockets carry "something changed", the browser asks a view for what."""

import asyncio
import logging
import threading

from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger("ventanilla.realtime")

#: Seconds in which equal nudges are told once.
MOMENT = 0.2

_loop: asyncio.AbstractEventLoop | None = None
_lock = threading.Lock()


def use_loop(loop: asyncio.AbstractEventLoop | None) -> None:
    """
    Send from ``loop``, the one on which this process serves its sockets.

    The in-memory layer's queues belong to that loop: filled from another thread, they would not
    wake the consumer that waits on them.
    """
    global _loop
    _loop = loop


def sending_loop() -> asyncio.AbstractEventLoop:
    """The server's loop, or one of our own in a daemon thread for processes without sockets."""
    global _loop
    with _lock:
        if _loop is None or _loop.is_closed():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="realtime", daemon=True).start()
            _loop = loop
    return _loop


class _Post:
    """
    What waits to be sent from one loop.

    The first nudge leaves at once. Those of the next moment wait for its end, and of equal ones a
    single one leaves: a page that is told ten times that something changed looks ten times, and
    telling it over Redis takes a quarter of the time of a filing.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.lock = loop, threading.Lock()
        self.waiting: dict[tuple, tuple[str, dict]] = {}
        self.emptying = False

    def put(self, group: str, message: dict) -> None:
        """Leave a message for ``group``; from any thread."""
        with self.lock:
            self.waiting[(group, *message.items())] = (group, message)
            begin, self.emptying = not self.emptying, True
        if begin:
            asyncio.run_coroutine_threadsafe(self._empty(), self.loop)

    def _take(self) -> list[tuple[str, dict]]:
        with self.lock:
            taken = list(self.waiting.values())
            self.waiting.clear()
            self.emptying = bool(taken)
        return taken

    async def _empty(self) -> None:
        try:
            while taken := self._take():
                for group, message in taken:
                    await _send(group, message)
                await asyncio.sleep(MOMENT)
        except BaseException:
            # The loop ends under it: the next message begins anew.
            self.emptying = False
            raise


_post: _Post | None = None


def _current_post() -> _Post:
    global _post
    loop = sending_loop()
    with _lock:
        if _post is None or _post.loop is not loop:
            _post = _Post(loop)
        return _post


async def _send(group: str, message: dict) -> None:
    try:
        await get_channel_layer().group_send(group, message)
    except Exception as error:  # a lost nudge must not undo or delay the act
        logger.warning("nudge_failed group=%s error=%s", group, type(error).__name__)


def nudge(group: str, kind: str, **ids: int | str) -> None:
    """
    After the commit, tell ``group`` that something of ``kind`` changed, within a moment.

    ``ids`` are opaque identifiers only. Never raises: the act stands even if nobody hears of it.
    """

    def send() -> None:
        _current_post().put(group, {"type": "changed", "kind": kind, **ids})

    transaction.on_commit(send)
