"""E-mail through any SMTP server. No receipt ever comes back; a bounce arrives as mail."""

import smtplib
import socket

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from ..constants import Motivo, Resultado
from .base import Message, Provider, ProviderError, Receipt, unanswered, unreached

_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class SmtpProvider(Provider):
    """The server of EMAIL_HOST and its companions."""

    name = "smtp"

    def _send(self, message: Message) -> Receipt:
        connection = get_connection(_BACKEND, timeout=settings.AVISOS_TIEMPO_LIMITE)
        self._open(connection)
        identifier = f"<{message.envio_id}.{message.attempt}@{_domain()}>"
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            f"{settings.MUNICIPIO['ayuntamiento']} <{settings.AVISOS_REMITENTE}>",
            [message.to],
            headers={"Message-ID": identifier, "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPException as error:
            raise _classified(error) from None
        except OSError:
            raise unanswered() from None
        finally:
            _close(connection)
        return Receipt(vendor_id=identifier, final=True)

    def _open(self, connection) -> None:
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError:
            raise _refusal(535) from None
        except (OSError, smtplib.SMTPException):
            raise unreached() from None


def _close(connection) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        connection.connection = None


def _classified(error: smtplib.SMTPException) -> ProviderError:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return unanswered()
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        if code >= 500:
            return ProviderError(Resultado.DIRECCION, Motivo.BUZON, code=str(code))
        return ProviderError(Resultado.REINTENTAR, Motivo.SATURADO, code=str(code))
    return _refusal(getattr(error, "smtp_code", 554), sender=_blames_sender(error))


def _blames_sender(error: smtplib.SMTPException) -> bool:
    return isinstance(error, smtplib.SMTPSenderRefused)


def _refusal(code: int, *, sender: bool = False) -> ProviderError:
    """The class of an SMTP reply: 4xx passes, 530 to 538 and a refused sender are our account."""
    if code < 500:
        return ProviderError(Resultado.REINTENTAR, Motivo.SATURADO, code=str(code))
    if sender or 530 <= code <= 538:
        return ProviderError(Resultado.CONFIGURACION, Motivo.CONFIGURACION, code=str(code))
    return ProviderError(Resultado.POLITICA, Motivo.BLOQUEADO, code=str(code))


def _domain() -> str:
    return settings.AVISOS_REMITENTE.rpartition("@")[2] or socket.gethostname()
