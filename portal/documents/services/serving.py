"""Notifying in person, by post, between authorities or by edict, with its papers and its proof."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.errors import ConflictError, InvalidInputError
from portal.core.events import publish
from portal.core.text import clean_text
from portal.core.time import local_date

from ..constants import (
    ClaseArchivo,
    EstadoNotificacion,
    FormaNotificacion,
    MedioNotificacion,
)
from ..events import CitatorioLeft, NotificationPractised
from ..models import ArchivoDocumento, Documento, NotificacionDocumento
from .base import author_pk
from .files import last_file
from .issuing import Issue, issued_for
from .notifying import mark_notified, notice_conflict, open_notification, save_notification
from .sealed import issue_sealed
from .verifying import page_count

_F, _M = FormaNotificacion, MedioNotificacion
#: How each means can end well.
WAYS = {
    _M.PERSONAL: (_F.PERSONA, _F.TERCERO, _F.INSTRUCTIVO),
    _M.CORREO_CERTIFICADO: (_F.ENTREGA,),
    _M.OFICIO: (_F.ENTREGA,),
    _M.EDICTO: (_F.PUBLICACION,),
    _M.ELECTRONICA: (),
}
#: Only after a citatorio was left, at the hour it named (LFPA 36).
AFTER_CITATORIO = (_F.TERCERO, _F.INSTRUCTIVO)
#: The papers of a visit; a second visit has those of whoever was not found at the first.
PAPERS = {"cedula": "cedula_notificacion", "citatorio": "citatorio", "instructivo": "instructivo"}
FIRST_VISIT, SECOND_VISIT = ("cedula", "citatorio"), ("cedula", "instructivo")
LONGEST = {"recibe": 200, "relacion": 120, "identificacion": 200, "referencia": 200, "nota": 1000}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A file already checked and kept: where it is and what it is."""

    ruta: str
    nombre: str
    tipo: str
    tamano: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """How a notification was practised, at the aware moment ``cuando``."""

    forma: str
    cuando: dt.datetime
    recibe: str = ""
    relacion: str = ""
    identificacion: str = ""
    referencia: str = ""
    nota: str = ""


# papers


def papers_for(row: NotificacionDocumento) -> tuple[str, ...]:
    """The papers that the next visit needs; none when there is no visit to make."""
    if row.medio != MedioNotificacion.PERSONAL or not row.pendiente:
        return ()
    return SECOND_VISIT if row.estado == EstadoNotificacion.CITATORIO else FIRST_VISIT


def paper_origin(row: NotificacionDocumento, paper: str) -> str:
    """What a paper of a visit is issued for, once each."""
    visit = 2 if row.visita_en is not None else 1
    return f"notificacion:{row.pk}:{paper}:{visit}"


def issue_paper(*, notificacion_id: int, paper: str, actor, now: dt.datetime) -> Documento:
    """
    The cédula, citatorio or instructivo of the next visit, sealed, to be filled in by hand.

    Asked for again, it is the same. What the law wants written at the door stays blank.

    :raises ConflictError: the next visit has no such paper.
    :raises UnavailableError: the institution has no certificate, or no room on the disk.
    """
    with transaction.atomic():
        row = open_notification(notificacion_id, actor=actor, cambios=None)
    if paper not in papers_for(row):
        raise notice_conflict(row, _("imprimir ese papel"))
    known = issued_for(paper_origin(row, paper))
    return known or issue_sealed(issue=_paper_issue(row, paper, actor), actor=actor, now=now)


def _paper_issue(row: NotificacionDocumento, paper: str, actor) -> Issue:
    documento = row.documento
    return Issue(
        tipo=PAPERS[paper],
        origen=paper_origin(row, paper),
        dependencia_id=documento.dependencia_id,
        asunto=_("Notificación de %(folio)s") % {"folio": documento.folio},
        destinatario=row.destinatario,
        confidencial=documento.confidencial,
        datos=_paper_fields(row, paper, str(actor)),
        extra=_by_hand(paper),
    )


