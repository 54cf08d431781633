"""What people do with a batch: read a sheet, have it issued, try again, stop it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django_fsm import TransitionNotAllowed

from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text
from portal.documents.models import Documento, TipoDocumento
from portal.documents.services import Credentials, ensure_kind, require_password
from portal.documents.snapshot import content_hash

from .batch_events import BatchBegun, BatchCancelled, BatchDataErased, BatchPrepared, BatchRetried
from .batch_policies import LotePolicy, template_of
from .batch_sheet import ADDRESSEE, Row, read_sheet
from .constants import EstadoFila, EstadoLote, FormaEmision
from .models import FilaLote, LoteDocumento

CHUNK = 1000


@dataclass(frozen=True, kw_only=True)
class NewBatch:
    """A sheet and what is the same for all its rows."""

    tipo: str
    dependencia_id: int
    asunto: str
    content: bytes = field(repr=False)
    nombre_archivo: str = ""
    confidencial: bool = False
    firmantes: Mapping[str, int] = field(default_factory=dict)


def origin_of(lote_id: int, numero: int) -> str:
    """What a document was issued for, once each: the row of the batch."""
    return f"lote:{lote_id}:{numero}"


def row_hash(datos: Mapping, destinatario: str) -> str:
    """SHA-256 of what a row says."""
    return content_hash({"datos": dict(datos), "destinatario": destinatario})


def batch_hash(lote: LoteDocumento) -> str:
    """SHA-256 of all that is to be issued: whoever authorises it authorises this and no more."""
    good = lote.filas.exclude(estado=EstadoFila.CON_ERRORES).order_by("numero")
    return content_hash(
        {
            "lote": lote.pk,
            "plantilla": lote.plantilla.huella,
            "dependencia": lote.dependencia_id,
            "asunto": lote.asunto,
            "confidencial": lote.confidencial,
            "firmantes": lote.firmantes,
            "filas": [list(row) for row in good.values_list("numero", "huella")],
        }
    )


def prepare_batch(*, new: NewBatch, actor, now: dt.datetime) -> LoteDocumento:
    """
    Look at a sheet row by row and keep what it says; nothing is issued.

    :raises NotAllowedError: the actor does not issue that kind, or not for that office.
    :raises InvalidInputError: ``fields`` says what is wrong with the form or the whole sheet.
    """
    kind = _kind(new.tipo, actor, now)
    template = template_of(kind)
    if template is None:
        raise ConflictError(_("«%(kind)s» no tiene una plantilla vigente.") % {"kind": kind})
    _require_form(new, template, actor)
    rows = read_sheet(new.content, template.campos)
    with transaction.atomic():
        lote = _created(new, template, actor, now)
        asks = ADDRESSEE in {campo["clave"] for campo in template.campos}
        kept = (_kept(lote, row, asks=asks) for row in rows)
        FilaLote.objects.bulk_create(kept, batch_size=CHUNK)
        wrong = sum(bool(row.errores) for row in rows)
        event = BatchPrepared(
            lote_id=lote.pk,
            tipo=kind.clave,
            sha256=lote.sha256,
            buenas=len(rows) - wrong,
            con_errores=wrong,
        )
        publish(event, actor=actor, now=now)
    return lote


def _created(new: NewBatch, template, actor, now: dt.datetime) -> LoteDocumento:
    places = [place["clave"] for place in template.firmantes]
    return LoteDocumento.objects.create(
        tipo=template.tipo,
        plantilla=template,
        dependencia_id=new.dependencia_id,
        autor=actor,
        asunto=" ".join(clean_text(new.asunto).split()),
        confidencial=new.confidencial,
        firmantes={clave: new.firmantes[clave] for clave in places},
        firmante_id=new.firmantes[places[0]] if places else None,
        nombre_archivo=clean_text(new.nombre_archivo)[-160:],
        sha256=hashlib.sha256(new.content).hexdigest(),
        creado_en=now,
    )


def _kind(clave: str, actor, now: dt.datetime) -> TipoDocumento:
    policy = LotePolicy(actor)
    if clave not in {kind.clave for kind in policy.kinds()}:
        raise NotAllowedError(_("Ese tipo de documento no se emite por lote, o no por usted."))
    return ensure_kind(clave, now=now)


def _require_form(new: NewBatch, template, actor) -> None:
    faults = {}
    if new.dependencia_id not in LotePolicy(actor).documents.drafting_offices():
        faults["dependencia"] = [_("Sólo puede emitir en nombre de su dependencia.")]
    if not clean_text(new.asunto):
        faults["asunto"] = [_("Escriba de qué tratan.")]
    chosen = [new.firmantes.get(place["clave"]) for place in template.firmantes]
    for place, person in zip(template.firmantes, chosen, strict=True):
        if not person:
            faults[f"firmante.{place['clave']}"] = [_("Elija quién firma.")]
        elif chosen.count(person) > 1:
            faults[f"firmante.{place['clave']}"] = [_("Esa persona ya firma en otro lugar.")]
    if faults:
        raise InvalidInputError(fields=faults)


def _kept(lote: LoteDocumento, row: Row, *, asks: bool) -> FilaLote:
    if row.errores:
        estado = EstadoFila.CON_ERRORES
        return FilaLote(lote=lote, numero=row.numero, estado=estado, errores=row.errores)
    address = row.destinatario
    values = {k: v for k, v in row.datos.items() if k != ADDRESSEE or asks}
    return FilaLote(
        lote=lote,
        numero=row.numero,
        datos=values,
        destinatario=address,
        huella=row_hash(values, address),
    )


@sensitive_variables("credentials")
def begin_batch(
    *, lote_id: int, forma: str, actor, now: dt.datetime, credentials: Credentials | None = None
) -> LoteDocumento:
    """
    Have what is pending issued. «rubrica» asks the signatory's password once: it authorises the
    worker to put their rúbrica on each row as it stands, and on nothing else.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: the password is not good.
    :raises ConflictError: nothing is pending, or it is under way or over.
    """
    lote = _opened("manage", lote_id, actor)
    if forma not in LotePolicy(actor).ways(lote):
        raise NotAllowedError(_("Ese lote no puede emitirlo usted de esa manera."))
    if forma == FormaEmision.RUBRICA:
        require_password(credentials or Credentials(), actor, now)
    with transaction.atomic():
        lote = _locked(lote_id)
        pending = lote.filas.filter(estado=EstadoFila.PENDIENTE).count()
        if not pending:
            raise ConflictError(_("El lote no tiene filas por emitir."), code="lote_vacio")
        if lote.forma not in ("", forma):
            raise ConflictError(_("El lote ya se empezó a emitir de otra manera."))
        with _admitting(lote):
            lote.begin(forma=forma, huella=batch_hash(lote))
        if forma == FormaEmision.RUBRICA:
            lote.autorizado_por, lote.autorizado_en = actor, now
        lote.iniciado_en = lote.iniciado_en or now
        lote.encolado_en = now
        lote.save()
        event = BatchBegun(lote_id=lote.pk, forma=forma, huella=lote.huella, filas=pending)
        publish(event, actor=actor, now=now)
    return lote


@transaction.atomic
def retry_batch(*, lote_id: int, actor, now: dt.datetime) -> LoteDocumento:
    """
    Make the rows that failed pending again; somebody must then have them issued.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: none failed, or their data were erased already.
    """
    _opened("manage", lote_id, actor)
    lote = _locked(lote_id)
    failed = lote.filas.filter(estado=EstadoFila.FALLIDA).exclude(datos={})
    if lote.datos_borrados_en is not None or not failed.exists():
        raise ConflictError(_("No hay filas que se puedan reintentar."))
    with _admitting(lote):
        lote.reopen(motivo=_("Hay filas por reintentar."))
    lote.save()
    count = failed.update(estado=EstadoFila.PENDIENTE, errores=[], intentos=0)
    publish(BatchRetried(lote_id=lote.pk, filas=count), actor=actor, now=now)
    return lote


@transaction.atomic
def cancel_batch(*, lote_id: int, actor, now: dt.datetime) -> LoteDocumento:
    """
    Stop: what is not issued will not be. What is issued stays as it is; the data are erased.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it ended already.
    """
    _opened("cancel", lote_id, actor)
    lote = _locked(lote_id)
    with _admitting(lote):
        lote.cancel(at=now)
    lote.save()
    _adopt(lote)
    pending = lote.filas.filter(estado__in=(EstadoFila.PENDIENTE, EstadoFila.FALLIDA))
    cancelled = pending.update(estado=EstadoFila.CANCELADA)
    issued = lote.filas.filter(estado=EstadoFila.EMITIDA).count()
    event = BatchCancelled(lote_id=lote.pk, emitidas=issued, canceladas=cancelled)
    publish(event, actor=actor, now=now)
    erase_batch_data(lote, actor=actor, now=now)
    return lote


@transaction.atomic
def close_batch(*, lote_id: int, actor, now: dt.datetime) -> LoteDocumento:
    """
    Give up the rows that failed and erase their data.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it is not over, or it is closed.
    """
    _opened("manage", lote_id, actor)
    lote = _locked(lote_id)
    if lote.estado != EstadoLote.TERMINADO or lote.datos_borrados_en is not None:
        raise ConflictError(_("El lote no tiene datos por borrar."))
    erase_batch_data(lote, actor=actor, now=now)
    return lote


def erase_batch_data(lote: LoteDocumento, *, actor, now: dt.datetime) -> None:
    """Forget what its rows say; the documents keep it. The caller holds the lock."""
    count = lote.filas.exclude(datos={}).update(datos={}, destinatario="")
    lote.datos_borrados_en = now
    lote.save(update_fields=["datos_borrados_en"])
    publish(BatchDataErased(lote_id=lote.pk, filas=count), actor=actor, now=now)


def _adopt(lote: LoteDocumento) -> None:
    """Rows whose document was made by a worker that died before it could say so."""
    pending = {
        origin_of(lote.pk, fila.numero): fila
        for fila in lote.filas.filter(estado=EstadoFila.PENDIENTE)
    }
    made = Documento.objects.filter(origen__startswith=f"lote:{lote.pk}:")
    for documento in made.filter(fila_de_lote__isnull=True):
        fila = pending.get(documento.origen)
        if fila is not None:
            mark_issued(fila, documento)


def mark_issued(fila: FilaLote, documento: Documento) -> None:
    """The row has its document, which holds its data from now on."""
    fila.estado, fila.documento = EstadoFila.EMITIDA, documento
    fila.datos, fila.destinatario, fila.errores = {}, "", []
    fila.save(update_fields=["estado", "documento", "datos", "destinatario", "errores"])


def _opened(action: str, lote_id: int, actor) -> LoteDocumento:
    rows = LoteDocumento.objects.select_related("tipo", "plantilla")
    lote = rows.filter(pk=lote_id).first()
    if lote is None:
        raise NotFoundError(_("No encontramos ese lote."))
    LotePolicy(actor).require(action, lote)
    return lote


def _locked(lote_id: int) -> LoteDocumento:
    return LoteDocumento.objects.select_for_update().get(pk=lote_id)


class _admitting:
    """Turn a transition that the state does not admit into a sentence (409)."""

    def __init__(self, lote: LoteDocumento) -> None:
        self.lote = lote

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, trace) -> None:
        if kind is not None and issubclass(kind, TransitionNotAllowed):
            raise ConflictError(
                _("El lote está en «%(state)s»: eso ya no se puede hacer.")
                % {"state": self.lote.get_estado_display()},
                code="estado_no_admite",
            ) from error
