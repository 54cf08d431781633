"""X.509 certificates as Mexican authorities issue them: whose they are and how they are printed."""

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

from .refusals import refuse

MAX_BYTES = 100_000
MIN_BITS = 2048
LONG_NAME = x509.ObjectIdentifier("2.5.4.41")


@dataclass(frozen=True)
class Identity:
    """Whom a certificate names, in the words that a document prints."""

    nombre: str
    rfc: str
    curp: str
    serie: str
    emisor: str
    vigente_desde: dt.datetime
    vigente_hasta: dt.datetime


def load_certificate(data: bytes) -> x509.Certificate:
    """
    The certificate of a ``.cer`` file, DER or PEM, with an RSA key of 2048 bits or more.

    :raises InvalidInputError: about ``certificado``, saying what the file is instead.
    """
    _check_size(data)
    try:
        pem = data.lstrip().startswith(b"-----BEGIN CERT")
        found = (x509.load_pem_x509_certificate if pem else x509.load_der_x509_certificate)(data)
        identity_of(found)
        public = found.public_key()
    except Exception:  # noqa: BLE001 - whatever a hostile file breaks, it is not a certificate
        raise refuse(
            "certificado",
            _("El archivo no es un certificado (.cer)."),
            code="certificado_ilegible",
        ) from None
    if not isinstance(public, RSAPublicKey) or public.key_size < MIN_BITS:
        raise refuse(
            "certificado",
            _("El certificado debe tener una llave RSA de 2048 bits o más."),
            code="llave_debil",
        )
    return found


def _check_size(data: bytes) -> None:
    if not data:
        line = _("El archivo del certificado está vacío.")
        raise refuse("certificado", line, code="archivo_vacio")
    if len(data) > MAX_BYTES:
        line = _("El archivo es demasiado grande para ser un certificado.")
        raise refuse("certificado", line, code="archivo_grande")


def identity_of(certificate: x509.Certificate) -> Identity:
    """
    Name, RFC, CURP and dates of a certificate.

    The SAT writes «RFC / RFC of the representative» for companies; the first is the holder's.
    Institutions without a common name are called by their organisation.
    """
    subject = certificate.subject
    return Identity(
        nombre=_name(subject),
        rfc=_parts(_attribute(subject, NameOID.X500_UNIQUE_IDENTIFIER))[0],
        curp=_parts(_attribute(subject, NameOID.SERIAL_NUMBER))[-1],
        serie=printed_serial(certificate.serial_number),
        emisor=_attribute(certificate.issuer, NameOID.COMMON_NAME)
        or _attribute(certificate.issuer, NameOID.ORGANIZATION_NAME),
        vigente_desde=certificate.not_valid_before_utc,
        vigente_hasta=certificate.not_valid_after_utc,
    )


def _name(subject: x509.Name) -> str:
    """The common name; the long form beside it where that one was cut at its 64 characters."""
    common, long = _attribute(subject, NameOID.COMMON_NAME), _attribute(subject, LONG_NAME)
    if common and long.startswith(common):
        return long
    return common or _attribute(subject, NameOID.ORGANIZATION_NAME)


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = name.get_attributes_for_oid(oid)
    if not values:
        return ""
    value = values[0].value
    return value.decode("latin-1").strip("\0 ") if isinstance(value, bytes) else value.strip()


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split("/")]


def printed_serial(number: int) -> str:
    """A serial number as the SAT prints it: its bytes, which are digits; hexadecimal elsewhere."""
    raw = number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")
    return raw.decode("ascii") if raw.isdigit() else raw.hex().upper()


def as_der(certificate: x509.Certificate) -> bytes:
    """The certificate as bytes."""
    return certificate.public_bytes(Encoding.DER)
