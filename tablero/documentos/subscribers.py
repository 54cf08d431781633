"""What follows in this room from what happens to a document: letters to the staff, live pages."""

from collections.abc import Iterable

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.accounts.constants import Rol
from portal.accounts.models import User
from portal.accounts.selectors import people_with_role, substitutes_of
from portal.core.events import EventContext, all_event_classes, subscribe
from portal.core.realtime import nudge
from portal.core.time import local_date
from portal.documents.constants import EstadoDocumento, OrdenFirma
from portal.documents.events import (
    DocumentoCancelled,
    DocumentoCompleted,
    DocumentoEvent,
    DocumentoFrozen,
    DocumentoReturned,
    DocumentoSigned,
    DocumentoSubmitted,
    LegalApprovalRequested,
    SigningBegun,
)
from portal.documents.models import Documento

from . import notices
from .events import ReminderDue
from .groups import LISTS, group_for

#: How the origin of a document of a batch begins.
BATCH = "lote:"


def register() -> None:
    """Called once, when the app is ready."""
    for event_class, handler in HANDLERS:
        subscribe(event_class, handler)
    for event_class in all_event_classes():
        if issubclass(event_class, DocumentoEvent) and event_class is not DocumentoEvent:
            subscribe(event_class, nudge_pages, once_an_act=True)


def nudge_pages(event: DocumentoEvent, context: EventContext) -> None:
    """Whoever has the document or a list open."""
    kind = event.event_type()
    nudge(group_for(event.documento_id), kind)
    nudge(LISTS, kind)


# letters


def _documento(event: DocumentoEvent) -> Documento:
    return Documento.objects.select_related("tipo", "autor").get(pk=event.documento_id)


def _tell(
    documento: Documento,
    people: Iterable[User],
    notice: tuple,
    context: EventContext,
    *,
    key: str,
    category: str = Categoria.ESTADO,
) -> None:
    """
    Write to each of ``people`` and to who stands in for them, never to who did it themselves.

    ``key`` names the fact: the same one tells nobody twice. Of a document of a batch nobody is
    told: the batch says it once (``batch.subscribers``).
    """
    if (documento.origen or "").startswith(BATCH):
        return
    people = list(people)
    day = local_date(context.now)
    stand_ins = substitutes_of([person.pk for person in people], on=day) if people else ()
    boxes = notices.addresses([*people, *stand_ins])
    boxes.pop(context.actor.pk, None)
    if not boxes:
        return
    enqueue(
        clave=f"documento:{documento.pk}:{key}",
        evento="aviso_personal",
        canales=[Recipient(Canal.CORREO, box) for box in boxes.values()],
        idioma="es",
        variables=notices.variables_for(documento, notice, who=_name(context)),
        categoria=category,
        now=context.now,
        referencia=f"documento:{documento.pk}",
        sensible=documento.confidencial,
    )


def _name(context: EventContext) -> str:
    return str(context.actor) if isinstance(context.actor, User) else ""


def _key(event: DocumentoEvent, context: EventContext) -> str:
    return f"{event.event_type()}:{context.record.sequence}"


def on_submitted(event: DocumentoSubmitted, context: EventContext) -> None:
    """Each reviewer is asked."""
    if not event.revisores:
        return
    documento = _documento(event)
    # Its date is written after this fact, with the rest of the document.
    documento.vence_etapa = documento.revisiones.order_by("-pk").values_list("vence", flat=True)[0]
    people = User.objects.filter(pk__in=event.revisores)
    _tell(
        documento,
        people,
        notices.ASK_REVIEW,
        context,
        key=_key(event, context),
        category=Categoria.REQUERIMIENTO,
    )


def on_legal_approval(event: LegalApprovalRequested, context: EventContext) -> None:
    """Every lawyer: whoever comes first settles it."""
    documento = _documento(event)
    documento.vence_etapa = documento.revisiones.get(pk=event.revision_id).vence
    people = people_with_role(Rol.JURIDICO, on=local_date(context.now))
    _tell(
        documento,
        people,
        notices.ASK_APPROVAL,
        context,
        key=_key(event, context),
        category=Categoria.REQUERIMIENTO,
    )


