"""The process that composes: reads what to compose, writes pages, ends when nobody asks."""

import select
import signal
import sys
from typing import Any

import typst

from . import framing
from .compiler import Composition, fonts

#: Seconds without work after which the process ends and gives its memory back.
IDLE_SECONDS = 60


def limit_memory(memory: int) -> None:
    """Hold this process to so many bytes, and to no files of its own memory."""
    try:
        import resource
    except ImportError:  # Windows has none: the clock of who started this process must do
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """The pages asked for, or why they cannot be composed."""
    composition = Composition(asked["source"], asked["inputs"])
    try:
        if asked["act"] == "images":
            return {}, composition.images(**asked["options"])
        pdf = composition.pdf(**asked["options"])
        return {"marks": composition.marks() if asked["act"] == "document" else []}, [pdf]
    except typst.TypstError as error:
        hints = list(error.hints)
        return {"message": error.message, "diagnostic": error.diagnostic, "hints": hints}, []


def main() -> None:
    """Serve until the other side closes the pipe or is quiet for long."""
    # Ctrl-C reaches the whole group; who asked still waits for its pages, and closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(int(sys.argv[1]))
    fonts()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        try:
            asked, _none = framing.read(source)
        except EOFError:
            return
        framing.write(target, *answer(asked))


if __name__ == "__main__":
    main()
