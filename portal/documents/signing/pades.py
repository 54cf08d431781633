"""
PAdES signatures, from B-B to B-LTA, each appended to what is signed already.

B-B is the signature alone; B-T adds a time stamp; B-LT what shows that the certificates were good;
B-LTA a time stamp over the whole file, which keeps the proof when algorithms and certificates age.
"""

import asyncio
import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfTimeStamper,
    SigDSSPlacementPreference,
)
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.core.errors import ConflictError

from .certificates import as_der
from .keys import Signatory
from .pdf import Writer, import_first_page, open_writer
from .stamping import INVISIBLE, Box, Field, field_spec
from .timestamps import LocalTimestampAuthority, Stamper, TimestampAuthority
from .trust import Standing, Trust

DIGEST = "sha256"
#: Evidence goes into the revision that it proves, without the obsolete index per signature.
EVIDENCE = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


class Level(StrEnum):
    """How long a signature can be proved."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"

    @property
    def is_stamped(self) -> bool:
        """Whether it needs a time stamp authority."""
        return self is not Level.B_B

    @property
    def has_evidence(self) -> bool:
        """Whether certificates and revocation lists travel in the file."""
        return self in (Level.B_LT, Level.B_LTA)


@dataclass(frozen=True)
class Signed:
    """A signed file and the certificate that did it, as it stood."""

    pdf: bytes
    standing: Standing


class _KeySigner(Signer):
    """pyHanko's signer over a key that never leaves its ``Signatory``."""

    def __init__(self, signatory: Signatory, standing: Standing) -> None:
        chain = [asn1_x509.Certificate.load(as_der(item)) for item in standing.chain]
        store = SimpleCertificateStore()
        store.register_multiple(chain[1:])
        super().__init__(signing_cert=chain[0], cert_registry=store)
        self._signatory = signatory

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256, or as many zeros."""
        if dry_run:
            return bytes(self._signatory.signature_bytes)
        return self._signatory.sign(data)


class _PageStamp:
    """The appearance of a field: a page that fills it."""

    def __init__(self, form: generic.IndirectObject) -> None:
        self._form = form

    def apply_appearance(self, annotation: generic.DictionaryObject) -> None:
        """Called by pyHanko with the widget."""
        normal = generic.DictionaryObject({pdf_name("/N"): self._form})
        annotation[pdf_name("/AP")] = normal


@dataclass(frozen=True)
class _PageStyle(BaseStampStyle):
    """Makes the appearance from a one-page PDF, or none for an invisible field."""

    page: bytes | None = None

    def create_stamp(self, writer, box, text_params) -> _PageStamp | None:
        """Called by pyHanko for a visible field."""
        return None if self.page is None else _PageStamp(import_first_page(writer, self.page))


@dataclass(frozen=True, kw_only=True)
class Place:
    """
    Where and how a signature shows.

    A field ``name`` that is there and empty is used; otherwise one is made at ``box`` (page from
    1, left, bottom, width, height in points), or an invisible one. ``appearance_pdf`` is a
    one-page PDF that fills the field, with its fonts embedded; ``label`` says aloud what it is.
    """

    name: str
    box: Box | tuple | None = None
    appearance_pdf: bytes | None = None
    label: str = ""
    reason: str = ""
    location: str = ""

    def field(self, label: str) -> Field:
        """The field to make if it is not there."""
        box = Box(*self.box) if self.box is not None else None
        return Field(self.name, box, self.label or label)


def sign_pdf(
    pdf: bytes,
    *,
    signatory: Signatory,
    place: Place,
    at: dt.datetime,
    trust: Trust,
    timestamper: TimestampAuthority | None = None,
    level: Level = Level.B_LTA,
) -> Signed:
    """
    Sign ``pdf`` at the aware moment ``at``, appending to what is there.

    :raises InvalidInputError: the certificate may not sign (codes of ``check_certificate``), or
        ``pdf`` cannot be read.
    :raises ConflictError: the field is signed already.
    :raises UnavailableError: the time stamp authority gave no valid stamp.
    :raises ValueError: a level with stamps and no authority, a box without appearance, or a
        font that is not embedded.
    """
    if level.is_stamped and timestamper is None:
        raise ValueError(f"Level {level} needs a time stamp authority.")
    if place.box is not None and place.appearance_pdf is None:
        raise ValueError("A visible field needs its appearance.")
    standing = trust.check_certificate(signatory.certificate, at)
    writer = open_writer(pdf)
    stamper = Stamper(timestamper, at) if level.is_stamped else None
    context = _context(trust, standing, timestamper, at, level)
    signer = PdfSigner(
        _metadata(place, level, context),
        signer=_KeySigner(signatory, standing),
        timestamper=stamper,
        stamp_style=_PageStyle(page=place.appearance_pdf),
        new_field_spec=field_spec(place.field(_("Firma de %s") % standing.identity.nombre)),
    )
    return Signed(asyncio.run(_run(signer, writer, stamper, at, level)), standing)


def _metadata(
    place: Place, level: Level, context: ValidationContext | None
) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=place.name,
        md_algorithm=DIGEST,
        reason=place.reason or None,
        location=place.location or None,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=level.has_evidence,
        validation_context=context,
        signer_key_usage=set(),
        dss_settings=EVIDENCE,
    )


def _context(trust, standing, timestamper, at, level) -> ValidationContext | None:
    """What pyHanko validates with and embeds; the local authority's own chain included."""
    if not level.has_evidence:
        return None
    chains = [standing.chain]
    if isinstance(timestamper, LocalTimestampAuthority):
        chains.append(trust.chain_of(timestamper.certificate))
    return trust.context(chains, at)


async def _run(
    signer: PdfSigner, writer: Writer, stamper: Stamper | None, at: dt.datetime, level: Level
) -> bytes:
    """pyHanko's own steps, with the moment given instead of read from the clock."""
    try:
        session = signer.init_signing_session(writer)
    except SigningError:
        raise ConflictError(_ALREADY, code="ya_firmado") from None
    session.system_time = at
    checked = await session.perform_presign_validation(writer)
    room = await session.estimate_signature_container_size(checked)
    document = session.prepare_tbs_document(checked, room)
    digest, output = document.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=at)
    await document.perform_signature(digest.document_digest, attributes)
    if level is Level.B_LTA:
        await _stamp_whole(output, stamper, signer.signature_meta.field_name)
    return output.getvalue()


_ALREADY = gettext_lazy("Ese lugar del documento ya está firmado.")


async def _stamp_whole(output: BytesIO, stamper: Stamper, field_name: str) -> None:
    """A document time stamp over everything so far, evidence about itself included."""
    writer = Writer(output)
    stamping = PdfTimeStamper(
        stamper,
        field_name=f"{field_name}_tiempo",
        invis_settings=INVISIBLE,
        readable_field_name=_("Sello de tiempo"),
    )
    await stamping.async_timestamp_pdf(writer, DIGEST, in_place=True)


def seal_pdf(pdf: bytes, *, signatory: Signatory, place: Place | None = None, **options) -> Signed:
    """
    ``sign_pdf`` with the institution's certificate, which speaks for nobody in particular.

    Without ``place`` the seal is invisible, in the field ``sello``. Other options, and what is
    raised, as ``sign_pdf``.
    """
    place = place or Place(name="sello")
    label = place.label or _("Sello electrónico de %s") % signatory.identity.nombre
    return sign_pdf(pdf, signatory=signatory, place=replace(place, label=label), **options)
