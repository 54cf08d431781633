"""Waiting for what happens beside a test, and giving up on what does not end."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator

from portal.core import realtime


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until ``true`` answers so; the limit only keeps a broken test from waiting for ever."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.005)


def nudges_sent() -> None:
    """
    Wait until the nudges of what was arranged have left.

    They leave a moment after their act; a test that listens meanwhile hears them as if they were
    of what it does itself.
    """

    def quiet() -> bool:
        post = realtime._post
        return post is None or post.loop.is_closed() or not post.emptying

    until(quiet)


@contextlib.contextmanager
def ends(cpu_seconds: float = 60) -> Iterator[None]:
    """Stop what computes for ever: hundreds of times what it takes, in time of the processor."""

    def give_up(_signal, _frame):
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
