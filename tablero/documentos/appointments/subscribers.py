"""Signed documents keep the register of posts; what ends soon is told to the Secretaría."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.accounts.constants import Rol
from portal.accounts.selectors import people_with_role
from portal.core.clock.wording import full_date
from portal.core.events import EventContext, subscribe
from portal.core.time import local_date
from portal.documents.events import DocumentoCancelled, DocumentoCompleted, DocumentoSuperseded
from portal.documents.models import Documento

from .events import AppointmentEnding
from .services import KINDS, record_signed, undo_document


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(DocumentoCompleted, take_to_register)
    subscribe(DocumentoCancelled, take_back)
    subscribe(DocumentoSuperseded, take_back)
    subscribe(AppointmentEnding, tell_ending)


def _documento(pk: int) -> Documento | None:
    rows = Documento.objects.select_related("tipo").filter(tipo__clave__in=KINDS)
    return rows.filter(pk=pk).first()


def take_to_register(event: DocumentoCompleted, context: EventContext) -> None:
    """A nombramiento, an oath or a revocation is in force."""
    documento = _documento(event.documento_id)
    if documento is not None:
        record_signed(documento=documento, actor=context.actor, now=context.now)


def take_back(event, context: EventContext) -> None:
    """One of them is in force no more."""
    documento = _documento(event.documento_id)
    if documento is not None:
        undo_document(documento=documento, actor=context.actor, now=context.now)


def tell_ending(event: AppointmentEnding, context: EventContext) -> None:
    """One letter to everybody of the Secretaría; it names the post's page, not the person."""
    people = people_with_role(Rol.SECRETARIA, on=local_date(context.now))
    boxes = [Recipient(Canal.CORREO, person.email) for person in people if person.email]
    if not boxes:
        return
    day = full_date(dt.date.fromisoformat(event.termina))
    enqueue(
        clave=f"nombramiento:{event.nombramiento_id}:{event.dias}:{event.termina}",
        evento="aviso_personal",
        canales=boxes,
        idioma="es",
        variables={
            "asunto": _("Un nombramiento termina pronto"),
            "texto": _("Un nombramiento termina el %(day)s: faltan %(n)s días o menos.")
            % {"day": day, "n": event.dias},
            "enlace": settings.PUBLIC_URL.rstrip("/")
            + reverse("documentos:cargo", args=[event.nombramiento_id]),
        },
        categoria=Categoria.RECORDATORIO,
        now=context.now,
        referencia=f"nombramiento:{event.nombramiento_id}",
    )
