"""
The record beside a signature: a canonical chain of text and a seal over it, as invoices carry.

It can be printed, typed and checked with any RSA tool, without the PDF.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from .certificates import load_certificate
from .keys import Signatory

VERSION = "1.0"
_ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}


def cadena_original(
    *,
    folio: str,
    codigo: str,
    firmado_en: dt.datetime,
    firmante: str,
    rfc: str,
    serie: str,
    sha256: str,
    extras: Sequence[str] = (),
) -> str:
    """
    ``||1.0|folio|codigo|fecha|firmante|RFC|serie|sha256|…||``, one text for one set of values.

    The date is that of ``firmado_en`` (aware) in UTC, to the second. Within a value, bar, backslash
    and line breaks are escaped with a backslash. ``extras`` follow in their order.
    """
    moment = firmado_en.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = [VERSION, folio, codigo, moment, firmante, rfc, serie, sha256, *extras]
    return "||" + "|".join(map(_escape, values)) + "||"


def _escape(value: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in value)


def digital_seal(cadena: str, signatory: Signatory) -> str:
    """The seal of a chain: RSA PKCS#1 v1.5 with SHA-256 over its UTF-8, in Base64."""
    return base64.b64encode(signatory.sign(cadena.encode())).decode("ascii")


def verify_seal(cadena: str, seal: str, certificate_der: bytes) -> bool:
    """
    Whether ``seal`` was made over this very chain with the key of the certificate.

    :raises InvalidInputError: the certificate cannot be read.
    """
    certificate = load_certificate(certificate_der)
    try:
        signature = base64.b64decode(seal, validate=True)
        certificate.public_key().verify(signature, cadena.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
