"""What the public page says of a document, in plain words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import TooManyAttemptsError
from portal.documents.constants import NivelFirma
from portal.documents.models import Firma
from portal.documents.selectors.verification import Verified
from portal.documents.signing.findings import SignatureStatus
from portal.documents.snapshot import grouped
from portal.ui.dates import date_time, long_date
from portal.ui.site import municipality

LEVELS = {
    NivelFirma.SELLO: gettext_lazy("Sello institucional"),
    NivelFirma.RUBRICA: gettext_lazy("Rúbrica electrónica"),
    NivelFirma.AVANZADA: gettext_lazy("Firma electrónica avanzada"),
}


@dataclass(frozen=True)
class Telling:
    """
    The verdict (``clase``: ok, soon or late) and what stands beside it.

    ``huella`` comes in groups of four, as it is read aloud.
    """

    clase: str
    titulo: str
    texto: str
    vigencia: str
    firmas: list[dict]
    huella: list[str]
    codigo: str


@dataclass(frozen=True)
class Outcome:
    """
    What came of comparing a file.

    ``clase``: igual, anterior (a signature was missing), distinto (not this document), otro
    (another document of ours, in ``otro``) or desconocido. ``firmas`` is ``None`` when nobody
    looked at the signatures, and ``falla`` says why they could not be looked at.
    """

    clase: str
    otro: Verified | None = None
    firmas: list[SignatureStatus] | None = None
    falla: str = ""


def telling_of(found: Verified, *, now: dt.datetime, outcome: Outcome | None = None) -> Telling:
    """
    The words of a document as it is at ``now``.

    Beside the ``outcome`` of a file that is not it, they must not be read as those of the file.
    """
    kind, title, text = _verdict(found, now)
    if outcome is not None and outcome.clase != "igual":
        title = _OF_THE_ORIGINAL[kind]()
    return Telling(
        clase=kind,
        titulo=title,
        texto=text,
        vigencia=_validity(found),
        firmas=[_signature(firma) for firma in found.firmas],
        huella=[found.huella[n : n + 4] for n in range(0, len(found.huella), 4)],
        codigo=grouped(found.documento.codigo),
    )


def outcome_of(found: Verified, sha256: str) -> Outcome:
    """How a file with that hash compares with the document."""
    if sha256 == found.huella:
        return Outcome("igual")
    return Outcome("anterior" if sha256 in found.anteriores else "distinto")


def _verdict(found: Verified, now: dt.datetime) -> tuple[str, str, str]:
    documento = found.documento
    values = {
        "issuer": municipality()["ayuntamiento"],
        "now": date_time(now),
        "date": long_date(documento.terminado_en) if documento.terminado_en else "",
    }
    if found.vigente:
        title = _("Es auténtico y está vigente")
        text = _("Lo emitió el %(issuer)s. Consultado el %(now)s.")
        return "ok", title, text % values
    if not found.cancelado:
        title = _("Es auténtico, pero ya no está vigente")
        text = _(
            "Lo sustituyó otro documento el %(date)s. No lo use como prueba de la situación"
            " actual. Consultado el %(now)s."
        )
        return "soon", title, text % values
    if documento.firmado_en is None:
        text = _(
            "Se canceló el %(date)s, antes de que lo firmaran todos. Nunca tuvo efecto."
            " Consultado el %(now)s."
        )
    else:
        text = _(
            "Lo emitió el %(issuer)s y lo canceló el %(date)s. Ya no tiene efecto."
            " Consultado el %(now)s."
        )
    return "late", _("Está cancelado"), text % values


_OF_THE_ORIGINAL = {
    "ok": lambda: _("El original es auténtico y está vigente"),
    "soon": lambda: _("El original es auténtico, pero ya no está vigente"),
    "late": lambda: _("El original está cancelado"),
}


def _validity(found: Verified) -> str:
    documento = found.documento
    if found.vigente:
        return _(
            "La que el propio documento diga. Si se cancela o se sustituye, esta página lo dirá."
        )
    values = {"date": date_time(documento.terminado_en)}
    if found.cancelado:
        return _("Sin efecto desde el %(date)s.") % values
    return _("Terminó el %(date)s.") % values


def _signature(firma: Firma) -> dict:
    return {
        "nombre": firma.nombre,
        "cargo": firma.cargo,
        "nivel": LEVELS[firma.nivel],
        "momento": firma.firmado_en,
        "titular": firma.certificado_titular,
        "serie": firma.certificado_serie,
        "cadena": firma.cadena_original,
        "sello": firma.sello,
    }


def wait_words(error: TooManyAttemptsError) -> str:
    """How long a limit still lasts."""
    minutes = max(1, -(-error.retry_after // 60))
    if minutes == 1:
        return _("Espere un minuto y vuelva a intentarlo.")
    return _("Espere %(n)s minutos y vuelva a intentarlo.") % {"n": minutes}
