"""
The worker's side of a batch: rows one by one, each in its own transactions, for as long as a
lease lasts. A worker killed anywhere leaves a row that the next one finishes: its document is
known by its ``origen``.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.actors import SYSTEM
from portal.core.errors import ConflictError, DomainError, InvalidInputError, UnavailableError
from portal.core.events import publish
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from portal.documents.services import (
    Issue,
    issue_sealed,
    issue_to_sign,
    issued_for,
    sign_authorised,
)

from .batch_events import BatchFinished, BatchPaused
from .batch_services import batch_hash, erase_batch_data, mark_issued, origin_of, row_hash
from .constants import EstadoFila, EstadoLote, FormaEmision
from .models import FilaLote, LoteDocumento

logger = logging.getLogger("ventanilla.lotes")

LEASE = dt.timedelta(seconds=60)
#: How long one task works before it lets others have the worker.
SLICE = dt.timedelta(seconds=15)
#: A row that was begun so often without an end is given up: it may be what kills the worker.
MAX_TRIES = 3
#: How long a password holds for a batch that is stopped and begun again by the worker.
AUTHORISED_FOR = dt.timedelta(hours=12)
Clock = Callable[[], dt.datetime]


class _RowError(Exception):
    """This row cannot be issued, whatever happens to the others; holds its faults."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        super().__init__("row")
        self.faults = faults


class _Lost(Exception):
    """Somebody else has the batch now, or it was stopped."""


def work_on_batch(lote_id: int, *, clock: Clock, lasting: dt.timedelta = SLICE) -> bool:
    """
    Issue rows for about ``lasting``; whether some are left for another task.

    Does nothing while another worker has the batch.
    """
    ficha = uuid.uuid4().hex
    if not _take(lote_id, ficha, clock()):
        return False
    lote = LoteDocumento.objects.select_related("tipo", "plantilla", "autor", "autorizado_por").get(
        pk=lote_id
    )
    until = clock() + lasting
    try:
        _require_as_authorised(lote, clock())
        while True:
            fila = lote.filas.filter(estado=EstadoFila.PENDIENTE).order_by("numero").first()
            if fila is None:
                _finish(lote_id, now=clock())
                return False
            if clock() >= until:
                return _leave(lote_id, ficha, clock())
            _renew(lote_id, ficha, clock())
            _do_row(lote, fila, clock)
    except _Lost:
        return False
    except DomainError as error:
        _pause(lote_id, error, now=clock())
        return False


def _take(lote_id: int, ficha: str, now: dt.datetime) -> bool:
    free = Q(arriendo_hasta__isnull=True) | Q(arriendo_hasta__lt=now)
    rows = LoteDocumento.objects.filter(free, pk=lote_id, estado=EstadoLote.EMITIENDO)
    return rows.update(ficha=ficha, arriendo_hasta=now + LEASE) == 1


def _renew(lote_id: int, ficha: str, now: dt.datetime) -> None:
    rows = LoteDocumento.objects.filter(pk=lote_id, ficha=ficha, estado=EstadoLote.EMITIENDO)
    if not rows.update(arriendo_hasta=now + LEASE):
        raise _Lost


def _leave(lote_id: int, ficha: str, now: dt.datetime) -> bool:
    rows = LoteDocumento.objects.filter(pk=lote_id, ficha=ficha)
    return bool(rows.update(arriendo_hasta=None, ficha="", encolado_en=now))


def _require_as_authorised(lote: LoteDocumento, now: dt.datetime) -> None:
    """
    :raises ConflictError: what is to be issued is not what was authorised, or that was long ago.
    """
    if batch_hash(lote) != lote.huella:
        raise ConflictError(
            _("Las filas no son las que se autorizaron. Cancele el lote y súbalo otra vez."),
            code="huella_rota",
        )
    if lote.forma == FormaEmision.RUBRICA and now - lote.autorizado_en > AUTHORISED_FOR:
        raise ConflictError(
            _("La autorización de quien firma venció a las 12 horas. Debe darla otra vez."),
            code="autorizacion_vencida",
        )


def _do_row(lote: LoteDocumento, fila: FilaLote, clock: Clock) -> None:
    """
    :raises DomainError: something that stands in the way of every row.
    """
    if fila.intentos >= MAX_TRIES:
        _fail(fila, [{"columna": "", "motivo": _("Se intentó tres veces sin terminar.")}])
        return
    FilaLote.objects.filter(pk=fila.pk).update(intentos=F("intentos") + 1)
    try:
        documento = _issued(lote, fila, clock)
    except _RowError as error:
        _fail(fila, error.faults)
        return
    mark_issued(fila, documento)


