"""
What a signed PDF proves: who signed it, whether it changed, whom we believe.

pyHanko decides about every signature; here its findings are put in order of time. A signature is
judged at the moment that a trusted time stamp proves, so that it outlives its certificate; without
one, at the moment of asking.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import collect_timing_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from .certificates import Identity, as_der, identity_of
from .findings import SignatureStatus, sentence
from .pades import Level
from .pdf import open_reader, unreadable
from .refusals import refuse
from .trust import Trust

#: Signatures above which a file is not looked at: each is compared with all that came after.
MAX_SIGNATURES = 60
#: Signatures times revisions times objects: each signature is compared with every later revision,
#: object by object, at up to fifty microseconds.
MAX_WORK = 1_500_000
USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


@dataclass
class _Evidence:
    """What the file itself brings: certificates, revocation lists and answers."""

    certificates: list[asn1_x509.Certificate] = field(default_factory=list)
    crls: list[asn1_crl.CertificateList] = field(default_factory=list)
    ocsps: list[asn1_ocsp.OCSPResponse] = field(default_factory=list)


@dataclass(frozen=True)
class _Stamp:
    """A document time stamp: the revision it closes, when it was given, and how it fared."""

    revision: int
    at: dt.datetime
    sound: bool
    trusted: bool


def validate_pdf(
    pdf: bytes, *, trust: Trust, at: dt.datetime, max_work: int = MAX_WORK
) -> list[SignatureStatus]:
    """
    The state of each signature of ``pdf`` in the order of signing, at the aware moment ``at``.

    An unsigned document has none. Document time stamps have no line of their own: one that does
    not hold shows in the signatures that it closed. ``max_work`` (see ``MAX_WORK``) may be lowered
    for files of strangers.

    :raises InvalidInputError: about ``documento``: not a PDF, too large, encrypted, broken, or
        with more signatures than are looked at.
    """
    reader = open_reader(pdf)
    try:
        found = _signatures(reader, max_work)
        return asyncio.run(_Review(reader, trust, at).statuses(found)) if found else []
    except _TooMany:
        line = _("El PDF tiene demasiadas firmas o partes para revisarlo.")
        raise refuse("documento", line, code="demasiadas_firmas") from None
    except Exception:  # noqa: BLE001 - a hostile file breaks the parser anywhere
        raise unreadable() from None


class _TooMany(Exception):
    pass


def _signatures(reader: PdfFileReader, max_work: int) -> list[EmbeddedPdfSignature]:
    found = list(reader.embedded_signatures)
    work = len(found) * reader.xrefs.total_revisions * int(reader.trailer["/Size"])
    if len(found) > MAX_SIGNATURES or work > max_work:
        raise _TooMany
    return found


class _Review:
    """One look at one file."""

    def __init__(self, reader: PdfFileReader, trust: Trust, at: dt.datetime) -> None:
        self.trust = trust
        self.at = at
        self.evidence = _read_evidence(reader)

    async def statuses(self, found: Sequence[EmbeddedPdfSignature]) -> list[SignatureStatus]:
        """Stamps first, newest to oldest: each proves the moment at which the one before held."""
        stamps: list[_Stamp] = []
        for item in reversed([one for one in found if one.sig_object_type == "/DocTimeStamp"]):
            stamps.append(await self._stamp(item, self._moment_after(item, stamps)))
        signatures = [one for one in found if one.sig_object_type != "/DocTimeStamp"]
        return [await self._status(one, stamps) for one in signatures]

    def _moment_after(self, item: EmbeddedPdfSignature, stamps: Sequence[_Stamp]) -> dt.datetime:
        """The earliest moment at which ``item`` is proved to have been there."""
        later = [s.at for s in stamps if s.trusted and s.revision > item.signed_revision]
        return min(later, default=self.at)

    async def _stamp(self, item: EmbeddedPdfSignature, moment: dt.datetime) -> _Stamp:
        status = await async_validate_pdf_timestamp(item, self._context(item.signer_cert, moment))
        sound = status.intact and status.valid and _is_plain(item)
        return _Stamp(item.signed_revision, status.timestamp, sound, sound and status.trusted)

    async def _status(
        self, item: EmbeddedPdfSignature, stamps: Sequence[_Stamp]
    ) -> SignatureStatus:
        asked = self._moment_after(item, stamps)
        stamped = await self._own_stamp(item, asked)
        moment = stamped or asked
        found = await async_validate_pdf_signature(
            item,
            self._context(item.signer_cert, moment),
            self._stamp_context(item, asked),
            key_usage_settings=USAGE,
        )
        later = [s for s in stamps if s.revision > item.signed_revision]
        return self._finding(item, found, later, stamped, moment)

    async def _own_stamp(
        self, item: EmbeddedPdfSignature, moment: dt.datetime
    ) -> dt.datetime | None:
        """When the signature's own time stamp says it was made, if that holds."""
        info = await collect_timing_info(
            item.signer_info, self._stamp_context(item, moment), raw_digest=item.compute_digest
        )
        stamp = info.get("timestamp_validity")
        holds = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
        return stamp.timestamp if holds else None

    def _stamp_context(self, item: EmbeddedPdfSignature, moment: dt.datetime):
        return self._context(_stamp_signer(item) or item.signer_cert, moment)

    def _context(self, certificate: asn1_x509.Certificate, moment: dt.datetime):
        return self.trust.context(
            [self._chain(certificate)],
            moment,
            certificates=self.evidence.certificates,
            crls=self.evidence.crls,
            ocsps=self.evidence.ocsps,
        )

    def _chain(self, certificate: asn1_x509.Certificate) -> tuple[x509.Certificate, ...]:
        return self.trust.chain_of(x509.load_der_x509_certificate(certificate.dump()))

    def _finding(
        self,
        item: EmbeddedPdfSignature,
        found: PdfSignatureStatus,
        later: Sequence[_Stamp],
        stamped: dt.datetime | None,
        moment: dt.datetime,
    ) -> SignatureStatus:
        identity = _identity(item.signer_cert)
        revoked_at = self._revoked_at(item, found, moment)
        changes = found.modification_level or ModificationLevel.NONE
        status = SignatureStatus(
            field=item.field_name or "",
            signer=identity.nombre,
            rfc=identity.rfc,
            serial=identity.serie,
            intact=found.intact and _is_plain(item),
            valid=found.valid,
            trusted=found.trusted and revoked_at is None,
            whole_document=_covers(found) and changes <= ModificationLevel.LTA_UPDATES,
            changes_allowed=_changes_allowed(found, changes) and all(s.sound for s in later),
            signed_at=stamped or found.signer_reported_dt,
            timestamp=stamped,
            level=self._level(item, stamped, later),
            de_prueba=self._is_test(item, found),
            revoked_at=revoked_at,
            problem=self._problem(item, found),
        )
        return status.saying(sentence(status))

    def _revoked_at(self, item, found: PdfSignatureStatus, moment: dt.datetime):
        if found.revocation_details is not None:
            return found.revocation_details.revocation_date
        revoked = self.trust.revocation_in(self._chain(item.signer_cert), moment)
        return revoked.at if revoked else None

    def _is_test(self, item: EmbeddedPdfSignature, found: PdfSignatureStatus) -> bool:
        """By the chain that signatures prove: a path that failed may hold a mere namesake."""
        chain = self._chain(item.signer_cert)
        if chain:
            return self.trust.is_test(as_der(chain[-1]))
        return found.trusted and self.trust.is_test(next(iter(found.validation_path)).dump())

    def _problem(self, item: EmbeddedPdfSignature, found: PdfSignatureStatus) -> str:
        if found.trusted or found.trust_problem_indic is None:
            return ""
        if not self._chain(item.signer_cert):
            return AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND.name
        return found.trust_problem_indic.name

    def _level(self, item, stamped: dt.datetime | None, later: Sequence[_Stamp]) -> Level:
        if stamped is None:
            return Level.B_B
        issuer = item.signer_cert.issuer
        proved = self.evidence.ocsps or any(crl.issuer == issuer for crl in self.evidence.crls)
        if not proved:
            return Level.B_T
        return Level.B_LTA if any(s.trusted for s in later) else Level.B_LT


