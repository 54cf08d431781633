"""The letter that carries an electronic notification."""

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.core.events import EventContext, subscribe
from portal.documents.events import NotificationSent
from portal.documents.models import NotificacionDocumento

from .links import receive_url


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(NotificationSent, write)


def write(event: NotificationSent, context: EventContext) -> None:
    """Kind and folio only: a letter is read by others; what it is about is behind the link."""
    row = NotificacionDocumento.objects.select_related("documento__tipo").get(
        pk=event.notificacion_id
    )
    enqueue(
        clave=f"notificacion:{row.pk}:{context.record.sequence}",
        evento="documento_notificado",
        canales=[Recipient(Canal.CORREO, row.correo)],
        idioma="es",
        variables={
            "documento_nombre": f"{row.documento.tipo} {row.documento.folio}",
            "enlace": receive_url(row),
        },
        categoria=Categoria.REQUERIMIENTO,
        now=context.now,
        referencia=f"documento:{row.documento_id}",
        sensible=row.documento.confidencial,
    )
