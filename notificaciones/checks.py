"""Refusing to start in a way that would write to real people by accident, or to nobody at all."""

from django.conf import settings
from django.core import checks

from . import conf
from .constants import Modo


@checks.register("avisos")
def check_mode(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """The mode is known, and real sending only happens in production with DEBUG off."""
    value = settings.AVISOS_MODO.replace("-", "_")
    if value not in Modo.values:
        text = f"AVISOS_MODO={settings.AVISOS_MODO!r} is not one of {', '.join(Modo.values)}."
        return [checks.Error(text, id="avisos.E001")]
    if value == Modo.EMBEBIDO:
        return []
    found: list[checks.CheckMessage] = []
    if value == Modo.REAL and settings.DEBUG:
        found.append(checks.Error("AVISOS_MODO=real with DEBUG on.", id="avisos.E002"))
    if value == Modo.REAL and settings.PORTAL_ENV != "production":
        text = "AVISOS_MODO=real outside production: use lista_segura there."
        found.append(checks.Error(text, id="avisos.E003"))
    if value == Modo.LISTA_SEGURA and not settings.AVISOS_LISTA_SEGURA:
        text = "AVISOS_LISTA_SEGURA is empty: every notice would be held back."
        found.append(checks.Warning(text, id="avisos.W001"))
    return found + _missing_keys() + _unreachable()


def _missing_keys() -> list[checks.CheckMessage]:
    missing = [
        name
        for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "AVISOS_REMITENTE")
        if not getattr(settings, name)
    ]
    if not (settings.TWILIO_MESSAGING_SERVICE_SID or settings.TWILIO_FROM):
        missing.append("TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM")
    if settings.AVISOS_PROVEEDOR_CORREO == "sendgrid" and not settings.SENDGRID_API_KEY:
        missing.append("SENDGRID_API_KEY")
    if settings.AVISOS_PROVEEDOR_CORREO not in ("sendgrid", "smtp"):
        missing.append('AVISOS_PROVEEDOR_CORREO as "sendgrid" or "smtp"')
    if not missing:
        return []
    text = f"AVISOS_MODO={settings.AVISOS_MODO} needs {', '.join(missing)}."
    return [checks.Error(text, id="avisos.E004")]


def _unreachable() -> list[checks.CheckMessage]:
    if settings.PUBLIC_URL.startswith("https://"):
        return []
    text = "PUBLIC_URL is not https: vendors' receipts will not reach us safely."
    return [checks.Warning(text, id="avisos.W002")]


@checks.register("avisos")
def check_quiet_hours(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """The quiet hours read as two times."""
    try:
        conf.quiet_hours("sms")
        conf.quiet_hours("correo")
    except ValueError:
        text = "AVISOS_HORARIO_SILENCIO must look like 21:00-09:00, or be empty."
        return [checks.Error(text, id="avisos.E005")]
    return []
