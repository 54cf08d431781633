"""Asking for certified copies, paying, certifying, rejecting and handing them over."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.folios import next_folio
from portal.core.text import clean_text
from portal.core.time import local_date
from portal.documents.constants import KNOWN_STATES, ClaseArchivo
from portal.documents.copying import Copy, clean_copy
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services.base import author_pk, required_reason
from portal.documents.services.files import last_file, read_file

from ..constants import Cotejo, EstadoCopia
from ..models import SolicitudCopia
from .base import described, open_copy, save_copy
from .events import (
    CopyDelivered,
    CopyPaid,
    CopyRejected,
    CopyRequested,
)
from .policies import CopiaPolicy

SERIES = "SCC"
FOLDER = "copias"
MOST_COPIES = 20
LONGEST = {"solicitante": 160, "interes": 300, "descripcion": 300, "libro": 160, "foja": 60}
_E = EstadoCopia


@dataclass(frozen=True, kw_only=True)
class CopyOrder:
    """
    What is asked for: a document of the house (``documento_id``) or a scan (``descripcion`` says of
    what), and which pages («1-3, 5»; none means all).
    """

    solicitante: str
    interes: str
    paginas: str = ""
    tantos: int = 1
    documento_id: int | None = None
    descripcion: str = ""
    cotejo: str = Cotejo.ORIGINAL
    libro: str = ""
    foja: str = ""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Paid with a receipt, or exempt for a reason; one of the two."""

    recibo: str = ""
    importe: Decimal | None = None
    exencion: str = ""


def request_copy(
    *, order: CopyOrder, scan: bytes | None, actor, now: dt.datetime
) -> SolicitudCopia:
    """
    Ask for a certified copy. The pages are drawn anew first, then all is kept in one transaction.

    :raises NotAllowedError: not their part.
    :raises NotFoundError: the document is not theirs to know.
    :raises InvalidInputError: something is missing, a page is not there, or the file is no good.
    :raises UnavailableError: no room on the disk, or no time to read the file.
    """
    if not CopiaPolicy(actor).can_request():
        raise NotAllowedError
    values = _checked(order)
    original, about = _original(order, scan, values, actor)
    copy = clean_copy(original, order.paginas)
    values |= about
    with files.undone_on_error() as note:
        _key, ruta = files.keep(copy.pdf, ".pdf", folder=FOLDER)
        note(ruta)
        return _keep_request(
            values=values, copy=copy, original=original, ruta=ruta, actor=actor, now=now
        )


@transaction.atomic
def _keep_request(
    *, values: dict, copy: Copy, original: bytes, ruta: str, actor, now: dt.datetime
) -> SolicitudCopia:
    year = local_date(now).year
    row = SolicitudCopia.objects.create(
        folio=next_folio(serie=SERIES, ejercicio=year),
        ejercicio=year,
        ruta=ruta,
        sha256=hashlib.sha256(copy.pdf).hexdigest(),
        original_sha256=hashlib.sha256(original).hexdigest(),
        tamano=len(copy.pdf),
        paginas=list(copy.paginas),
        paginas_total=copy.total,
        autor_id=author_pk(actor),
        creada_en=now,
        **values,
    )
    event = CopyRequested(
        copia_id=row.pk,
        folio=row.folio,
        documento_id=row.documento_id,
        paginas=len(row.paginas),
        sha256=row.sha256,
        original=row.original_sha256,
    )
    publish(event, actor=actor, now=now)
    return row


