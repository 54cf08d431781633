"""Asking the press for pages."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import framing

#: Seconds by the clock one document may take, and bytes of memory of a press.
WALL_SECONDS, MEMORY = 30, 1_500_000_000
#: Presses of one process of the server; who comes later waits for a free one.
AT_ONCE = 2
STANDARDS = ["a-2b", "ua-1"]
_BASE = Path(__file__).parents[3]


class CompositionError(Exception):
    """The compiler refuses the source with this data; the words are the compiler's, in English."""

    def __init__(self, message: str, diagnostic: str, hints: list[str]) -> None:
        super().__init__(message)
        self.message, self.diagnostic, self.hints = message, diagnostic, hints


class ExhaustedError(Exception):
    """The document takes more time or memory than one may."""


class Sheet:
    """One source with its data, to be composed."""

    def __init__(self, source: str, data: Mapping[str, Any]) -> None:
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        self._asked = {"source": source, "inputs": {"datos": text}}

    def document(self, *, timestamp: int) -> tuple[bytes, list[dict[str, Any]]]:
        """
        The PDF with what its layout wrote down about itself: pages, places for signatures.

        :raises CompositionError: it does not compile.
        :raises ExhaustedError: it takes too much.
        """
        told, blobs = self._ask("document", timestamp=timestamp, standards=STANDARDS)
        return blobs[0], told["marks"]

    def pdf(self, *, timestamp: int, standards: list[str]) -> bytes:
        """The PDF alone; raises as ``document``."""
        return self._ask("pdf", timestamp=timestamp, standards=standards)[1][0]

    def images(self, fmt: str, *, ppi: int) -> list[bytes]:
        """Each page as an ``svg`` or a ``png``; raises as ``document``."""
        return self._ask("images", fmt=fmt, ppi=ppi)[1]

    def _ask(self, act: str, **options) -> tuple[dict[str, Any], list[bytes]]:
        told, blobs = _pool.ask(self._asked | {"act": act, "options": options})
        if "message" in told:
            raise CompositionError(told["message"], told["diagnostic"], told["hints"])
        return told, blobs


class _Press:
    """One process that composes, asked by one thread at a time."""

    def __init__(self) -> None:
        self.uses = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own module; the source goes in as data
            [sys.executable, "-m", "portal.documents.press.process", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_BASE,
            env=environment(),
        )
        # One that ends for want of work is taken away at once, not with the next page.
        threading.Thread(target=self._process.wait, daemon=True).start()

    def ask(self, asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """
        The answer of the process.

        :raises ExhaustedError: it had to be stopped.
        :raises OSError: it was not there any more.
        :raises EOFError: it ended meanwhile.
        """
        self.uses += 1
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            self._process.kill()

        clock = threading.Timer(WALL_SECONDS, stop)
        clock.daemon = True
        clock.start()
        try:
            framing.write(self._process.stdin, asked)
            return framing.read(self._process.stdout)
        except (OSError, EOFError):
            if stopped.is_set():
                raise ExhaustedError from None
            raise
        finally:
            clock.cancel()

    def close(self) -> None:
        """Stop the process and take its leavings."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                continue


class _Pool:
    """The presses of this process that nobody uses now."""

    def __init__(self) -> None:
        self._free: list[_Press] = []
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def ask(self, asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """
        Ask a press. One that ended for having been idle is replaced, and the new one asked.

        :raises ExhaustedError: the document takes more than one may.
        """
        with self._places:
            while True:
                press = self._take()
                try:
                    answer = press.ask(asked)
                except (OSError, EOFError):
                    press.close()
                    if press.uses == 1:
                        # A new one that ends at once ends by what it was asked.
                        raise ExhaustedError from None
                    continue
                except BaseException:
                    press.close()
                    raise
                self._free.append(press)
                return answer

    def _take(self) -> _Press:
        try:
            return self._free.pop()
        except IndexError:
            return _Press()


_pool = _Pool()


def _after_fork() -> None:
    """A forked process must not speak through the pipes of its parent."""
    global _pool
    _pool = _Pool()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def environment() -> dict[str, str]:
    """No secret of the house, and a proxy that leads nowhere in case something asks for a host."""
    nowhere = "http://127.0.0.1:9"
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return kept | {"HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "PYTHONDONTWRITEBYTECODE": "1"}
