"""The outside world of notices: one module per vendor behind one port. Chosen by settings."""

from django.conf import settings

from ..constants import Canal, Modo
from .base import Message, Provider, ProviderError, Receipt
from .embedded import EmbeddedProvider
from .sendgrid import SendGridProvider
from .smtp import SmtpProvider
from .twilio import TwilioProvider

__all__ = ["Message", "Provider", "ProviderError", "Receipt", "provider_for", "provider_named"]

_BY_NAME: dict[str, type[Provider]] = {
    provider.name: provider
    for provider in (EmbeddedProvider, TwilioProvider, SendGridProvider, SmtpProvider)
}


def provider_for(canal: str, modo: str) -> Provider:
    """The provider that carries ``canal`` when notices leave in ``modo``."""
    if modo == Modo.EMBEBIDO:
        return EmbeddedProvider()
    if canal != Canal.CORREO:
        return TwilioProvider()
    return SmtpProvider() if settings.AVISOS_PROVEEDOR_CORREO == "smtp" else SendGridProvider()


def provider_named(name: str) -> Provider | None:
    """The provider that once took a notice, or ``None`` if there is no such one any more."""
    found = _BY_NAME.get(name)
    return found() if found else None