def _checked(order: CopyOrder) -> dict:
    values = {name: " ".join(clean_text(getattr(order, name) or "").split()) for name in LONGEST}
    faults = {
        name: [_("Escriba a lo más %(most)s caracteres.") % {"most": most}]
        for name, most in LONGEST.items()
        if len(values[name]) > most
    }
    if not values["solicitante"]:
        faults["solicitante"] = [_("Escriba quién pide la copia.")]
    if not values["interes"]:
        faults["interes"] = [_("Diga con qué interés la pide, o cómo lo acredita.")]
    if not 1 <= order.tantos <= MOST_COPIES:
        faults["tantos"] = [_("De 1 a %(most)s tantos.") % {"most": MOST_COPIES}]
    if order.documento_id is None and not values["descripcion"]:
        faults["descripcion"] = [_("Diga de qué es copia.")]
    if order.cotejo not in Cotejo.values:
        faults["cotejo"] = [_("Diga con qué se coteja.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return values | {"tantos": order.tantos, "cotejo": order.cotejo}


def _original(order: CopyOrder, scan: bytes | None, values: dict, actor) -> tuple[bytes, dict]:
    """The bytes that are copied, and what they are of."""
    if order.documento_id is None:
        if not scan:
            raise InvalidInputError(fields={"archivo": [_("Agregue el original escaneado (PDF).")]})
        return scan, {}
    documento = Documento.objects.filter(pk=order.documento_id).select_related("tipo").first()
    if documento is None or not DocumentoPolicy(actor).can_view(documento):
        raise NotFoundError(_("No encontramos ese documento."))
    if documento.estado not in KNOWN_STATES or documento.firmado_en is None:
        raise ConflictError(_("Sólo se certifican copias de documentos firmados."))
    pdf = read_file(last_file(documento, ClaseArchivo.FIRMADO))
    about = {
        "documento": documento,
        "descripcion": described(documento),
        "cotejo": Cotejo.ELECTRONICO,
    }
    return pdf, about


@transaction.atomic
def record_payment(
    *, copia_id: int, payment: Payment, actor, now: dt.datetime, cambios: int | None = None
) -> SolicitudCopia:
    """
    It is paid for, or exempt; now it can be certified.

    :raises InvalidInputError: neither a receipt with its amount nor a reason, or both.
    """
    row = open_copy("attend", copia_id, actor, cambios, _E.SOLICITADA)
    recibo, exencion = clean_text(payment.recibo).strip(), clean_text(payment.exencion).strip()
    if bool(recibo) == bool(exencion):
        line = _("Escriba el recibo de pago o el motivo de la exención, uno de los dos.")
        raise InvalidInputError(fields={"recibo": [line]})
    if recibo and (payment.importe is None or payment.importe <= 0):
        raise InvalidInputError(fields={"importe": [_("Escriba cuánto se pagó.")]})
    if len(recibo) > 60 or len(exencion) > 300:
        field = "recibo" if len(recibo) > 60 else "exencion"
        raise InvalidInputError(fields={field: [_("Es demasiado largo.")]})
    row.recibo, row.exencion = recibo, exencion
    row.importe = payment.importe if recibo else None
    row.estado = _E.LISTA
    save_copy(row)
    publish(CopyPaid(copia_id=row.pk, exenta=bool(exencion)), actor=actor, now=now)
    return row


@transaction.atomic
def reject_copy(
    *, copia_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> SolicitudCopia:
    """
    Refuse it, with the reason.

    :raises InvalidInputError: no reason.
    """
    row = open_copy("attend", copia_id, actor, cambios, _E.SOLICITADA, _E.LISTA)
    row.motivo, row.estado = required_reason(motivo), _E.RECHAZADA
    save_copy(row)
    publish(CopyRejected(copia_id=row.pk), actor=actor, now=now)
    return row


@transaction.atomic
def deliver_copy(
    *, copia_id: int, entregada_a: str, actor, now: dt.datetime, cambios: int | None = None
) -> SolicitudCopia:
    """
    Somebody took it along.

    :raises InvalidInputError: nobody's name, or too long.
    """
    row = open_copy("attend", copia_id, actor, cambios, _E.CERTIFICADA)
    name = " ".join(clean_text(entregada_a or "").split())
    if not name or len(name) > 160:
        raise InvalidInputError(fields={"entregada_a": [_("Escriba a quién se entregó.")]})
    row.entregada_a, row.entregada_en, row.estado = name, now, _E.ENTREGADA
    save_copy(row)
    publish(CopyDelivered(copia_id=row.pk), actor=actor, now=now)
    return row
