"""SMS and WhatsApp through Twilio's official SDK, its codes, and the signature of its callbacks."""

import datetime as dt
from collections.abc import Mapping

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

from ..constants import Canal, Motivo, Resultado
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

_R, _M = Resultado, Motivo

#: Refinements of the HTTP status. Twilio splits codes now and then: an unknown one falls back to
#: the class of its status.
CODES = {
    "20003": (_R.CONFIGURACION, _M.CONFIGURACION),
    "20005": (_R.CONFIGURACION, _M.CONFIGURACION),
    "20429": (_R.REINTENTAR, _M.SATURADO),
    "21211": (_R.DIRECCION, _M.NUMERO_INVALIDO),
    "21212": (_R.CONFIGURACION, _M.CONFIGURACION),
    "21265": (_R.DIRECCION, _M.NUMERO_INVALIDO),
    # A country that is not enabled is met by one foreign number: it must not stop the channel.
    "21408": (_R.DIRECCION, _M.REGION),
    "21602": (_R.DEFECTO, _M.DEFECTO),
    "21603": (_R.CONFIGURACION, _M.CONFIGURACION),
    "21604": (_R.DIRECCION, _M.NUMERO_INVALIDO),
    "21606": (_R.CONFIGURACION, _M.CONFIGURACION),
    "21608": (_R.CONFIGURACION, _M.CONFIGURACION),
    "21610": (_R.BAJA, _M.BAJA),
    "21611": (_R.REINTENTAR, _M.SATURADO),
    "21612": (_R.DIRECCION, _M.NUMERO_INVALIDO),
    "21614": (_R.DIRECCION, _M.NUMERO_FIJO),
    "21617": (_R.DEFECTO, _M.DEFECTO),
    "21619": (_R.DEFECTO, _M.DEFECTO),
    "30001": (_R.REINTENTAR, _M.SATURADO),
    "30002": (_R.CONFIGURACION, _M.CONFIGURACION),
    "30003": (_R.REINTENTAR, _M.INALCANZABLE),
    "30004": (_R.POLITICA, _M.BLOQUEADO),
    "30005": (_R.DIRECCION, _M.NUMERO_INVALIDO),
    "30006": (_R.DIRECCION, _M.NUMERO_FIJO),
    "30007": (_R.POLITICA, _M.BLOQUEADO),
    "30008": (_R.REINTENTAR, _M.DESCONOCIDO),
    "63016": (_R.POLITICA, _M.VENTANA),
}

#: Vendor statuses after which more is to come.
IN_TRANSIT = frozenset(
    {"queued", "accepted", "scheduled", "sending", "sent", "partially_delivered"}
)


class TwilioProvider(Provider):
    """A client per call: no socket is shared between worker threads."""

    name = "twilio"
    can_find = True

    def __init__(self) -> None:
        if not (settings.TWILIO_ACCOUNT_SID and settings.TWILIO_AUTH_TOKEN):
            raise unconfigured()
        self._client = Client(
            settings.TWILIO_ACCOUNT_SID,
            settings.TWILIO_AUTH_TOKEN,
            http_client=TwilioHttpClient(timeout=settings.AVISOS_TIEMPO_LIMITE, max_retries=0),
        )
        if settings.TWILIO_BASE_URL:
            self._client.api.base_url = settings.TWILIO_BASE_URL

    def _send(self, message: Message) -> Receipt:
        fields = {
            "to": _address(message),
            "body": message.text,
            "status_callback": message.callback_url,
            "validity_period": max(6, min(36000, message.validity)),
            **_sender(message.channel),
        }
        created = self._call(lambda: self._client.messages.create(**fields))
        return Receipt(vendor_id=created.sid or "", http=201)

    def find(self, message: Message, *, since: dt.datetime) -> Receipt | None:
        """
        Look the message up by address and text: the vendor takes no reference of ours.

        Not by the day it was sent: one that waits in the vendor's queue has none yet.
        """
        listed = self._call(lambda: self._client.messages.list(to=_address(message), limit=50))
        for row in listed:
            made = row.date_created or since
            if row.body == message.text and made >= since - dt.timedelta(seconds=5):
                return Receipt(vendor_id=row.sid, delivered=row.status in ("delivered", "read"))
        return None

    def _call(self, function):
        try:
            return function()
        except TwilioException as error:
            raise self._classified(error) from None
        except requests.exceptions.ConnectTimeout:
            raise unreached() from None
        except requests.exceptions.ConnectionError as error:
            raise (unreached() if _never_connected(error) else unanswered()) from None
        except requests.exceptions.RequestException:
            raise unanswered() from None

    def _classified(self, error: TwilioException) -> ProviderError:
        status = getattr(error, "status", None)
        if not isinstance(status, int):
            return unanswered()
        code = str(getattr(error, "code", "") or "")
        # The exception carries no headers; the client keeps the answer it came from.
        last = self._client.http_client._test_only_last_response
        headers = (last.headers if last is not None else None) or {}
        return classify(status, code, seconds_of(headers.get("Retry-After")))


def classify(status: int, code: str, retry_after: float = 0.0) -> ProviderError:
    """By status first; the code refines a refusal (4xx) and never overrides a failure (5xx)."""
    if status == 429 or status >= 500 or code not in CODES:
        return by_http_status(status, code=code, retry_after=retry_after)
    outcome, motivo = CODES[code]
    return ProviderError(outcome, motivo, code=code, http=status, retry_after=retry_after)


def signature_is_valid(url: str, form: Mapping, headers: Mapping) -> bool:
    """Whether Twilio signed this callback to ``url`` (our public address, no fragment)."""
    signature = headers.get("X-Twilio-Signature", "")
    if not signature or not settings.TWILIO_AUTH_TOKEN:
        return False
    algorithm = get_signature_algorithm(headers.get("X-Twilio-Webhooks-Signature-Settings", ""))
    tokens = [settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_SECONDARY]
    try:
        return any(
            RequestValidator(token).validate(url, form, signature, algorithm)
            for token in tokens
            if token
        )
    except (TypeError, ValueError, UnicodeError):
        return False


def reply_document(text: str) -> str:
    """The answer to an inbound message: ``text``, or silence when it is empty."""
    response = MessagingResponse()
    if text:
        response.message(text)
    return str(response)


def _address(message: Message) -> str:
    return f"whatsapp:{message.to}" if message.channel == Canal.WHATSAPP else message.to


def _sender(channel: str) -> dict[str, str]:
    """A messaging service is preferred: it brings sender pool, opt-out and scheduling."""
    if channel == Canal.WHATSAPP:
        number = settings.TWILIO_WHATSAPP_FROM
        if not number:
            raise unconfigured()
        return {"from_": f"whatsapp:{number}"}
    if settings.TWILIO_MESSAGING_SERVICE_SID:
        return {"messaging_service_sid": settings.TWILIO_MESSAGING_SERVICE_SID}
    if not settings.TWILIO_FROM:
        raise unconfigured()
    return {"from_": settings.TWILIO_FROM}


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Whether the connection itself failed, so that nothing can have been processed."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}
