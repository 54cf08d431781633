"""Mail of the login system leaves through the outbox, as every other notice."""

from notificaciones.constants import Canal, Categoria
from notificaciones.services import Recipient, enqueue
from portal.accounts.events import AccountMailRequested
from portal.core.events import EventContext, subscribe


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(AccountMailRequested, deliver_account_mail)


def deliver_account_mail(event: AccountMailRequested, context: EventContext) -> None:
    """One e-mail; ``sensible``, because its link opens an account."""
    enqueue(
        clave=f"cuenta:{event.clave}",
        evento="aviso_personal",
        canales=[Recipient(Canal.CORREO, event.correo, True)],
        idioma="es",
        variables={"asunto": event.asunto, "texto": event.texto},
        categoria=Categoria.CODIGO,
        now=context.now,
        sensible=True,
    )
