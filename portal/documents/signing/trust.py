"""
Whom we believe: roots, intermediate authorities and what is known of revocations.

A store is a snapshot of the folder that never changes; ``load_trust`` makes a new one when a file
does. What its test roots vouch for is marked ``de_prueba`` everywhere.
"""

import asyncio
import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from django.utils.translation import gettext as _
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    RevokedError,
    StaleRevinfoError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
)

from portal.core.clock.wording import full_date
from portal.core.time import local_date

from . import files
from .certificates import Identity, as_der, identity_of
from .refusals import refuse
from .revocation import CrlFolder, Revocation, RevocationSource

MAX_CHAIN = 8


@dataclass(frozen=True)
class Standing:
    """A certificate that may sign, with everything that shows it."""

    certificate: x509.Certificate
    identity: Identity
    chain: tuple[x509.Certificate, ...]
    de_prueba: bool
    #: Whether its revocation was looked up in news that were fresh.
    revocation_checked: bool


class Trust:
    """A snapshot of the authorities that are believed and of what was revoked."""

    def __init__(
        self,
        *,
        roots: Sequence[x509.Certificate],
        test_roots: Sequence[x509.Certificate] = (),
        intermediates: Sequence[x509.Certificate] = (),
        source: RevocationSource,
        revocation_required: bool = True,
    ) -> None:
        self.source = source
        self.revocation_required = revocation_required
        self._roots = (*roots, *test_roots)
        self._root_der = [as_der(root) for root in self._roots]
        self._test = frozenset(as_der(root) for root in test_roots)
        self._intermediates = tuple(intermediates)

    def is_test(self, root_der: bytes) -> bool:
        """Whether a root, given as DER, is one of those for tests."""
        return root_der in self._test

    def chain_of(self, certificate: x509.Certificate) -> tuple[x509.Certificate, ...]:
        """
        The certificate, who issued it, and so on to a root that is believed; empty if none is.

        Names and signatures only: whether each was allowed to issue is the validator's work.
        """
        chain = [certificate]
        while len(chain) <= MAX_CHAIN:
            if any(chain[-1] == root for root in self._roots):
                return tuple(chain)
            issuer = self._issuer_of(chain[-1])
            if issuer is None:
                return ()
            chain.append(issuer)
        return ()

    def _issuer_of(self, certificate: x509.Certificate) -> x509.Certificate | None:
        for candidate in (*self._roots, *self._intermediates):
            if candidate.subject != certificate.issuer:
                continue
            try:
                certificate.verify_directly_issued_by(candidate)
            except Exception:  # noqa: BLE001, S112 - a wrong signature has many names
                continue
            return candidate
        return None

    def check_certificate(self, certificate: x509.Certificate, at: dt.datetime) -> Standing:
        """
        Whether the holder of ``certificate`` may sign at the aware moment ``at``.

        :raises InvalidInputError: about ``certificado``, with ``code`` certificado_vencido,
            certificado_no_vigente, certificado_revocado, autoridad_desconocida, sin_uso_de_firma,
            sin_lista_de_revocacion, lista_de_revocacion_vencida or certificado_no_valido.
        """
        identity = identity_of(certificate)
        _check_dates(identity, at)
        chain = self.chain_of(certificate)
        if len(chain) < 2:
            line = _("El certificado lo emitió una autoridad que no se reconoce: %(name)s.")
            raise _refuse("autoridad_desconocida", line % {"name": identity.emisor or "—"})
        _check_usage(certificate)
        revoked = self.revocation_in(chain, at)
        if revoked is not None:
            raise _revoked(revoked.at)
        checked = self._validate_path(chain, at)
        test = self.is_test(as_der(chain[-1]))
        return Standing(certificate, identity, chain, test, checked)

    def revocation_in(
        self, chain: tuple[x509.Certificate, ...], at: dt.datetime
    ) -> Revocation | None:
        """What of a chain was revoked by ``at``, however old the news: it stays revoked."""
        for position, certificate in enumerate(chain[:-1]):
            found = self.source.revocation_of(certificate, chain[position + 1])
            if found is not None and found.at <= at:
                return found
        return None

    def _validate_path(self, chain: tuple[x509.Certificate, ...], at: dt.datetime) -> bool:
        """Whether revocation could be checked too, where that is not required."""
        try:
            self._run_validator(chain, at, required=True)
        except RevokedError as error:
            raise _revoked(error.revocation_dt) from None
        except InsufficientRevinfoError as error:
            if self.revocation_required:
                raise _no_news(error) from None
            self._run_or_refuse(chain, at)
            return False
        except (ValidationError, PathBuildingError):
            raise _not_valid() from None
        return True

    def _run_or_refuse(self, chain, at: dt.datetime) -> None:
        try:
            self._run_validator(chain, at, required=False)
        except (ValidationError, PathBuildingError):
            raise _not_valid() from None

    def _run_validator(self, chain, at: dt.datetime, *, required: bool) -> None:
        context = self.context([chain], at, required=required)
        leaf = asn1_x509.Certificate.load(as_der(chain[0]))
        validator = CertificateValidator(leaf, validation_context=context)
        asyncio.run(validator.async_validate_usage(set()))

    def context(
        self,
        chains: Sequence[tuple[x509.Certificate, ...]],
        at: dt.datetime,
        *,
        required: bool | None = None,
        certificates: Sequence[asn1_x509.Certificate] = (),
        crls: Sequence[asn1_crl.CertificateList] = (),
        ocsps: Sequence[asn1_ocsp.OCSPResponse] = (),
    ) -> ValidationContext:
        """
        A pyHanko context for one operation at ``at``, with the evidence about ``chains`` only.

        News later than ``at`` count as well: our authorities do not take a revocation back, so
        the later list knows more. The parsed objects are made anew each time, because asn1crypto
        fills them in while they are read and threads must not share them.
        """
        evidence = self._evidence(chains)
        required = self.revocation_required if required is None else required
        rule = REQUIRE_REVINFO if required else NO_REVOCATION
        known = {as_der(item) for chain in chains for item in chain[1:-1]}
        known |= {as_der(item) for item in self._intermediates}
        return ValidationContext(
            trust_roots=[asn1_x509.Certificate.load(der) for der in self._root_der],
            other_certs=[*map(asn1_x509.Certificate.load, known), *certificates],
            crls=[*map(asn1_crl.CertificateList.load, evidence["crls"]), *crls],
            ocsps=[*map(asn1_ocsp.OCSPResponse.load, evidence["ocsps"]), *ocsps],
            moment=at,
            revinfo_policy=CertRevTrustPolicy(rule, retroactive_revinfo=True),
        )

    def _evidence(self, chains) -> dict[str, list[bytes]]:
        found: dict[str, dict[bytes, None]] = {"crls": {}, "ocsps": {}}
        for chain in chains:
            for position, certificate in enumerate(chain[:-1]):
                evidence = self.source.evidence_for(certificate, chain[position + 1])
                found["crls"] |= dict.fromkeys(evidence.crls)
                found["ocsps"] |= dict.fromkeys(evidence.ocsps)
        return {kind: list(items) for kind, items in found.items()}


