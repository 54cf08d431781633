"""Verification by anybody, by code or by file, under the limits of whoever asks."""

import datetime as dt
import re
from io import BytesIO

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from portal.core.errors import DomainError, NotFoundError
from portal.core.ratelimit import hit, require_below

from ..inspection import inspect_signatures
from ..models import ArchivoDocumento
from ..selectors.verification import Verified, verified_by_code, verified_by_step_hash
from ..signing.findings import SignatureStatus
from .files import read_file

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEEP_COUNT = 7 * 24 * 3600


def verify_code(*, codigo: str, address: str, now: dt.datetime) -> Verified:
    """
    The document of a code as it was typed.

    After too many codes that were not found, ``address`` gets no answer at all for a while, so
    that a right guess cannot be told from a wrong one.

    :raises NotFoundError: no such code, no code at all, or a document that the public may not know
        of: always in the same words.
    :raises TooManyAttemptsError: over the limits of ``DOCUMENTS_VERIFY_LIMITS``.
    """
    _count("consultas", address, now)
    limit, window = settings.DOCUMENTS_VERIFY_LIMITS["fallidas"]
    require_below("verificar.fallidas", address, limit=limit, window=window, now=now)
    found = verified_by_code(codigo)
    if found is None:
        _count("fallidas", address, now)
        raise NotFoundError(_("No encontramos un documento con ese código."))
    return found


def verify_file(*, sha256: str, address: str, now: dt.datetime) -> Verified:
    """
    The document of which that SHA-256 (64 hexadecimal digits) is the PDF.

    Compare it with ``huella``: it may be the file of an earlier step of signing.

    :raises NotFoundError: none that the public may know of.
    :raises TooManyAttemptsError: over the limits of ``DOCUMENTS_VERIFY_LIMITS``.
    """
    _count("consultas", address, now)
    wanted = sha256.strip().lower()
    found = verified_by_step_hash(wanted) if _SHA256.fullmatch(wanted) else None
    if found is None:
        raise NotFoundError(_("Ningún documento emitido aquí tiene ese archivo."))
    return found


def check_file(*, pdf: bytes, address: str, now: dt.datetime) -> list[SignatureStatus]:
    """
    What the signatures inside of a file from anywhere say, in bounded time.

    :raises InvalidInputError: about ``documento``: not a PDF, or one that cannot be looked at.
    :raises UnavailableError: too many files are being looked at.
    :raises TooManyAttemptsError: over the limits of ``DOCUMENTS_VERIFY_LIMITS``.
    """
    _count("archivos", address, now)
    return inspect_signatures(pdf, at=now)


def page_count(row: ArchivoDocumento) -> int:
    """How many pages a kept PDF has; 0 when it cannot be told."""
    name = f"documents.pages:{row.sha256}"
    known = cache.get(name)
    if known is None:
        try:
            # Held only by processes that are asked: it takes 20 MB to load.
            from pypdf import PdfReader

            known = PdfReader(BytesIO(read_file(row))).get_num_pages()
        except DomainError:
            return 0
        cache.set(name, known, _KEEP_COUNT)
    return known


def _count(kind: str, address: str, now: dt.datetime) -> None:
    limit, window = settings.DOCUMENTS_VERIFY_LIMITS[kind]
    hit(f"verificar.{kind}", address, limit=limit, window=window, now=now)
