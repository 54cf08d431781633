"""What the citizen site asks the sender to send."""

from notificaciones.services import Recipient, enqueue
from portal.core.events import EventContext, subscribe

from .events import CodeIssued


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(CodeIssued, send_code)


def send_code(event: CodeIssued, context: EventContext) -> None:
    """A code goes to a contact that is not verified yet: that is what it is for."""
    enqueue(
        clave=f"codigo:{event.codigo_id}",
        evento="codigo_verificacion",
        canales=[Recipient(canal=event.canal, destino=event.destino, verificado=True)],
        idioma=event.idioma,
        variables={"codigo": event.codigo, "minutos": event.minutos},
        categoria="codigo",
        referencia="",
        sensible=True,
        now=context.now,
    )
