"""Where it is known which certificates were revoked: a folder of lists, or a service."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography import x509

from .files import read_all


@dataclass(frozen=True)
class Evidence:
    """What somebody with authority says about a certificate, as DER: it travels in the PDF."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Revocation:
    """A certificate was revoked, and when."""

    at: dt.datetime


class RevocationSource(Protocol):
    """
    Port for revocation: the folder below, or an adapter under a provider that asks an OCSP
    responder or fetches a list. An adapter that cannot answer returns nothing; it never raises.
    """

    def evidence_for(self, certificate: x509.Certificate, issuer: x509.Certificate) -> Evidence:
        """What there is to show about ``certificate``, which ``issuer`` signed."""

    def revocation_of(
        self, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> Revocation | None:
        """When ``certificate`` was revoked, if it was, however old the news."""


@dataclass(frozen=True)
class _List:
    der: bytes
    parsed: x509.CertificateRevocationList


def _parse(der: bytes) -> _List:
    return _List(der, x509.load_der_x509_crl(der))


class CrlFolder:
    """
    The lists (``*.crl``, DER or PEM) of a folder, read once.

    A list counts only for the authority whose key signed it.
    """

    def __init__(self, folder: Path) -> None:
        self._lists: dict[bytes, list[_List]] = {}
        for item in read_all(folder, {".crl"}, _parse):
            self._lists.setdefault(item.parsed.issuer.public_bytes(), []).append(item)
        self._signed: dict[tuple[bytes, bytes], bool] = {}

    def evidence_for(self, certificate: x509.Certificate, issuer: x509.Certificate) -> Evidence:
        """The newest list of the issuer."""
        return Evidence(crls=tuple(item.der for item in self._of(issuer)[:1]))

    def revocation_of(
        self, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> Revocation | None:
        """Looked up in the newest list of the issuer."""
        for item in self._of(issuer)[:1]:
            entry = item.parsed.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None:
                return Revocation(entry.revocation_date_utc)
        return None

    def _of(self, issuer: x509.Certificate) -> Sequence[_List]:
        """Lists that this very issuer signed, newest first."""
        found = self._lists.get(issuer.subject.public_bytes(), [])
        mine = [item for item in found if self._is_signed(item, issuer)]
        return sorted(mine, key=lambda item: item.parsed.last_update_utc, reverse=True)

    def _is_signed(self, item: _List, issuer: x509.Certificate) -> bool:
        pair = (item.parsed.signature, issuer.signature)
        if pair not in self._signed:
            self._signed[pair] = item.parsed.is_signature_valid(issuer.public_key())
        return self._signed[pair]
