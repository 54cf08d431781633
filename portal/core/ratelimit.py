"""Counting attempts in fixed windows, in the shared cache."""

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
    moment = int(now.timestamp())
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    name = f"rl:{scope}:{digest}:{moment // window}"
    cache.add(name, 0, timeout=window + 5)
    try:
        count = cache.incr(name)
    except ValueError:
        cache.set(name, 1, timeout=window + 5)
        count = 1
    if count > limit:
        raise TooManyAttemptsError(retry_after=window - moment % window)
    return count


def client_address(request) -> str:
    """The caller's address as the server saw it; a proxy must set REMOTE_ADDR itself."""
    return request.META.get("REMOTE_ADDR", "")
