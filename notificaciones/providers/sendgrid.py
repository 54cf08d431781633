"""E-mail through SendGrid's official SDK, and the signature of its event webhook."""

import http.client
import json
import time
import urllib.error
from collections.abc import Mapping

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.eventwebhook import EventWebhook, EventWebhookHeader
from sendgrid.helpers.mail import (
    ClickTracking,
    Content,
    CustomArg,
    Email,
    Mail,
    OpenTracking,
    To,
    TrackingSettings,
)

from ..constants import Motivo, Resultado
from .base import (
    Message,
    Provider,
    ProviderError,
    Receipt,
    by_http_status,
    seconds_of,
    unanswered,
    unconfigured,
    unreached,
)


class SendGridProvider(Provider):
    """Only opaque ids travel as custom arguments: the vendor keeps them for good."""

    name = "sendgrid"

    def __init__(self) -> None:
        if not settings.SENDGRID_API_KEY:
            raise unconfigured()
        self._client = SendGridAPIClient(
            settings.SENDGRID_API_KEY, host=settings.SENDGRID_BASE_URL or "https://api.sendgrid.com"
        )
        self._client.client.timeout = settings.AVISOS_TIEMPO_LIMITE

    def _send(self, message: Message) -> Receipt:
        try:
            answer = self._client.send(_mail(message))
        except HTTPError as error:
            raise _classified(error) from None
        except urllib.error.URLError as error:
            raise _unreached_or_unanswered(error) from None
        except (OSError, http.client.HTTPException):
            raise unanswered() from None
        return Receipt(vendor_id=answer.headers.get("X-Message-Id") or "", http=answer.status_code)


def _mail(message: Message) -> Mail:
    mail = Mail(
        from_email=Email(settings.AVISOS_REMITENTE, settings.MUNICIPIO["ayuntamiento"]),
        to_emails=To(message.to),
        subject=message.subject,
    )
    mail.add_content(Content("text/plain", message.text))
    if message.html:
        mail.add_content(Content("text/html", message.html))
    mail.add_custom_arg(CustomArg("envio", message.envio_id))
    mail.add_custom_arg(CustomArg("intento", str(message.attempt)))
    # Rewritten links would carry a citizen's token through somebody else's server.
    tracking = TrackingSettings()
    tracking.click_tracking = ClickTracking(enable=False, enable_text=False)
    tracking.open_tracking = OpenTracking(enable=False)
    mail.tracking_settings = tracking
    return mail


def _classified(error: HTTPError) -> ProviderError:
    status = int(error.status_code)
    headers = error.headers or {}
    wait = seconds_of(headers.get("Retry-After"))
    reset = seconds_of(headers.get("X-RateLimit-Reset"))
    if not wait and reset:
        wait = max(0.0, reset - time.time())
    if status == 400 and _blames_address(error.body):
        return ProviderError(Resultado.DIRECCION, Motivo.BUZON, code="400", http=400)
    return by_http_status(status, code=str(status), retry_after=wait)


def _blames_address(body: bytes | str) -> bool:
    """Whether a 400 names the recipient's address among the fields it refuses."""
    try:
        errors = json.loads(body).get("errors", [])
    except (ValueError, AttributeError):
        return False
    return any(".to." in str(e.get("field") or "") for e in errors if isinstance(e, dict))


def _unreached_or_unanswered(error: urllib.error.URLError) -> ProviderError:
    """urllib wraps only what fails while connecting and writing the request."""
    if isinstance(error.reason, ConnectionResetError | BrokenPipeError | TimeoutError):
        return unanswered()
    return unreached()


def signature_is_valid(body: bytes, headers: Mapping) -> bool:
    """Whether SendGrid signed exactly these bytes; anything malformed is simply not signed."""
    signature = headers.get(EventWebhookHeader.SIGNATURE, "")
    timestamp = headers.get(EventWebhookHeader.TIMESTAMP, "")
    key = settings.SENDGRID_WEBHOOK_PUBLIC_KEY
    if not (signature and timestamp and key):
        return False
    try:
        return EventWebhook(key).verify_signature(body.decode(), signature, timestamp)
    except (TypeError, ValueError, UnicodeError, AttributeError, UnsupportedAlgorithm):
        return False