def _paper_fields(row: NotificacionDocumento, paper: str, notifier: str) -> dict:
    documento = row.documento
    values = {
        "persona": row.destinatario,
        "domicilio": row.domicilio,
        "documento": f"{documento.tipo}, {documento.folio}",
        "notificador": notifier,
    }
    if paper == "citatorio":
        return values
    values |= {
        "fecha_documento": local_date(documento.firmado_en).isoformat(),
        "emisor": documento.dependencia.nombre,
        "hojas": max(page_count(last_file(documento, ClaseArchivo.FIRMADO)), 1),
    }
    if paper == "instructivo":
        left = issued_for(f"notificacion:{row.pk}:citatorio:1")
        values |= {
            "citatorio": left.folio if left else _("sin folio"),
            "citatorio_fecha": local_date(row.visita_en).isoformat(),
        }
    return values


def _by_hand(paper: str) -> dict:
    lines = {
        "cedula": (
            _("Fecha y hora"),
            _("Con quién se entendió"),
            _("Relación con la persona"),
            _("Con qué se identificó"),
            _("Observaciones"),
        ),
        "citatorio": (
            _("Fecha y hora de la visita"),
            _("Cita: fecha y hora"),
            _("A quién se dejó"),
        ),
        "instructivo": (_("Fecha y hora"), _("Lugar en que se fijó"), _("Observaciones")),
    }
    signers = {
        "cedula": (_("Quien notifica"), _("Quien recibe")),
        "citatorio": (_("Quien notifica"), _("Quien lo recibe")),
        "instructivo": (_("Quien notifica"), _("Testigo")),
    }
    blank = "_" * 34
    return {
        "campos": [[label, blank] for label in lines[paper]],
        "firman_a_mano": list(signers[paper]),
    }


# what happened at the door


