"""Counting attempts in fixed windows, in the shared cache."""

import contextlib
import datetime as dt
import hashlib

from django.core.cache import cache

from .errors import TooManyAttemptsError


def hit(scope: str, key: str, *, limit: int, window: int, now: dt.datetime) -> int:
    """
    Count one attempt of ``key`` in ``scope`` and return how many this window has seen.

    ``window`` is in seconds. The key is hashed, so no address or number stands in the cache.

    :raises TooManyAttemptsError: above ``limit``; ``retry_after`` says when the window ends.
    """
    name, moment = _window(scope, key, window, now)
    count = 1
    # Most callers come once in a window: one question to the cache then, where counting up is two.
    if not cache.add(name, 1, timeout=window + 5):
        try:
            count = cache.incr(name)
        except ValueError:
            cache.set(name, 1, timeout=window + 5)
    if count > limit:
        raise TooManyAttemptsError(retry_after=window - moment % window)
    return count


def give_back(scope: str, key: str, *, window: int, now: dt.datetime) -> None:
    """Take back one attempt that was counted: it was right, and only wrong ones are limited."""
    name, _moment = _window(scope, key, window, now)
    with contextlib.suppress(ValueError):
        cache.decr(name)


def require_below(scope: str, key: str, *, limit: int, window: int, now: dt.datetime) -> None:
    """
    Refuse whoever has used up ``limit`` already; counts nothing.

    For limits on what failed: ``hit`` counts the failure, this asks before the next attempt, so
    that a right guess is refused as a wrong one is.

    :raises TooManyAttemptsError: ``limit`` attempts or more in this window.
    """
    name, moment = _window(scope, key, window, now)
    if cache.get(name, 0) >= limit:
        raise TooManyAttemptsError(retry_after=window - moment % window)


def _window(scope: str, key: str, window: int, now: dt.datetime) -> tuple[str, int]:
    """The name of the counter of this window, and the moment in whole seconds."""
    moment = int(now.timestamp())
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"rl:{scope}:{digest}:{moment // window}", moment


def client_address(request) -> str:
    """The caller's address as the server saw it; a proxy must set REMOTE_ADDR itself."""
    return request.META.get("REMOTE_ADDR", "")