def _tell_author(event: DocumentoEvent, context: EventContext, notice: tuple) -> None:
    documento = _documento(event)
    if documento.autor is not None:
        _tell(documento, [documento.autor], notice, context, key=_key(event, context))


def on_returned(event: DocumentoReturned, context: EventContext) -> None:
    """Who drafted it learns that the work is theirs again."""
    _tell_author(event, context, notices.RETURNED)


def on_frozen(event: DocumentoFrozen, context: EventContext) -> None:
    """Who drafted it must send it to be signed."""
    _tell_author(event, context, notices.READY)


def on_signing_begun(event: SigningBegun, context: EventContext) -> None:
    """The first in a series of signatures; all of them when the order does not matter."""
    _tell_next(event, context)


def on_signed(event: DocumentoSigned, context: EventContext) -> None:
    """In a series, whoever comes next."""
    if _documento(event).tipo.orden_firma == OrdenFirma.EN_ORDEN:
        _tell_next(event, context)


def _tell_next(event: DocumentoEvent, context: EventContext) -> None:
    documento = _documento(event)
    if documento.estado != EstadoDocumento.EN_FIRMA:
        return
    people = signers_in_turn(documento)
    _tell(
        documento,
        people,
        notices.YOUR_TURN,
        context,
        key=_key(event, context),
        category=Categoria.REQUERIMIENTO,
    )


def signers_in_turn(documento: Documento) -> list[User]:
    """The people whose signature is missing and who may put it now."""
    pending = documento.firmantes.filter(estado="pendiente").select_related("usuario")
    people = [row.usuario for row in pending]
    return people[:1] if documento.tipo.orden_firma == OrdenFirma.EN_ORDEN else people


def on_completed(event: DocumentoCompleted, context: EventContext) -> None:
    """Who drafted it learns that it is in force."""
    _tell_author(event, context, notices.SIGNED)


def on_cancelled(event: DocumentoCancelled, context: EventContext) -> None:
    """Who drafted it and whoever still had something to do with it."""
    documento = _documento(event)
    people = [documento.autor] if documento.autor is not None else []
    dropped = documento.revisiones.filter(
        estado="sin_efecto", resuelta_en=context.now, revisor__isnull=False
    )
    people += [row.revisor for row in dropped.select_related("revisor")]
    asked = documento.firmantes.filter(estado="pendiente", vence__isnull=False)
    people += [row.usuario for row in asked.select_related("usuario")]
    _tell(documento, people, notices.CANCELLED, context, key=_key(event, context))


REMINDERS = {
    "revision": notices.REMIND_REVIEW,
    "visto_bueno": notices.REMIND_REVIEW,
    "firma": notices.REMIND_SIGNATURE,
    "listo": notices.REMIND_READY,
    "notificacion": notices.REMIND_NOTICE,
}


def on_reminder(event: ReminderDue, context: EventContext) -> None:
    """A step is due, or late, and it was not said today."""
    documento = Documento.objects.select_related("tipo").get(pk=event.documento_id)
    if event.paso == "notificacion":
        documento.vence_etapa = documento.notificaciones.get(pk=event.fila).vence
    people = User.objects.filter(pk__in=event.personas)
    key = f"recordatorio:{event.paso}:{event.fila}:{local_date(context.now).isoformat()}"
    _tell(
        documento,
        people,
        REMINDERS[event.paso],
        context,
        key=key,
        category=Categoria.RECORDATORIO,
    )


HANDLERS = (
    (DocumentoSubmitted, on_submitted),
    (LegalApprovalRequested, on_legal_approval),
    (DocumentoReturned, on_returned),
    (DocumentoFrozen, on_frozen),
    (SigningBegun, on_signing_begun),
    (DocumentoSigned, on_signed),
    (DocumentoCompleted, on_completed),
    (DocumentoCancelled, on_cancelled),
    (ReminderDue, on_reminder),
)
