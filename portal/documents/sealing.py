"""Putting a signature or the institution's seal on the bytes of a document; touches no row."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, UnavailableError

from .constants import NivelFirma
from .models import Documento, Firmante
from .rendering import Rendered, StampData, render_margin, render_stamp
from .signing.certificates import as_der
from .signing.configuration import (
    current_trust,
    institution_signatory,
    timestamp_authority,
)
from .signing.detached import cadena_original, digital_seal
from .signing.keys import Signatory
from .signing.pades import Level, Place, sign_pdf
from .signing.stamping import Box, Field, add_fields, mark_as_test
from .signing.trust import Trust
from .snapshot import verification_url

SEAL_FIELD = "sello"
#: How long each kind of signature can be proved: a person's own, for as long as there are stamps.
LEVELS = {
    NivelFirma.AVANZADA: Level.B_LTA,
    NivelFirma.RUBRICA: Level.B_LTA,
    NivelFirma.SELLO: Level.B_T,
}
TEST_MARGIN = "CERTIFICADO DE PRUEBA · SIN VALIDEZ OFICIAL"


@dataclass(frozen=True, kw_only=True)
class Put:
    """A signature that was made: the bytes that hold it, and its detached record."""

    pdf: bytes
    sha256: str
    nivel: str
    usuario_id: int | None
    en_suplencia_de_id: int | None
    nombre: str
    cargo: str
    certificado: bytes
    certificado_titular: str
    certificado_serie: str
    cadena_original: str
    sello: str
    nivel_pades: str
    de_prueba: bool


@dataclass(frozen=True, kw_only=True)
class _Who:
    """In whose name, and at what level."""

    nivel: str
    nombre: str
    cargo: str
    leyenda: str = ""
    usuario_id: int | None = None
    en_suplencia_de_id: int | None = None


@dataclass(frozen=True)
class _Seen:
    """What the visible seal of a signature shows."""

    who: _Who
    serie: str
    sello: str
    de_prueba: bool


def put_signature(
    base: bytes,
    *,
    documento: Documento,
    folio: str,
    turn: Firmante,
    signatory: Signatory | None,
    actor,
    now: dt.datetime,
    boxes: dict[str, dict] | None,
) -> Put:
    """
    Sign ``base`` in the place of ``turn``: with the person's own pair, or, for a rúbrica, with the
    institution's seal in their name. ``boxes`` are the places of all when nobody signed yet.

    :raises InvalidInputError: the certificate may not sign.
    :raises ConflictError: a test certificate on a document that others signed for real.
    :raises UnavailableError: no seal of the institution, or no time stamp.
    """
    substituted = turn.usuario if turn.usuario_id != actor.pk else None
    who = _Who(
        nivel=NivelFirma.AVANZADA if signatory else NivelFirma.RUBRICA,
        nombre=str(actor),
        cargo=turn.cargo,
        leyenda=_("En suplencia de %(name)s") % {"name": substituted} if substituted else "",
        usuario_id=actor.pk,
        en_suplencia_de_id=substituted.pk if substituted else None,
    )
    fields = _fields(documento, boxes) if boxes is not None else None
    return _put(
        base,
        documento=documento,
        folio=folio,
        who=who,
        field=turn.clave,
        box=turn.caja,
        fields=fields,
        signatory=signatory or institution_signatory(),
        now=now,
    )


def can_seal() -> bool:
    """Whether the institution has a certificate to seal with."""
    try:
        institution_signatory()
    except UnavailableError:
        return False
    return True


def put_seal(rendered: Rendered, *, documento: Documento, folio: str, now: dt.datetime) -> Put:
    """
    Seal a document that nobody signs in person.

    :raises UnavailableError: the institution has no certificate to seal with.
    """
    place = settings.MUNICIPIO
    who = _Who(nivel=NivelFirma.SELLO, nombre=place["ayuntamiento"], cargo=place["secretaria"])
    boxes = boxes_of(rendered)
    return _put(
        rendered.pdf,
        documento=documento,
        folio=folio,
        who=who,
        field=SEAL_FIELD,
        box=boxes.get(SEAL_FIELD),
        fields=[Field(SEAL_FIELD, as_box(boxes.get(SEAL_FIELD)), _("Sello institucional"))],
        signatory=institution_signatory(),
        now=now,
    )


def boxes_of(rendered: Rendered) -> dict[str, dict]:
    """The places of the seals as they are kept."""
    return {
        box.clave: {"page": box.page, "x": box.x, "y": box.y, "w": box.w, "h": box.h}
        for box in rendered.boxes
    }


def _fields(documento: Documento, boxes: dict[str, dict]) -> list[Field]:
    return [
        Field(
            row.clave,
            as_box(boxes.get(row.clave)),
            _("Firma de %(name)s, %(post)s") % {"name": row.usuario, "post": row.cargo},
        )
        for row in documento.firmantes.select_related("usuario").order_by("orden", "pk")
    ]


def as_box(kept: dict | None) -> Box | None:
    """A kept place as the signing package takes it."""
    return Box(kept["page"], kept["x"], kept["y"], kept["w"], kept["h"]) if kept else None


def _put(base, *, documento, folio, who, field, box, fields, signatory, now) -> Put:
    """``fields`` is ``None`` when the document is signed already, and its fields are there."""
    trust = current_trust()
    de_prueba = _is_test(trust, signatory)
    if de_prueba and fields is None and not documento.de_prueba:
        raise ConflictError(
            _("Ya lo firmaron con certificados reales: no se le puede poner uno de prueba."),
            code="certificado_de_prueba",
        )
    cadena = cadena_original(
        folio=folio,
        codigo=documento.codigo,
        firmado_en=now,
        firmante=who.nombre,
        rfc=signatory.identity.rfc,
        serie=signatory.identity.serie,
        sha256=hashlib.sha256(base).hexdigest(),
    )
    sello = digital_seal(cadena, signatory)
    level = LEVELS[who.nivel]
    seen = _Seen(who, signatory.identity.serie, sello, de_prueba)
    place = Place(
        name=field,
        appearance_pdf=_stamp(documento, seen, box, now) if box else None,
        label=_("Firma de %(name)s") % {"name": who.nombre},
        reason=f"{documento.tipo} {folio}",
        location=settings.MUNICIPIO["nombre"],
    )
    signed = sign_pdf(
        _prepared(base, fields, de_prueba=de_prueba),
        signatory=signatory,
        place=place,
        at=now,
        trust=trust,
        timestamper=timestamp_authority() if level.is_stamped else None,
        level=level,
    )
    return _as_put(signed.pdf, who, signed.standing, cadena, sello, str(level))


def _is_test(trust: Trust, signatory: Signatory) -> bool:
    """Who vouches for the certificate; whether it may sign is asked once, by ``sign_pdf``."""
    chain = trust.chain_of(signatory.certificate)
    return bool(chain) and trust.is_test(as_der(chain[-1]))


def _prepared(base: bytes, fields: list[Field] | None, *, de_prueba: bool) -> bytes:
    """The bytes to be signed first: marked if it is a test, with a field for each signature."""
    if fields is None:
        return base
    pdf = mark_as_test(base, _test_margin()) if de_prueba else base
    return add_fields(pdf, fields)


@cache
def _test_margin() -> bytes:
    """The same page for every document."""
    return render_margin(TEST_MARGIN)


def _as_put(pdf: bytes, who: _Who, standing, cadena: str, sello: str, level: str) -> Put:
    return Put(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        nivel=who.nivel,
        usuario_id=who.usuario_id,
        en_suplencia_de_id=who.en_suplencia_de_id,
        nombre=who.nombre,
        cargo=f"{who.cargo}. {who.leyenda}" if who.leyenda else who.cargo,
        certificado=as_der(standing.certificate),
        certificado_titular=standing.identity.nombre,
        certificado_serie=standing.identity.serie,
        cadena_original=cadena,
        sello=sello,
        nivel_pades=level,
        de_prueba=standing.de_prueba,
    )


def _stamp(documento: Documento, seen: _Seen, box: dict, now: dt.datetime) -> bytes:
    who = seen.who
    legend = who.leyenda
    if seen.de_prueba:
        legend = " · ".join(filter(None, (legend, _("CERTIFICADO DE PRUEBA"))))
    return render_stamp(
        who.nivel,
        StampData(
            nombre=who.nombre,
            cargo=who.cargo,
            leyenda=legend,
            momento=timezone.localtime(now, timezone.get_default_timezone()),
            serie=seen.serie,
            sello=seen.sello,
            url=verification_url(documento.codigo),
            color=documento.contenido["membrete"]["color"],
            ancho=box["w"],
            alto=box["h"],
        ),
    )
