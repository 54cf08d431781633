"""
A test authority in the PKI folder: root, issuing authority, time stamps, lists, the seal's pair.

It makes an install able to sign without any outside service. Its root stands among the test roots,
so that whatever it vouches for is marked as a test wherever it is shown.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.utils.text import slugify

from . import files
from .certificates import as_der, printed_serial
from .test_certificates import (
    AUTHORITY,
    FUTURE,
    PAST,
    SIGNER,
    SIGNING,
    Issuer,
    encrypted,
    new_key,
    new_root,
    subject,
)

DAY = dt.timedelta(days=1)
#: The law allows four years (LFEA 20).
SIGNATORY_DAYS = 4 * 365
SIGNER_PURPOSES = (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH)
SECRET_FILE = "contrasena.txt"  # noqa: S105 - the name of the file


@dataclass(frozen=True)
class Pair:
    """What a signer receives: two files and a passphrase."""

    certificate: bytes
    key: bytes
    passphrase: str

    def __repr__(self) -> str:
        return "<Pair>"

    @property
    def serial(self) -> str:
        """The serial number as it is printed."""
        return printed_serial(x509.load_der_x509_certificate(self.certificate).serial_number)


def create_test_authority(folder: Path, now: dt.datetime, *, nombre: str = "Ayuntamiento") -> None:
    """
    Make what is missing of the test authority in ``folder`` and renew its lists, at ``now``.

    Doing it again keeps every certificate. ``nombre`` is the institution whose seal is made.
    """
    files.make_folder(folder)
    home = folder / files.TEST_AUTHORITY
    if not (home / "emisora.key").exists():
        _make_authorities(folder, now)
    issuing = _issuer(home, "emisora")
    if not (folder / files.TIME / "tiempo.cer").exists():
        purposes = [ExtendedKeyUsageOID.TIME_STAMPING]
        name = subject("Sellos de tiempo")
        pair = _issue(issuing, name, now, usages=SIGNING, purposes=purposes)
        _write_pair(folder / files.TIME, "tiempo", pair)
    if not (folder / files.SEAL / "sello.cer").exists():
        pair = _issue(issuing, subject(nombre), now, usages=SIGNING)
        _write_pair(folder / files.SEAL, "sello", pair)
    for kind in ("raiz", "emisora"):
        _write_list(folder, kind, _revoked(folder, kind), now)


def _make_authorities(folder: Path, now: dt.datetime) -> None:
    home, passphrase = folder / files.TEST_AUTHORITY, secrets.token_urlsafe(32)
    root = new_root(subject("Autoridad raíz"), now)
    key = new_key()
    issuing = root.issue(
        subject("Autoridad emisora"),
        key.public_key(),
        since=now - PAST,
        until=now + FUTURE,
        usages=AUTHORITY,
        is_authority=True,
    )
    files.write_private(folder / files.TEST_ROOTS / "raiz.cer", as_der(root.certificate))
    files.write_private(folder / files.INTERMEDIATES / "emisora.cer", as_der(issuing))
    files.write_private(home / SECRET_FILE, passphrase.encode())
    files.write_private(home / "raiz.cer", as_der(root.certificate))
    files.write_private(home / "raiz.key", encrypted(root.key, passphrase))
    files.write_private(home / "emisora.cer", as_der(issuing))
    files.write_private(home / "emisora.key", encrypted(key, passphrase))


def _issuer(home: Path, kind: str) -> Issuer:
    passphrase = (home / SECRET_FILE).read_bytes()
    key = load_der_private_key((home / f"{kind}.key").read_bytes(), passphrase)
    certificate = x509.load_der_x509_certificate((home / f"{kind}.cer").read_bytes())
    return Issuer(certificate, key)


def _issue(
    issuer: Issuer,
    name: x509.Name,
    now: dt.datetime,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    usages: set[str] = SIGNER,
    purposes: Sequence[x509.ObjectIdentifier] = (),
    passphrase: str = "",
    key: rsa.RSAPrivateKey | None = None,
) -> Pair:
    key, passphrase = key or new_key(), passphrase or secrets.token_urlsafe(12)
    certificate = issuer.issue(
        name,
        key.public_key(),
        since=since or now - PAST,
        until=until or now + FUTURE,
        usages=usages,
        purposes=purposes,
    )
    return Pair(as_der(certificate), encrypted(key, passphrase), passphrase)


def issue_signatory(
    folder: Path,
    *,
    name: str,
    now: dt.datetime,
    rfc: str = "",
    curp: str = "",
    passphrase: str = "",
    since: dt.datetime | None = None,
    days: int = SIGNATORY_DAYS,
    usages: set[str] = SIGNER,
    key: rsa.RSAPrivateKey | None = None,
) -> Pair:
    """
    A pair for a person, signed by the test authority of ``folder``; nothing is written.

    It is valid for ``days`` from ``since`` (a day before ``now`` unless given). Without
    ``passphrase`` one is made up. ``key`` saves the making of a new one.

    :raises FileNotFoundError: there is no test authority in ``folder`` yet.
    """
    since = since or now - DAY
    issuer = _issuer(folder / files.TEST_AUTHORITY, "emisora")
    return _issue(
        issuer,
        subject(name, rfc=rfc, curp=curp),
        now,
        since=since,
        until=since + days * DAY,
        usages=usages,
        purposes=SIGNER_PURPOSES,
        passphrase=passphrase,
        key=key,
    )


def signatory_files(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """Where the certificate, the key and the passphrase of a test signer are kept."""
    stem = slugify(name) or "firmante"
    home = folder / files.SIGNERS
    return home / f"{stem}.cer", home / f"{stem}.key", home / f"{stem}.txt"


def keep_signatory(folder: Path, name: str, pair: Pair) -> None:
    """Write a test signer's pair and passphrase, for their owner alone."""
    contents = (pair.certificate, pair.key, pair.passphrase.encode())
    for path, data in zip(signatory_files(folder, name), contents, strict=True):
        files.write_private(path, data)


def revoke(folder: Path, serial: str, now: dt.datetime, *, at: dt.datetime | None = None) -> None:
    """
    Put a certificate, by its printed serial number, on the list of the issuing authority.

    ``at`` is when it stopped counting; ``now`` dates the new list.
    """
    number = int.from_bytes(serial.encode(), "big") if serial.isdigit() else int(serial, 16)
    revoked = _revoked(folder, "emisora") | {number: at or now}
    _write_list(folder, "emisora", revoked, now)


def _revoked(folder: Path, kind: str) -> dict[int, dt.datetime]:
    path = folder / files.LISTS / f"{kind}.crl"
    if not path.exists():
        return {}
    entries = x509.load_der_x509_crl(path.read_bytes())
    return {entry.serial_number: entry.revocation_date_utc for entry in entries}


def _write_list(folder: Path, kind: str, revoked: dict[int, dt.datetime], now: dt.datetime) -> None:
    issuer = _issuer(folder / files.TEST_AUTHORITY, kind)
    data = issuer.revocation_list(revoked, now=now)
    files.write_private(folder / files.LISTS / f"{kind}.crl", data)


def _write_pair(home: Path, stem: str, pair: Pair) -> None:
    files.write_private(home / f"{stem}.cer", pair.certificate)
    files.write_private(home / f"{stem}.key", pair.key)
    files.write_private(home / SECRET_FILE, pair.passphrase.encode())