def _issued(lote: LoteDocumento, fila: FilaLote, clock: Clock) -> Documento:
    documento = issued_for(origin_of(lote.pk, fila.numero)) or _made(lote, fila, clock())
    if lote.forma == FormaEmision.RUBRICA and documento.estado == EstadoDocumento.EN_FIRMA:
        _sign(documento, lote.autorizado_por_id, clock())
    return documento


def _made(lote: LoteDocumento, fila: FilaLote, now: dt.datetime) -> Documento:
    if row_hash(fila.datos, fila.destinatario) != fila.huella:
        raise ConflictError(
            _("La fila %(n)s no es la que se autorizó.") % {"n": fila.numero}, code="huella_rota"
        )
    issue = _issue(lote, fila)
    try:
        with transaction.atomic():
            documento = _by_form(lote, issue, now)
            if documento.plantilla_id != lote.plantilla_id:
                raise ConflictError(
                    _("La plantilla cambió después de subir la hoja. Cancele y súbala otra vez."),
                    code="plantilla_cambio",
                )
    except InvalidInputError as error:
        if {"certificado", "firmantes"} & set(error.fields) or _about_signers(error):
            raise
        raise _RowError(_faults(lote, error)) from error
    except IntegrityError:
        known = issued_for(issue.origen)
        if known is None:
            raise
        return known
    return documento


def _by_form(lote: LoteDocumento, issue: Issue, now: dt.datetime) -> Documento:
    if lote.forma == FormaEmision.SELLO:
        return issue_sealed(issue=issue, actor=lote.autor, now=now)
    asking = lote.forma == FormaEmision.POR_FIRMAR
    return issue_to_sign(issue=issue, actor=lote.autor, now=now, asking=asking)


def _issue(lote: LoteDocumento, fila: FilaLote) -> Issue:
    """The frozen content of a document names the authorisation it was signed by."""
    extra = {"lote": {"id": lote.pk, "fila": fila.numero, "huella": lote.huella}}
    return Issue(
        tipo=lote.tipo.clave,
        origen=origin_of(lote.pk, fila.numero),
        dependencia_id=lote.dependencia_id,
        asunto=lote.asunto,
        datos=fila.datos,
        destinatario=fila.destinatario,
        confidencial=lote.confidencial,
        firmantes=lote.firmantes,
        extra=extra,
    )


def _sign(documento: Documento, signer_id: int, now: dt.datetime) -> None:
    """
    The signer is read anew: who lost their post meanwhile signs nothing more.

    :raises DomainError: the signature cannot be made.
    """
    signer = User.objects.get(pk=signer_id)
    try:
        sign_authorised(documento_id=documento.pk, actor=signer, now=now)
    except ConflictError:
        documento.refresh_from_db()
        if documento.estado != EstadoDocumento.FIRMADO:
            raise


def _about_signers(error: InvalidInputError) -> bool:
    return any(name.startswith("firmante.") for name in error.fields)


def _faults(lote: LoteDocumento, error: InvalidInputError) -> list[dict[str, str]]:
    labels = {f"campo.{c['clave']}": c["etiqueta"] for c in lote.plantilla.campos}
    found = [
        {"columna": labels.get(name, ""), "motivo": str(line)}
        for name, lines in error.fields.items()
        for line in lines
    ]
    return found or [{"columna": "", "motivo": str(error.message)}]


def _fail(fila: FilaLote, faults: list[dict[str, str]]) -> None:
    fila.estado, fila.errores = EstadoFila.FALLIDA, faults
    fila.save(update_fields=["estado", "errores"])


@transaction.atomic
def _finish(lote_id: int, *, now: dt.datetime) -> None:
    lote = LoteDocumento.objects.select_for_update().get(pk=lote_id)
    if lote.estado != EstadoLote.EMITIENDO:
        return
    lote.finish(at=now)
    lote.save()
    issued = lote.filas.filter(estado=EstadoFila.EMITIDA).count()
    failed = lote.filas.filter(estado=EstadoFila.FALLIDA).count()
    event = BatchFinished(lote_id=lote.pk, emitidas=issued, fallidas=failed)
    publish(event, actor=SYSTEM, now=now)
    if not failed:
        erase_batch_data(lote, actor=SYSTEM, now=now)


@transaction.atomic
def _pause(lote_id: int, error: DomainError, *, now: dt.datetime) -> None:
    lote = LoteDocumento.objects.select_for_update().get(pk=lote_id)
    if lote.estado != EstadoLote.EMITIENDO:
        return
    code = error.code if isinstance(error, UnavailableError | ConflictError) else "rechazado"
    lines = [str(line) for lines in getattr(error, "fields", {}).values() for line in lines]
    lote.pause(motivo=(" ".join(lines) or str(error.message))[:1000])
    lote.save()
    logger.warning("batch_paused lote=%s code=%s", lote.pk, code)
    publish(BatchPaused(lote_id=lote.pk, codigo=code), actor=SYSTEM, now=now)
