"""Nudging open pages: sockets carry "something changed", the browser asks a view for what."""

import asyncio
import logging
import threading

from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger("ventanilla.realtime")

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


async def _send(group: str, message: dict) -> None:
    try:
        await get_channel_layer().group_send(group, message)
    except Exception as error:  # a lost nudge must not undo or delay the act
        logger.warning("nudge_failed group=%s error=%s", group, type(error).__name__)


def nudge(group: str, kind: str, **ids: int | str) -> None:
    """
    After the commit, tell ``group`` that something of ``kind`` changed.

    ``ids`` are opaque identifiers only. Never raises: the act stands even if nobody hears of it.
    """

    def send() -> None:
        message = {"type": "changed", "kind": kind, **ids}
        asyncio.run_coroutine_threadsafe(_send(group, message), sending_loop())

    transaction.on_commit(send)
