"""The state of one signature, and the sentence that a person reads about it."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.time import local_date

from .pades import Level


@dataclass(frozen=True)
class SignatureStatus:
    """
    What was found about a signature.

    ``whole_document`` says that nothing visible came after it; ``changes_allowed`` that what came
    were only further signatures and time stamps. ``signed_at`` is proved when ``timestamp`` is
    there, and only claimed otherwise. ``problem`` is pyHanko's name for why trust failed.
    """

    field: str
    signer: str
    rfc: str
    serial: str
    intact: bool
    valid: bool
    trusted: bool
    whole_document: bool
    changes_allowed: bool
    signed_at: dt.datetime | None
    timestamp: dt.datetime | None
    level: Level
    de_prueba: bool
    revoked_at: dt.datetime | None
    problem: str
    sentence: str = ""

    @property
    def good(self) -> bool:
        """Whether the document can be relied upon as far as this signature goes."""
        return self.intact and self.valid and self.trusted and self.changes_allowed

    def saying(self, text: str) -> "SignatureStatus":
        """The same with its sentence."""
        return replace(self, sentence=text)


def sentence(status: SignatureStatus) -> str:
    """One or two sentences in Spanish about a signature, the worst finding first."""
    values = {"signer": status.signer or _("quien firma")}
    if not (status.intact and status.valid):
        text = _("El documento no es el que firmó %(signer)s: fue alterado.")
    elif not status.changes_allowed:
        text = _("El documento fue modificado después de la firma de %(signer)s.")
    elif status.revoked_at is not None:
        values["date"] = full_date(local_date(status.revoked_at))
        text = _("El certificado de %(signer)s fue revocado el %(date)s.")
    elif not status.trusted:
        text = _PROBLEMS.get(status.problem, _untrusted)()
    else:
        values["date"] = full_date(local_date(status.signed_at)) if status.signed_at else ""
        text = _good(status)
    if status.de_prueba:
        text = f"{text} {_('El certificado es de prueba y no tiene valor legal.')}"
    return text % values


def _good(status: SignatureStatus) -> str:
    if status.timestamp is None:
        return _("Lo firmó %(signer)s y no ha cambiado; la fecha no está sellada.")
    return _("Lo firmó %(signer)s el %(date)s y no ha cambiado desde entonces.")


def _untrusted() -> str:
    return _("La firma de %(signer)s está íntegra, pero su certificado no se pudo comprobar.")


def _foreign() -> str:
    return _("La firma de %(signer)s está íntegra, pero no se reconoce a quien la certifica.")


def _out_of_time() -> str:
    return _("La firma de %(signer)s está íntegra, pero su certificado no estaba vigente.")


def _no_news() -> str:
    return _("La firma de %(signer)s está íntegra, pero no se sabe si su certificado se revocó.")


def _wrong_use() -> str:
    return _("La firma de %(signer)s está íntegra, pero su certificado no sirve para firmar.")


_PROBLEMS = {
    "NO_CERTIFICATE_CHAIN_FOUND": _foreign,
    "OUT_OF_BOUNDS_NO_POE": _out_of_time,
    "NOT_YET_VALID": _out_of_time,
    "EXPIRED": _out_of_time,
    "TRY_LATER": _no_news,
    "CHAIN_CONSTRAINTS_FAILURE": _wrong_use,
}
