"""How much memory the threads of a server may set apart."""

import ctypes
import os

#: ``M_ARENA_MAX`` of glibc's ``mallopt``.
_ARENA_MAX = -8
ARENAS = 2


def share_memory() -> None:
    """
    Let the threads take memory from two arenas instead of eight for each processor.

    Python's threads take turns anyway; an arena of its own only leaves each with holes that the
    others cannot use. ``MALLOC_ARENA_MAX`` in the environment has the last word. Other C libraries
    have no such arenas, and are left alone.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, ARENAS)
