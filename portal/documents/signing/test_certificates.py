"""Certificates and lists of the test authority, shaped as those of the SAT."""

import datetime as dt
import secrets
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .certificates import LONG_NAME

PREFIX = "CERTIFICADO DE PRUEBA – "
BITS = 2048
#: Bytes of UTF-8 that a common name may hold; the long name stands beside it whole.
MAX_COMMON_NAME = 64
#: How far back the authority's own certificates reach, so that the past can be shown signed.
PAST = dt.timedelta(days=10 * 365)
FUTURE = dt.timedelta(days=20 * 365)
LIST_LIFE = dt.timedelta(days=10 * 365)

SIGNING = {"digital_signature", "content_commitment"}
SIGNER = SIGNING | {"data_encipherment", "key_agreement"}
AUTHORITY = {"key_cert_sign", "crl_sign"}
_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def new_key() -> rsa.RSAPrivateKey:
    """A fresh RSA key of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS)


def new_serial() -> int:
    """Twenty digits as the SAT prints them; the leading 99 is of no real authority."""
    digits = "99" + "".join(secrets.choice("0123456789") for _ in range(18))
    return int.from_bytes(digits.encode(), "big")


def subject(nombre: str, *, rfc: str = "", curp: str = "") -> x509.Name:
    """
    A name of ours, always with the prefix that says «test».

    The RFC goes as UTF8String into ``x500UniqueIdentifier``, as in real certificates.
    """
    full = PREFIX + nombre
    attributes = [
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(full)),
        x509.NameAttribute(LONG_NAME, full),
        x509.NameAttribute(NameOID.COUNTRY_NAME, "MX"),
    ]
    if rfc:
        attributes.append(x509.NameAttribute(NameOID.X500_UNIQUE_IDENTIFIER, rfc))
    if curp:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, curp))
    return x509.Name(attributes)


def _cut(text: str) -> str:
    return text.encode()[:MAX_COMMON_NAME].decode(errors="ignore")


def key_usage(names: Iterable[str]) -> x509.KeyUsage:
    """The extension that allows exactly ``names``."""
    return x509.KeyUsage(**{usage: usage in set(names) for usage in _USAGES})


class Issuer:
    """A certificate with its key, which signs others."""

    def __init__(self, certificate: x509.Certificate, key: rsa.RSAPrivateKey) -> None:
        self.certificate = certificate
        self.key = key

    def issue(
        self,
        name: x509.Name,
        public: rsa.RSAPublicKey,
        *,
        since: dt.datetime,
        until: dt.datetime,
        usages: Iterable[str] = SIGNER,
        purposes: Iterable[x509.ObjectIdentifier] = (),
        is_authority: bool = False,
    ) -> x509.Certificate:
        """A certificate signed by this issuer."""
        builder = _builder(name, public, since, until, is_authority)
        builder = builder.issuer_name(self.certificate.subject)
        builder = builder.add_extension(key_usage(usages), critical=True)
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(own, critical=False)
        purposes = list(purposes)
        if purposes:
            alone = purposes == [ExtendedKeyUsageOID.TIME_STAMPING]
            builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=alone)
        return builder.sign(self.key, SHA256())

    def revocation_list(
        self,
        revoked: dict[int, dt.datetime],
        *,
        now: dt.datetime,
        until: dt.datetime | None = None,
    ) -> bytes:
        """The list of revoked serial numbers with their moments, DER."""
        builder = x509.CertificateRevocationListBuilder(
            issuer_name=self.certificate.subject,
            last_update=now,
            next_update=until or now + LIST_LIFE,
        )
        number = x509.CRLNumber(int(now.timestamp() * 1000))
        builder = builder.add_extension(number, critical=False)
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(own, critical=False)
        for serial, moment in revoked.items():
            entry = x509.RevokedCertificateBuilder(serial, moment).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)


def new_root(name: x509.Name, now: dt.datetime) -> Issuer:
    """A root that signed itself."""
    key = new_key()
    builder = _builder(name, key.public_key(), now - PAST, now + FUTURE, True).issuer_name(name)
    builder = builder.add_extension(key_usage(AUTHORITY), critical=True)
    return Issuer(builder.sign(key, SHA256()), key)


def _builder(
    name: x509.Name,
    public: rsa.RSAPublicKey,
    since: dt.datetime,
    until: dt.datetime,
    is_authority: bool,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(
        subject_name=name,
        public_key=public,
        serial_number=new_serial(),
        not_valid_before=since,
        not_valid_after=until,
    )
    constraints = x509.BasicConstraints(ca=is_authority, path_length=None)
    builder = builder.add_extension(constraints, critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    return builder.add_extension(identifier, critical=False)


def encrypted(key: rsa.RSAPrivateKey, passphrase: str) -> bytes:
    """The key as a ``.key`` file: DER, PKCS#8, encrypted."""
    secret = BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, secret)