def _refuse(code: str, line: str, **details):
    return refuse("certificado", line, code=code, **details)


def _day(moment: dt.datetime) -> str:
    return full_date(local_date(moment))


def _check_dates(identity: Identity, at: dt.datetime) -> None:
    if at > identity.vigente_hasta:
        line = _("El certificado venció el %(date)s.")
        date = _day(identity.vigente_hasta)
        raise _refuse("certificado_vencido", line % {"date": date})
    if at < identity.vigente_desde:
        line = _("El certificado empieza a valer el %(date)s.")
        date = _day(identity.vigente_desde)
        raise _refuse("certificado_no_vigente", line % {"date": date})


def _check_usage(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        allowed = usage.digital_signature or usage.content_commitment
    except Exception:  # noqa: BLE001 - no extension, or one that cannot be read
        allowed = False
    if not allowed:
        line = _("El certificado no sirve para firmar documentos.")
        raise _refuse("sin_uso_de_firma", line)


def _revoked(when: dt.datetime):
    line = _("El certificado fue revocado el %(date)s.") % {"date": _day(when)}
    return _refuse("certificado_revocado", line, revoked_at=when.isoformat())


def _no_news(error: InsufficientRevinfoError):
    if isinstance(error, StaleRevinfoError):
        line = _("La lista de certificados revocados de esta autoridad está vencida.")
        return _refuse("lista_de_revocacion_vencida", line)
    line = _("Falta la lista de certificados revocados de esta autoridad.")
    return _refuse("sin_lista_de_revocacion", line)


def _not_valid():
    line = _("El certificado no cumple las reglas de su autoridad emisora.")
    return _refuse("certificado_no_valido", line)


_PARTS = (files.ROOTS, files.TEST_ROOTS, files.INTERMEDIATES, files.LISTS)
_loaded: dict[tuple[Path, bool], tuple[tuple, Trust]] = {}
_lock = threading.Lock()


def load_trust(folder: Path, *, revocation_required: bool = True) -> Trust:
    """The trust that a folder describes, read again only when one of its files changed."""
    key, state = (folder, revocation_required), files.folder_state(folder, _PARTS)
    with _lock:
        kept = _loaded.get(key)
        if kept is None or kept[0] != state:
            kept = _loaded[key] = (state, _read(folder, revocation_required))
    return kept[1]


def _read(folder: Path, revocation_required: bool) -> Trust:
    roots, test_roots, intermediates = (_certificates(folder / part) for part in _PARTS[:3])
    return Trust(
        roots=roots,
        test_roots=test_roots,
        intermediates=intermediates,
        source=CrlFolder(folder / files.LISTS),
        revocation_required=revocation_required,
    )


def _certificates(folder: Path) -> list[x509.Certificate]:
    return files.read_all(folder, files.CERTIFICATES, x509.load_der_x509_certificate)
