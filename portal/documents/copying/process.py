"""The process that reads a file to copy: it limits itself, answers, and ends."""

import logging
import sys

from ..press import framing
from ..press.process import limit_memory


def main() -> None:
    """Answer one question with a copy, or with the ``code`` of why there is none."""
    cpu_seconds, memory = (int(value) for value in sys.argv[1:3])
    logging.disable(logging.CRITICAL)
    from .pages import Refused, clean, join

    _limit_processor(cpu_seconds)
    limit_memory(memory)
    asked, blobs = framing.read(sys.stdin.buffer)
    try:
        if asked["act"] == "join":
            told, made = {}, join(*blobs)
        else:
            made, total, pages = clean(blobs[0], asked["ranges"], asked["most"])
            told = {"total": total, "pages": pages}
    except Refused as refused:
        framing.write(sys.stdout.buffer, refused.told)
    except Exception:
        # A file made to confuse the parser breaks it in any way it likes.
        framing.write(sys.stdout.buffer, {"code": "broken"})
    else:
        framing.write(sys.stdout.buffer, told, [made])


def _limit_processor(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none: the clock of who started this process must do
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    main()
