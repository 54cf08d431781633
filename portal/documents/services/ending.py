"""The ends of a document: published, replaced by another, without effect."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.events import publish

from ..constants import EstadoDocumento, EstadoRevision
from ..events import DocumentoCancelled, DocumentoPublished, DocumentoSuperseded
from ..models import Documento
from .base import admitting, open_documento, required_reason, save_documento, state_conflict


@transaction.atomic
def publish_documento(
    *, documento_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> Documento:
    """
    Let anybody who has its code read the document itself.

    :raises NotFoundError, NotAllowedError: as the policy says; never a confidential one.
    :raises ConflictError: it is not signed, is public already, or changed.
    """
    documento = open_documento("publish", documento_id=documento_id, actor=actor, cambios=cambios)
    with admitting(documento, _("publicarlo")):
        documento.publish(at=now)
    save_documento(documento, now=now)
    publish(DocumentoPublished(documento_id=documento.pk), actor=actor, now=now)
    return documento


@transaction.atomic
def cancel_documento(
    *, documento_id: int, motivo: str, actor, now: dt.datetime, cambios: int | None = None
) -> Documento:
    """
    Leave the document without effect. A folio it had stays taken, and the public page says so.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no reason.
    :raises ConflictError: it ended already, or changed.
    """
    documento = open_documento("cancel", documento_id=documento_id, actor=actor, cambios=cambios)
    motivo = required_reason(motivo)
    with admitting(documento, _("cancelarlo")):
        documento.cancel(motivo=motivo, at=now)
    pending = documento.revisiones.filter(estado=EstadoRevision.PENDIENTE)
    pending.update(estado=EstadoRevision.SIN_EFECTO, resuelta_en=now)
    save_documento(documento, now=now)
    event = DocumentoCancelled(documento_id=documento.pk, folio=documento.folio or "")
    publish(event, actor=actor, now=now)
    return documento


def supersede_replaced(documento: Documento, *, actor, now: dt.datetime) -> None:
    """
    The document just signed takes the place of the one it names; does nothing if it names none.

    :raises ConflictError: that one is not in force any more: this one cannot take its place.
    """
    if documento.sustituye_id is None:
        return
    old = Documento.objects.select_for_update().get(pk=documento.sustituye_id)
    if old.estado == EstadoDocumento.SUSTITUIDO:
        raise state_conflict(old, _("sustituirlo otra vez"))
    with admitting(old, _("sustituirlo")):
        old.supersede(motivo=_("Sustituido por %(folio)s.") % {"folio": documento.folio}, at=now)
    save_documento(old, now=now)
    event = DocumentoSuperseded(documento_id=old.pk, sustituto_id=documento.pk)
    publish(event, actor=actor, now=now)