def _read_evidence(reader: PdfFileReader) -> _Evidence:
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return _Evidence()
    streams = [item.get_object().data for item in store.crls]
    answers = [item.get_object().data for item in store.ocsps]
    return _Evidence(
        list(store.load_certs()),
        [asn1_crl.CertificateList.load(data) for data in streams],
        [asn1_ocsp.OCSPResponse.load(data) for data in answers],
    )


def _stamp_signer(item: EmbeddedPdfSignature) -> asn1_x509.Certificate | None:
    """The certificate behind the time stamp inside of a signature, as far as it can be told."""
    attributes = item.signer_info["unsigned_attrs"]
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "signature_time_stamp_token":
            token = attribute["values"][0]["content"]
            wanted = token["signer_infos"][0]["sid"].chosen
            for certificate in token["certificates"]:
                if certificate.chosen.serial_number == wanted["serial_number"].native:
                    return certificate.chosen
    return None


def _identity(certificate: asn1_x509.Certificate) -> Identity:
    return identity_of(x509.load_der_x509_certificate(certificate.dump()))


def _covers(found: PdfSignatureStatus) -> bool:
    return found.coverage >= SignatureCoverageLevel.ENTIRE_REVISION


def _changes_allowed(found: PdfSignatureStatus, changes: ModificationLevel) -> bool:
    """Further signatures and stamps are; anything else is not."""
    return bool(found.docmdp_ok) and _covers(found) and changes <= ModificationLevel.FORM_FILLING


def _is_plain(item: EmbeddedPdfSignature) -> bool:
    """
    Whether the room of a signature, which nothing signs, holds it and zeros and nothing else.

    Its digits are written in one case and without blanks, as every signing program does.
    """
    stream, (_start, length, after, _rest) = item.reader.stream, map(int, item.byte_range)
    stream.seek(length)
    room = stream.read(after - length)
    content = item.pkcs7_content
    filling = content[len(cms.ContentInfo.load(content).dump()) :]
    written = f"<{content.hex()}>".encode()
    return not any(filling) and room in (written, written.upper())
