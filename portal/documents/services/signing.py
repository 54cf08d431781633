"""Signing: the folio is taken with the first signature, and nothing is half-signed."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from portal.core import files
from portal.core.errors import ConflictError
from portal.core.events import publish, publish_all
from portal.core.folios import format_folio, hold_series, next_number, upcoming_number
from portal.core.time import local_date

from ..constants import ClaseArchivo, EstadoDocumento, EstadoFirmante, NivelFirma
from ..events import DocumentoCompleted, DocumentoSigned, SigningBegun
from ..models import Documento, Firma, Firmante
from ..policies import DocumentoPolicy
from ..printing import render_signed
from ..sealing import Put, boxes_of, put_signature
from ..signing.keys import Signatory
from .base import admitting, due_in, locked, open_documento, save_documento, state_conflict
from .credentials import (
    Credentials,
    load_pair,
    require_level,
    require_own,
    require_password,
)
from .ending import supersede_replaced
from .files import keep_file, last_file, read_file
from .freezing import require_unchanged

#: Somebody else may take the number, or sign beside, while a signature is being made. After so
#: many times it is made while the number is held, and the others wait.
TRIES = 4


class _Overtaken(Exception):
    """Something else came first: make the signature again on what there is now."""


@dataclass(frozen=True, kw_only=True)
class _Made:
    """A signature made on the document as it was at ``cambios``."""

    cambios: int
    turn_id: int
    number: int | None
    folio: str
    boxes: dict[str, dict]
    before: str
    put: Put


@transaction.atomic
def send_to_sign(
    *, documento_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Documento:
    """
    Ask the signatories of a frozen document; each has the business days the kind gives.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it is not ready to be signed, or changed.
    """
    documento = open_documento("edit", documento_id=documento_id, actor=actor, cambios=cambios)
    with admitting(documento, _("enviarlo a firma")):
        documento.send_to_sign()
    documento.vence_etapa = due_in(documento.tipo.dias_firma, now)
    documento.firmantes.update(vence=documento.vence_etapa)
    save_documento(documento, now=now)
    people = tuple(documento.firmantes.values_list("usuario_id", flat=True))
    event = SigningBegun(documento_id=documento.pk, firmantes=people)
    publish(event, actor=actor, now=now)
    return documento


@sensitive_variables("credentials")
def sign_documento(
    *,
    documento_id: int,
    credentials: Credentials,
    actor,
    now: dt.datetime,
    huella: str | None = None,
) -> Firma:
    """
    Put the actor's signature, or that of the absent person they substitute.

    The signature is made outside the transaction that keeps it, so that nobody waits for it; if
    the folio or the file was taken meanwhile, it is made again. ``huella`` is the content the
    person was shown.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: the password, pair or passphrase is not good, or proves too little.
    :raises ConflictError: it is not the actor's turn, they signed already, the content changed, or
        it is not being signed.
    :raises TooManyAttemptsError: too many wrong passwords.
    """
    documento = _signable(documento_id, actor, huella)
    require_level(documento, credentials)
    if credentials.nivel == NivelFirma.RUBRICA:
        require_password(credentials, actor, now)
        return _sign_in_tries(documento_id, None, actor, now, huella)
    with load_pair(credentials) as signatory:
        require_own(signatory, actor)
        return _sign_in_tries(documento_id, signatory, actor, now, huella)


def sign_with(
    *,
    documento_id: int,
    signatory: Signatory,
    actor,
    now: dt.datetime,
    huella: str | None = None,
) -> Firma:
    """
    Put the actor's advanced signature with a pair already open: for signing many in one request.

    :raises DomainError: as ``sign_documento``.
    """
    require_own(signatory, actor)
    return _sign_in_tries(documento_id, signatory, actor, now, huella)


def sign_authorised(*, documento_id: int, actor, now: dt.datetime) -> Firma:
    """
    Put the actor's rúbrica on a document whose very content they authorised before with their
    password: for batches. The caller answers for that authorisation and keeps its record.

    :raises DomainError: as ``sign_documento``.
    """
    documento = _signable(documento_id, actor, None)
    require_level(documento, Credentials())
    return _sign_in_tries(documento_id, None, actor, now, None)


def _sign_in_tries(documento_id: int, signatory, actor, now: dt.datetime, huella) -> Firma:
    for _attempt in range(TRIES):
        made = _make(_signable(documento_id, actor, huella), signatory, actor, now)
        try:
            return _keep(documento_id=documento_id, made=made, actor=actor, now=now)
        except _Overtaken:
            continue
    return _sign_holding(
        documento_id=documento_id, signatory=signatory, actor=actor, now=now, huella=huella
    )


@transaction.atomic
def _sign_holding(*, documento_id: int, signatory, actor, now: dt.datetime, huella) -> Firma:
    """The same with the document and its series held: nobody else can come first."""
    serie = locked(documento_id).tipo.serie
    hold_series(serie=serie, ejercicio=local_date(now).year)
    made = _make(_signable(documento_id, actor, huella), signatory, actor, now)
    return _keep(documento_id=documento_id, made=made, actor=actor, now=now)


def _signable(documento_id: int, actor, huella: str | None) -> Documento:
    """The document with its kind, if the actor may sign it now; read without a lock."""
    rows = Documento.objects.select_related("tipo", "plantilla", "dependencia")
    documento = rows.filter(pk=documento_id).first() or Documento(pk=0)
    DocumentoPolicy(actor).require("sign", documento)
    if huella is not None and huella != documento.huella_contenido:
        raise ConflictError(
            _("El documento cambió desde que usted lo abrió. Léalo otra vez antes de firmar."),
            code="version_anterior",
        )
    if documento.estado != EstadoDocumento.EN_FIRMA:
        raise state_conflict(documento, _("firmarlo"))
    require_unchanged(documento)
    return documento


def _turn(documento: Documento, actor) -> Firmante:
    turn = DocumentoPolicy(actor).my_turn(documento)
    if turn is not None:
        return turn
    mine = DocumentoPolicy(actor).acting_as
    pending = documento.firmantes.filter(estado=EstadoFirmante.PENDIENTE)
    if not pending.filter(usuario_id__in=sorted(mine)).exists():
        raise ConflictError(_("Usted ya firmó este documento."), code="ya_firmado")
    first = pending.select_related("usuario").first()
    raise ConflictError(
        _("Todavía no le toca firmar: falta la firma de %(name)s, %(post)s.")
        % {"name": first.usuario, "post": first.cargo},
        code="fuera_de_orden",
    )


def _make(documento: Documento, signatory, actor, now: dt.datetime) -> _Made:
    """The signed bytes for the document as it stands; touches no row."""
    turn = _turn(documento, actor)
    number, folio, boxes = None, documento.folio or "", {}
    if documento.folio is None:
        ejercicio = local_date(now).year
        serie = documento.tipo.serie
        number = upcoming_number(serie=serie, ejercicio=ejercicio)
        folio = format_folio(serie=serie, ejercicio=ejercicio, number=number)
        rendered = render_signed(documento, folio=folio, now=now)
        base, boxes = rendered.pdf, boxes_of(rendered)
        turn.caja = boxes.get(turn.clave)
    else:
        base = read_file(last_file(documento, ClaseArchivo.FIRMADO))
    put = put_signature(
        base,
        documento=documento,
        folio=folio,
        turn=turn,
        signatory=signatory,
        actor=actor,
        now=now,
        boxes=boxes if number is not None else None,
    )
    return _Made(
        cambios=documento.cambios,
        turn_id=turn.pk,
        number=number,
        folio=folio,
        boxes=boxes,
        before=hashlib.sha256(base).hexdigest(),
        put=put,
    )


@transaction.atomic
def _keep(*, documento_id: int, made: _Made, actor, now: dt.datetime) -> Firma:
    documento = locked(documento_id)
    if documento.cambios != made.cambios:
        raise _Overtaken
    if made.number is not None:
        _take_folio(documento, made.number, made.folio, now)
        _place_boxes(documento, made.boxes)
    with files.undone_on_error() as note:
        row = keep_file(
            documento,
            made.put.pdf,
            clase=ClaseArchivo.FIRMADO,
            nombre=f"{documento.folio}.pdf",
            now=now,
        )
        note(row.ruta)
        turn = documento.firmantes.get(pk=made.turn_id)
        turn.estado = EstadoFirmante.FIRMO
        turn.save(update_fields=["estado"])
        firma = record_firma(documento, turn, made.put, made.before, now)
        _publish(documento, firma, actor, now)
        return firma


def _take_folio(documento: Documento, number: int, folio: str, now: dt.datetime) -> None:
    """
    :raises _Overtaken: the number that is printed was taken by another document.
    """
    ejercicio = local_date(now).year
    if next_number(serie=documento.tipo.serie, ejercicio=ejercicio) != number:
        raise _Overtaken
    documento.folio, documento.numero = folio, number
    documento.serie, documento.ejercicio = documento.tipo.serie, ejercicio


def _place_boxes(documento: Documento, boxes: dict[str, dict]) -> None:
    rows = list(documento.firmantes.all())
    for row in rows:
        row.caja = boxes.get(row.clave)
    Firmante.objects.bulk_update(rows, ["caja"])


def record_firma(
    documento: Documento, turn: Firmante | None, put: Put, before: str, now: dt.datetime
) -> Firma:
    """The row of a signature that was made on the bytes whose SHA-256 is ``before``."""
    documento.de_prueba = documento.de_prueba or put.de_prueba
    return Firma.objects.create(
        documento=documento,
        firmante=turn,
        nivel=put.nivel,
        usuario_id=put.usuario_id,
        en_suplencia_de_id=put.en_suplencia_de_id,
        nombre=put.nombre,
        cargo=put.cargo,
        firmado_en=now,
        certificado=put.certificado,
        certificado_titular=put.certificado_titular,
        certificado_serie=put.certificado_serie,
        cadena_original=put.cadena_original,
        sello=put.sello,
        sha256_antes=before,
        sha256=put.sha256,
        nivel_pades=put.nivel_pades,
        de_prueba=put.de_prueba,
    )


def _publish(documento: Documento, firma: Firma, actor, now: dt.datetime) -> None:
    """Tell the signature and, if it was the last, that the document is in force."""
    done = not documento.firmantes.filter(estado=EstadoFirmante.PENDIENTE).exists()
    if done:
        with admitting(documento, _("firmarlo")):
            documento.complete(at=now)
    save_documento(documento, now=now)
    signed = DocumentoSigned(
        documento_id=documento.pk,
        firma_id=firma.pk,
        nivel=firma.nivel,
        sha256=firma.sha256,
        certificado_serie=firma.certificado_serie,
        en_suplencia_de=firma.en_suplencia_de_id,
    )
    facts: list = [(signed, actor)]
    if done:
        completed = DocumentoCompleted(
            documento_id=documento.pk, folio=documento.folio, sha256=firma.sha256
        )
        facts.append((completed, actor))
    publish_all(facts, now=now)
    if done:
        supersede_replaced(documento, actor=actor, now=now)
