"""The citizen's PIN: derived, shown once on the receipt, kept only as a keyed hash."""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

DIGITS = 6
_FOLIO = re.compile(r"^([A-Z0-9]{1,20})-(\d{4})-(\d{1,9})$|^([A-Z]{1,20})(\d{4})(\d{6})$")


def _mac(purpose: str, *parts: str) -> bytes:
    key = hashlib.sha256(f"tramites.pin.{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).digest()


def derive_pin(*, clave_idempotencia: str, folio: str) -> str:
    """The PIN of a submission; the same submission always has the same one."""
    number = int.from_bytes(_mac("derive", clave_idempotencia, folio)[:8])
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def random_pin() -> str:
    """A new PIN that nothing can derive."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hash_pin(*, folio: str, pin: str) -> str:
    """What is kept of a PIN: worthless without the installation's secret key."""
    return _mac("hash", folio, pin).hex()


def pin_matches(*, folio: str, pin: str, pin_hash: str) -> bool:
    """Whether ``pin`` is the one kept, in a time that does not depend on the answer."""
    return hmac.compare_digest(hash_pin(folio=folio, pin=pin), pin_hash)


def normal_folio(text: str) -> str:
    """The folio as issued from one as typed: `` sjv 2026 123 `` is ``SJV-2026-000123``."""
    compact = re.sub(r"[^A-Z0-9]+", "-", text[:60].upper()).strip("-")[:40]
    found = _FOLIO.match(compact)
    if not found:
        return compact
    serie, year, number = (part for part in found.groups() if part is not None)
    return f"{serie}-{year}-{int(number):06d}"
