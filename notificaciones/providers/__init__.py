"""The outside world of notices: one module per vendor behind one port. Chosen by settings."""

from django.conf import settings

from ..constants import Canal, Modo
from .base import Message, Provider, ProviderError, Receipt, unconfigured
from .embedded import EmbeddedProvider
from .sendgrid import SendGridProvider
from .smtp import SmtpProvider
from .twilio import TwilioProvider

__all__ = [
    "Message",
    "Provider",
    "ProviderError",
    "Receipt",
    "provider_name",
    "provider_named",
    "unconfigured",
]

_BY_NAME: dict[str, type[Provider]] = {
    provider.name: provider
    for provider in (EmbeddedProvider, TwilioProvider, SendGridProvider, SmtpProvider)
}


def provider_name(canal: str, modo: str) -> str:
    """Who carries ``canal`` when notices leave in ``modo``."""
    if modo == Modo.EMBEBIDO:
        return EmbeddedProvider.name
    if canal != Canal.CORREO:
        return TwilioProvider.name
    smtp = SmtpProvider.name == settings.AVISOS_PROVEEDOR_CORREO
    return SmtpProvider.name if smtp else SendGridProvider.name


def provider_named(name: str) -> Provider | None:
    """
    The provider called ``name``, or ``None`` if there is no such one any more.

    :raises ProviderError: its keys are missing.
    """
    found = _BY_NAME.get(name)
    return found() if found else None