@transaction.atomic
def leave_citatorio(
    *,
    notificacion_id: int,
    visita_en: dt.datetime,
    cita_en: dt.datetime,
    nota: str,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> NotificacionDocumento:
    """
    The person was not there: a citatorio was left for a fixed hour of the next business day.

    :raises InvalidInputError: the visit was not on a business day, or the hour is of another day.
    :raises ConflictError: it is not the first visit of a personal notification.
    """
    row = open_notification(notificacion_id, actor=actor, cambios=cambios)
    if row.medio != MedioNotificacion.PERSONAL or row.estado != EstadoNotificacion.PENDIENTE:
        raise notice_conflict(row, _("dejar un citatorio"))
    faults = _moment_faults(row, "visita_en", visita_en, now)
    wanted = current_calendar().next_business(local_date(visita_en))
    if not faults and local_date(cita_en) != wanted:
        line = _("La cita debe ser el día hábil siguiente a la visita: el %(day)s.")
        faults["cita_en"] = [line % {"day": f"{wanted:%d/%m/%Y}"}]
    if faults:
        raise InvalidInputError(fields=faults)
    row.estado, row.visita_en, row.cita_en = EstadoNotificacion.CITATORIO, visita_en, cita_en
    row.nota = _short({"nota": nota})["nota"]
    save_notification(row)
    event = CitatorioLeft(
        documento_id=row.documento_id, notificacion_id=row.pk, cita_en=cita_en.isoformat()
    )
    publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def practise_notification(
    *,
    notificacion_id: int,
    service: Service,
    proof: Proof | None,
    actor,
    now: dt.datetime,
    cambios: int | None = None,
) -> NotificacionDocumento:
    """
    It was done: how, when, with whom, and the scanned proof. It takes effect that day (LFPA 38).

    :raises InvalidInputError: without proof, of another moment than it can have been, or without
        who received it.
    :raises ConflictError: its means does not end so, no citatorio was left, or it is settled.
    """
    row = open_notification(notificacion_id, actor=actor, cambios=cambios)
    _require_way(row, service.forma)
    texts = _short({name: getattr(service, name) for name in LONGEST})
    _require_whole(row, service, texts, proof, now)
    row.estado, row.forma = EstadoNotificacion.PRACTICADA, service.forma
    row.practicada_en, row.practicada_por_id = service.cuando, author_pk(actor)
    for name, text in texts.items():
        setattr(row, name, text)
    row.evidencia = _kept(row, proof, now)
    save_notification(row)
    event = NotificationPractised(
        documento_id=row.documento_id,
        notificacion_id=row.pk,
        forma=row.forma,
        practicada_en=row.practicada_en.isoformat(),
        sha256=row.evidencia.sha256,
    )
    publish(event, actor=actor, now=now)
    mark_notified(row.documento, actor=actor, now=now)
    return row


def _require_way(row: NotificacionDocumento, forma: str) -> None:
    if not row.pendiente or forma not in WAYS[row.medio]:
        raise notice_conflict(row, _("asentar que se practicó así"))
    if forma in AFTER_CITATORIO and row.estado != EstadoNotificacion.CITATORIO:
        raise ConflictError(
            _(
                "Antes debe dejarse un citatorio: sólo el día hábil siguiente puede notificarse a"
                " quien esté en el domicilio o fijarse el instructivo."
            ),
            code="falta_citatorio",
        )


def _require_whole(row, service: Service, texts: dict, proof: Proof | None, now) -> None:
    faults = _moment_faults(row, "cuando", service.cuando, now)
    if not faults and service.forma in AFTER_CITATORIO:
        faults |= _appointment_faults(row, service.cuando)
    received = service.forma not in (_F.INSTRUCTIVO, _F.PUBLICACION)
    if received and not texts["recibe"]:
        faults["recibe"] = [_("Escriba quién la recibió.")]
    if service.forma == _F.TERCERO and not texts["relacion"]:
        faults["relacion"] = [_("Escriba qué relación tiene con la persona.")]
    if service.forma in (_F.PERSONA, _F.TERCERO) and not texts["identificacion"]:
        faults["identificacion"] = [_("Escriba con qué se identificó.")]
    if service.forma in (_F.ENTREGA, _F.PUBLICACION) and not texts["referencia"]:
        faults["referencia"] = [_("Escriba el número de guía, de oficio o de la publicación.")]
    if proof is None:
        faults["evidencia"] = [_("Agregue la constancia escaneada.")]
    if faults:
        raise InvalidInputError(fields=faults)


def _moment_faults(row, field: str, moment: dt.datetime, now: dt.datetime) -> dict[str, list[str]]:
    """Neither to come, nor before the document; a visit is made on a business day (LFPA 28)."""
    if moment > now:
        return {field: [_("Esa hora todavía no llega.")]}
    if moment < row.documento.firmado_en.replace(second=0, microsecond=0):
        return {field: [_("Es anterior al documento.")]}
    personal = row.medio == MedioNotificacion.PERSONAL
    if personal and not current_calendar().is_business(local_date(moment)):
        return {field: [_("Ese día no es hábil: la visita no valdría.")]}
    return {}


def _appointment_faults(row: NotificacionDocumento, moment: dt.datetime) -> dict[str, list[str]]:
    same_day = local_date(moment) == local_date(row.cita_en)
    if same_day and moment >= row.cita_en:
        return {}
    when = timezone.localtime(row.cita_en, timezone.get_default_timezone())
    line = _("Debe ser el día de la cita, desde la hora fijada: %(when)s.")
    return {"cuando": [line % {"when": f"{when:%d/%m/%Y %H:%M}"}]}


def _short(texts: dict[str, str]) -> dict[str, str]:
    clean = {name: clean_text(text or "") for name, text in texts.items()}
    faults = {
        name: [_("Escriba a lo más %(most)s caracteres.") % {"most": LONGEST[name]}]
        for name, text in clean.items()
        if len(text) > LONGEST[name]
    }
    if faults:
        raise InvalidInputError(fields=faults)
    return clean


def _kept(row: NotificacionDocumento, proof: Proof, now: dt.datetime) -> ArchivoDocumento:
    return ArchivoDocumento.objects.create(
        documento=row.documento,
        clase=ClaseArchivo.EVIDENCIA,
        ruta=proof.ruta,
        nombre=proof.nombre[:160],
        tipo=proof.tipo,
        tamano=proof.tamano,
        sha256=proof.sha256,
        creado_en=now,
    )
