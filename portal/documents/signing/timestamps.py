"""
Time stamps, RFC 3161: who vouches that a signature existed at a moment.

An authority is anything that answers a request with a response, both DER. Ours answers here, in the
process, with the pair of the PKI folder; one over the network is an adapter under a provider.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Protocol

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.utils.translation import gettext as _
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps.api import TimeStamper

from portal.core.errors import UnavailableError

from .certificates import as_der
from .keys import Signatory

#: Policy of our stamps, under the arc kept for examples: they prove nothing outside this house.
POLICY = "2.999.3161.1"
GRANTED = {"granted", "granted_with_mods"}


class TimestampAuthority(Protocol):
    """Port for time stamps."""

    def respond(self, request: bytes, at: dt.datetime) -> bytes:
        """
        The ``TimeStampResp`` for a ``TimeStampReq``, both DER.

        ``at`` is the aware present moment; an authority with a clock of its own ignores it.

        :raises UnavailableError: no answer came in time.
        """


class LocalTimestampAuthority:
    """Signs time stamps in this process with a pair of our own."""

    def __init__(self, signatory: Signatory, chain: Sequence[x509.Certificate] = ()) -> None:
        self._signatory = signatory
        self.certificate = signatory.certificate
        own = as_der(signatory.certificate)
        self._ders = list(dict.fromkeys([own, *map(as_der, chain)]))
        # Encoded once: asn1crypto takes longer over these two than the signature itself.
        parsed = asn1_x509.Certificate.load(own)
        reference = as_signing_certificate_v2(parsed, "sha256")
        self._reference = simple_cms_attribute("signing_certificate_v2", reference).dump()
        self._identifier = cms.IssuerAndSerialNumber(
            {"issuer": parsed.issuer, "serial_number": parsed.serial_number}
        ).dump()

    def respond(self, request: bytes, at: dt.datetime) -> bytes:
        """Grants every request at the moment ``at``, to the second."""
        asked = tsp.TimeStampReq.load(request)
        certificates = [asn1_x509.Certificate.load(der) for der in self._ders]
        info = _stamp_info(asked, certificates[0], at.replace(microsecond=0)).dump()
        signer = self._signer_info(info)
        token = cms.ContentInfo(
            {
                "content_type": "signed_data",
                "content": cms.SignedData(
                    {
                        "version": "v3",
                        "digest_algorithms": [signer["digest_algorithm"]],
                        "encap_content_info": {
                            "content_type": "tst_info",
                            "content": cms.ParsableOctetString(info),
                        },
                        "certificates": certificates,
                        "signer_infos": [signer],
                    }
                ),
            }
        )
        return tsp.TimeStampResp(
            {"status": {"status": "granted"}, "time_stamp_token": token}
        ).dump()

    def _signer_info(self, info: bytes) -> cms.SignerInfo:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(info)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                cms.CMSAttribute.load(self._reference),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number", cms.IssuerAndSerialNumber.load(self._identifier)
                ),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signature_algorithm": {"algorithm": "sha256_rsa"},
                "signed_attrs": attributes,
                "signature": self._signatory.sign(attributes.dump()),
            }
        )


def _stamp_info(
    asked: tsp.TimeStampReq, own: asn1_x509.Certificate, at: dt.datetime
) -> tsp.TSTInfo:
    info = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(63) | 1 << 62,
        "gen_time": at,
        "tsa": asn1_x509.GeneralName(name="directory_name", value=own.subject),
    }
    if asked["nonce"].native is not None:
        info["nonce"] = asked["nonce"]
    return tsp.TSTInfo(info)


class Stamper(TimeStamper):
    """What pyHanko asks for a stamp: it asks the authority, and believes only a fitting answer."""

    def __init__(self, authority: TimestampAuthority, at: dt.datetime) -> None:
        super().__init__()
        self._authority = authority
        self._at = at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """
        A token over that digest.

        :raises UnavailableError: the authority refused, or stamped something else.
        """
        nonce, request = self.request_cms(message_digest, md_algorithm)
        response = self._authority.respond(request.dump(), self._at)
        token = _fitting_token(response, int(nonce), message_digest)
        if token is None:
            raise UnavailableError(
                _("La autoridad de sellos de tiempo no dio un sello válido. Intente más tarde."),
                code="sello_de_tiempo",
            )
        return token


def _fitting_token(response: bytes, nonce: int, digest: bytes) -> cms.ContentInfo | None:
    """The token of a response, if it is one, was granted, and answers this very request."""
    try:
        answer = tsp.TimeStampResp.load(response)
        token = answer["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        fits = (
            answer["status"]["status"].native in GRANTED
            and info["nonce"].native == nonce
            and info["message_imprint"]["hashed_message"].native == digest
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return token if fits else None
