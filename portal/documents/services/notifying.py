"""Letting somebody know of a document: whom, by what means, and the electronic way (LFPA 35-39)."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text

from ..constants import (
    MAX_NAME,
    NOTIFY_WITHIN,
    UNSETTLED_NOTICES,
    ClaseArchivo,
    EstadoDocumento,
    EstadoNotificacion,
    FormaNotificacion,
    MedioNotificacion,
)
from ..events import (
    DocumentoNotified,
    NotificationAcknowledged,
    NotificationFailed,
    NotificationOpened,
    NotificationOrdered,
    NotificationSent,
)
from ..models import Documento, NotificacionDocumento
from ..policies import DocumentoPolicy
from .base import (
    admitting,
    due_in,
    locked,
    open_documento,
    required_reason,
    save_documento,
    state_conflict,
)
from .files import last_file

#: How often one electronic notification may be sent again, and not before how long.
RESEND_AFTER = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Order:
    """Whom to notify and how; ``consentimiento`` tells how they accepted electronic means."""

    destinatario: str
    medio: str
    domicilio: str = ""
    correo: str = ""
    consentimiento: str = ""


@transaction.atomic
def order_notification(
    *, documento_id: int, order: Order, actor, now: dt.datetime, cambios: int | None = None
) -> NotificacionDocumento:
    """
    Order that somebody be notified of a document in force; by electronic means it leaves at once.

    It is due ten business days after the document was signed (LFPA 39).

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no name, no address, or no consent to electronic means (LFPA 35 II).
    :raises ConflictError: it is not in force, or that person's notification is under way.
    """
    documento = open_documento("notify", documento_id=documento_id, actor=actor, cambios=cambios)
    _require_in_force(documento)
    values = _checked(order)
    try:
        with transaction.atomic():
            row = NotificacionDocumento.objects.create(
                documento=documento,
                vence=due_in(NOTIFY_WITHIN, documento.firmado_en),
                ordenada_por_id=getattr(actor, "pk", None),
                ordenada_en=now,
                **values,
            )
    except IntegrityError as error:
        raise ConflictError(
            _("A esa persona ya se le está notificando este documento."), code="en_curso"
        ) from error
    event = NotificationOrdered(
        documento_id=documento.pk,
        notificacion_id=row.pk,
        medio=row.medio,
        vence=row.vence.isoformat(),
    )
    publish(event, actor=actor, now=now)
    if row.medio == MedioNotificacion.ELECTRONICA:
        _send(row, actor=actor, now=now)
    return row


def _require_in_force(documento: Documento) -> None:
    if not documento.vigente:
        raise state_conflict(documento, _("notificarlo"))


def _checked(order: Order) -> dict[str, str]:
    """The fields of the order, cleaned; only those that its means uses."""
    values = {
        name: " ".join(clean_text(getattr(order, name) or "").split())
        for name in ("destinatario", "domicilio", "correo", "consentimiento")
    }
    faults: dict[str, list[str]] = {}
    if not values["destinatario"]:
        faults["destinatario"] = [_("Escriba a quién se notifica.")]
    for name, most in (("destinatario", MAX_NAME), ("domicilio", 300), ("consentimiento", 300)):
        if len(values[name]) > most:
            faults[name] = [_("Escriba a lo más %(most)s caracteres.") % {"most": most}]
    if order.medio not in MedioNotificacion.values:
        faults["medio"] = [_("Elija el medio.")]
    elif order.medio == MedioNotificacion.ELECTRONICA:
        faults |= _electronic_faults(values)
        values["domicilio"] = ""
    else:
        values["correo"] = values["consentimiento"] = ""
        if order.medio != MedioNotificacion.EDICTO and not values["domicilio"]:
            faults["domicilio"] = [_("Escriba dónde se le notifica.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return values | {"medio": order.medio}


def _electronic_faults(values: dict[str, str]) -> dict[str, list[str]]:
    faults = {}
    try:
        validate_email(values["correo"])
    except ValidationError:
        faults["correo"] = [_("Escriba un correo como nombre@ejemplo.mx.")]
    if not values["consentimiento"]:
        faults["consentimiento"] = [
            _("Diga cómo y cuándo aceptó la persona que se le notifique por medios electrónicos.")
        ]
    return faults


def _send(row: NotificacionDocumento, *, actor, now: dt.datetime) -> None:
    row.estado, row.enviada_en = EstadoNotificacion.ENVIADA, now
    save_notification(row)
    event = NotificationSent(documento_id=row.documento_id, notificacion_id=row.pk)
    publish(event, actor=actor, now=now)


@transaction.atomic
def resend_notification(
    *, notificacion_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> NotificacionDocumento:
    """
    Send an electronic notification again.

    :raises ConflictError: it does not wait for its acknowledgement, or left a moment ago.
    """
    row = open_notification(notificacion_id, actor=actor, cambios=cambios)
    if row.estado != EstadoNotificacion.ENVIADA:
        raise notice_conflict(row, _("enviarla otra vez"))
    if now - row.enviada_en < RESEND_AFTER:
        raise ConflictError(
            _("Acaba de enviarse. Espere diez minutos para enviarla otra vez."), code="reciente"
        )
    _send(row, actor=actor, now=now)
    return row


@transaction.atomic
def record_opened(*, notificacion_id: int, actor, now: dt.datetime) -> NotificacionDocumento:
    """
    The addressee opened the page of the notification; only the first time is kept.

    :raises NotFoundError: there is none.
    """
    row = locked_notification(notificacion_id)
    if row.abierta_en is None and row.estado == EstadoNotificacion.ENVIADA:
        row.abierta_en = now
        save_notification(row)
        event = NotificationOpened(documento_id=row.documento_id, notificacion_id=row.pk)
        publish(event, actor=actor, now=now)
    return row


@transaction.atomic
def acknowledge_notification(
    *, notificacion_id: int, actor, now: dt.datetime
) -> NotificacionDocumento:
    """
    The addressee says that they received the document: it is notified from that day on.

    Saying it twice changes nothing.

    :raises NotFoundError: there is none.
    :raises ConflictError: the document is not in force any more, or the notification was given up.
    """
    row = locked_notification(notificacion_id)
    if row.estado == EstadoNotificacion.PRACTICADA:
        return row
    _require_in_force(row.documento)
    if row.estado != EstadoNotificacion.ENVIADA:
        raise notice_conflict(row, _("acusar recibo"))
    row.estado, row.forma = EstadoNotificacion.PRACTICADA, FormaNotificacion.ACUSE
    row.practicada_en, row.recibe = now, row.destinatario
    save_notification(row)
    event = NotificationAcknowledged(
        documento_id=row.documento_id,
        notificacion_id=row.pk,
        sha256=last_file(row.documento, ClaseArchivo.FIRMADO).sha256,
    )
    publish(event, actor=actor, now=now)
    mark_notified(row.documento, actor=actor, now=now)
    return row


@transaction.atomic
def give_up_notification(
    *, notificacion_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> NotificacionDocumento:
    """
    Say why it could not be done; another can be ordered then, by other means.

    :raises InvalidInputError: no reason.
    :raises ConflictError: it is settled already.
    """
    row = open_notification(notificacion_id, actor=actor, cambios=cambios)
    if not row.pendiente:
        raise notice_conflict(row, _("darla por fallida"))
    row.nota, row.estado = required_reason(motivo), EstadoNotificacion.FALLIDA
    save_notification(row)
    event = NotificationFailed(documento_id=row.documento_id, notificacion_id=row.pk)
    publish(event, actor=actor, now=now)
    mark_notified(row.documento, actor=actor, now=now)
    return row


# what every act on a notification begins and ends with


def locked_notification(notificacion_id: int) -> NotificacionDocumento:
    """
    The notification with its document, both locked, the document first.

    :raises NotFoundError: there is none.
    """
    rows = NotificacionDocumento.objects.filter(pk=notificacion_id)
    documento_id = rows.values_list("documento_id", flat=True).first()
    if documento_id is None:
        raise NotFoundError(_("No encontramos esa notificación."))
    documento = locked(documento_id)
    row = rows.select_for_update().get()
    row.documento = documento
    return row


def open_notification(notificacion_id: int, *, actor, cambios: int | None) -> NotificacionDocumento:
    """
    Lock it, ask the policy of its document, and make sure it is the one the person was looking at.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises ConflictError: it changed, or its document is not in force any more.
    """
    row = locked_notification(notificacion_id)
    DocumentoPolicy(actor).require("notify", row.documento)
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("La notificación cambió mientras usted la veía. Revísela otra vez: nada se guardó."),
            code="version_anterior",
            cambios=row.cambios,
        )
    _require_in_force(row.documento)
    return row


def save_notification(row: NotificacionDocumento) -> None:
    """Write it with its next number of changes."""
    row.cambios += 1
    row.save()


def notice_conflict(row: NotificacionDocumento, act: str) -> ConflictError:
    """The refusal of an act («enviarla otra vez») by the present state."""
    message = _("La notificación está en «%(state)s»: no se puede %(act)s.")
    return ConflictError(
        message % {"state": row.get_estado_display(), "act": act}, code="estado_no_admite"
    )


def mark_notified(documento: Documento, *, actor, now: dt.datetime) -> None:
    """The document is notified once every person it was ordered for has been."""
    rows = NotificacionDocumento.objects.filter(documento=documento)
    pairs = list(rows.values_list("destinatario", "estado"))
    reached = {who for who, state in pairs if state == EstadoNotificacion.PRACTICADA}
    unsettled = any(state in UNSETTLED_NOTICES for _who, state in pairs)
    if unsettled or not reached or {who for who, _state in pairs} != reached:
        return
    if documento.estado == EstadoDocumento.NOTIFICADO:
        return
    with admitting(documento, _("darlo por notificado")):
        documento.mark_notified()
    save_documento(documento, now=now)
    publish(DocumentoNotified(documento_id=documento.pk), actor=actor, now=now)
