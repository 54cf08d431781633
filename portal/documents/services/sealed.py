"""Issuing with the institution's seal alone: made first, then kept in one short transaction."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import ConflictError, InvalidInputError
from portal.core.events import publish_all
from portal.core.folios import format_folio, next_number, upcoming_number
from portal.core.time import local_date

from ..constants import ClaseArchivo, NivelFirma
from ..events import DocumentoCompleted, DocumentoFrozen, DocumentoSigned
from ..models import Documento, TipoDocumento, VersionDocumento
from ..printing import render_signed
from ..sealing import Put, put_seal
from ..signing.configuration import institution_signatory
from ..templating import read_values
from .drafting import drafted_event, new_documento
from .files import keep_file
from .freezing import freeze_content
from .issuing import Issue, draft_of, ensure_kind, issued_for
from .signing import TRIES, record_firma


class _Overtaken(Exception):
    """The number that was printed went to another document."""


@dataclass(frozen=True, kw_only=True)
class _Made:
    """A sealed document of which nothing is kept yet; ``number`` if its series gave the folio."""

    documento: Documento
    version: VersionDocumento
    number: int | None
    before: str
    put: Put


def issue_sealed(*, issue: Issue, actor, now: dt.datetime) -> Documento:
    """
    Write, freeze and seal a document at once, with the institution's seal.

    Rendering and sealing touch no row, so that nobody waits for them. The same ``origen`` gives
    the document issued before, also to two who ask at the same time.

    :raises InvalidInputError: a field of the kind is missing or wrong.
    :raises ConflictError: the kind is one that a person signs, or has no template.
    :raises UnavailableError: the institution has no certificate, or the disk is full.
    """
    for _attempt in range(TRIES):
        known = issued_for(issue.origen)
        if known is not None:
            return known
        made = _make(issue, actor=actor, now=now)
        try:
            return _keep(made=made, actor=actor, now=now)
        except _Overtaken:
            continue
        except IntegrityError:
            if issued_for(issue.origen) is None:
                raise
    raise ConflictError(
        _("Se está firmando mucho a la vez. Intente de nuevo en un momento."), code="saturado"
    )


def _make(issue: Issue, *, actor, now: dt.datetime) -> _Made:
    institution_signatory()  # without one there is nothing to render for
    kind = ensure_kind(issue.tipo, now=now)
    documento, version = new_documento(
        kind=kind,
        dependencia_id=issue.dependencia_id,
        draft=draft_of(issue),
        actor=actor,
        now=now,
        origen=issue.origen,
        extra=issue.extra,
    )
    _require_sealable(kind, documento, version)
    freeze_content(documento, version, now=now)
    number, folio = None, issue.folio
    if not folio:
        documento.serie, documento.ejercicio = kind.serie, local_date(now).year
        number = upcoming_number(serie=kind.serie, ejercicio=documento.ejercicio)
        folio = format_folio(serie=kind.serie, ejercicio=documento.ejercicio, number=number)
    documento.folio, documento.numero = folio, number
    rendered = render_signed(documento, folio=folio, now=now)
    put = put_seal(rendered, documento=documento, folio=folio, now=now)
    documento.de_prueba = put.de_prueba
    before = hashlib.sha256(rendered.pdf).hexdigest()
    return _Made(documento=documento, version=version, number=number, before=before, put=put)


def _require_sealable(kind: TipoDocumento, documento: Documento, version: VersionDocumento):
    if kind.nivel_firma != NivelFirma.SELLO or documento.plantilla.firmantes:
        message = _("«%(kind)s» la firma una persona: no basta el sello de la institución.")
        raise ConflictError(message % {"kind": kind}, code="exige_firma")
    _values, faults = read_values(documento.plantilla.campos, version.datos, complete=True)
    if faults:
        raise InvalidInputError(_("Al documento le faltan datos."), fields=faults)


@transaction.atomic
def _keep(*, made: _Made, actor, now: dt.datetime) -> Documento:
    documento = made.documento
    if made.number is not None:
        taken = next_number(serie=documento.serie, ejercicio=documento.ejercicio)
        if taken != made.number:
            raise _Overtaken
    documento.complete(at=now)
    documento.save(force_insert=True)
    made.version.documento = documento
    made.version.save(force_insert=True)
    with files.undone_on_error() as note:
        row = keep_file(
            documento,
            made.put.pdf,
            clase=ClaseArchivo.FIRMADO,
            nombre=f"{documento.folio}.pdf",
            now=now,
        )
        note(row.ruta)
        firma = record_firma(documento, None, made.put, made.before, now)
        facts = _facts(made, firma)
        publish_all([(fact, actor) for fact in facts], now=now)
    return documento


def _facts(made: _Made, firma) -> list:
    documento = made.documento
    return [
        drafted_event(documento),
        DocumentoFrozen(
            documento_id=documento.pk,
            version=made.version.numero,
            huella=documento.huella_contenido,
            sha256=made.before,
        ),
        DocumentoSigned(
            documento_id=documento.pk,
            firma_id=firma.pk,
            nivel=firma.nivel,
            sha256=firma.sha256,
            certificado_serie=firma.certificado_serie,
            en_suplencia_de=None,
        ),
        DocumentoCompleted(documento_id=documento.pk, folio=documento.folio, sha256=firma.sha256),
    ]
