"""Django's cache over Redis, which keeps its clients."""

from functools import lru_cache

from django.core.cache.backends import redis


class _KeptClients(redis.RedisCacheClient):
    """
    Django makes a client for every question, which takes longer than the question.

    A client holds nothing but its pool of connections, which threads and child processes may
    share, so one for each pool will do.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._client_of = lru_cache(maxsize=None)(lambda pool: self._client(connection_pool=pool))

    def get_client(self, key=None, *, write=False):
        return self._client_of(self._get_connection_pool(write))


class RedisCache(redis.RedisCache):
    """The same cache, by kept clients."""

    def __init__(self, server, params) -> None:
        super().__init__(server, params)
        self._class = _KeptClients
