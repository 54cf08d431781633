"""
The signatures of a file from anywhere, looked at in a process of its own.

A PDF made to hurt can keep a parser busy for hours or fill the memory; a thread cannot be stopped,
a process can.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.errors import InvalidInputError, UnavailableError
from portal.core.time import local_date

from .signing.configuration import pki_folder
from .signing.findings import SignatureStatus, sentence
from .signing.pades import Level
from .signing.pdf import check_bytes
from .signing.refusals import refuse

#: Seconds of processor, seconds by the clock, and bytes of memory to look at one file.
CPU_SECONDS, WALL_SECONDS, MEMORY = 12, 20, 1_500_000_000
#: Files looked at together by one process of the server, and how long another waits, in seconds.
AT_ONCE, PATIENCE = 2, 8
_BASE = Path(__file__).parents[2]
_places = threading.BoundedSemaphore(AT_ONCE)
#: Said by ``findings`` inside of an f-string, where translations are not looked for.
_TEST_NOTE = gettext_noop("El certificado es de prueba y no tiene valor legal.")
_MOMENTS = ("signed_at", "timestamp", "revoked_at")


def inspect_signatures(pdf: bytes, *, at: dt.datetime) -> list[SignatureStatus]:
    """
    The state of each signature of ``pdf`` in the order of signing, at the aware moment ``at``.

    :raises InvalidInputError: about ``documento``: as ``signing.validation.validate_pdf``, or it
        takes too long.
    :raises UnavailableError: too many files are being looked at.
    """
    check_bytes(pdf)
    if not _places.acquire(timeout=PATIENCE):
        raise UnavailableError(_("Se están revisando muchos archivos. Intente en un momento."))
    try:
        answer = _look(pdf, at)
    finally:
        _places.release()
    if "code" in answer:
        raise refuse("documento", _(answer["message"]), code=answer["code"])
    return [_status(row) for row in answer["signatures"]]


def _look(pdf: bytes, at: dt.datetime) -> dict:
    asked = {
        "folder": str(pki_folder()),
        "revocation_required": settings.DOCUMENTS_REVOCATION_REQUIRED,
        "time_zone": settings.TIME_ZONE,
        "at": at.isoformat(),
        "limits": [CPU_SECONDS, MEMORY],
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes in as data
            [sys.executable, "-m", "portal.documents.inspection_trial", json.dumps(asked)],
            input=pdf,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=_BASE,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    if done.returncode != 0:
        raise _too_much()
    return json.loads(done.stdout)


def _environment() -> dict[str, str]:
    """No secret of the house goes where a hostile file is read."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def _too_much() -> InvalidInputError:
    line = _("Las firmas de este archivo no se pudieron revisar: pide demasiado trabajo.")
    return refuse("documento", line, code="pdf_costoso")


def _status(row: dict) -> SignatureStatus:
    """The finding again, with its sentence in the language of whoever asks."""
    moments = {key: row[key] and dt.datetime.fromisoformat(row[key]) for key in _MOMENTS}
    status = SignatureStatus(**row | moments | {"level": Level(row["level"])})
    return status.saying(_in_their_dates(sentence(status), status))


def _in_their_dates(text: str, status: SignatureStatus) -> str:
    """Sentences come with their dates in Spanish, whatever the language around them."""
    if not (get_language() or "").startswith("en"):
        return text
    for moment in filter(None, (status.signed_at, status.revoked_at)):
        day = local_date(moment)
        text = text.replace(full_date(day), full_date(day, "en"))
    return text
