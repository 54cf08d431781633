"""The process that looks at a file: it limits itself, reads its input, writes what it found."""

import dataclasses
import datetime as dt
import json
import sys
from pathlib import Path

from django.conf import settings

from portal.core.errors import InvalidInputError


def main() -> None:
    """Answer as JSON: ``signatures``, or the ``code`` and ``message`` of why there are none."""
    asked = json.loads(sys.argv[1])
    # Words are put by whoever asked, in the language of their reader: no catalogues here.
    settings.configure(USE_I18N=False, USE_TZ=True, TIME_ZONE=asked["time_zone"])
    from .signing.trust import load_trust
    from .signing.validation import validate_pdf

    _limit(*asked["limits"])
    trust = load_trust(Path(asked["folder"]), revocation_required=asked["revocation_required"])
    try:
        found = validate_pdf(
            sys.stdin.buffer.read(), trust=trust, at=dt.datetime.fromisoformat(asked["at"])
        )
        answer = {"signatures": [dataclasses.asdict(status) for status in found]}
    except InvalidInputError as error:
        answer = {"code": error.code, "message": str(error.message)}
    json.dump(answer, sys.stdout, default=_plain)


def _limit(cpu_seconds: int, memory: int) -> None:
    """Hold this process to so many seconds of processor and bytes of memory."""
    try:
        import resource
    except ImportError:  # Windows has none: the clock of who started this process must do
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


if __name__ == "__main__":
    main()
