"""From a vendor's words to ours. Pure: what they send in, what it means out."""

import hashlib
import json
import uuid
from collections.abc import Mapping

from portal.core.errors import InvalidInputError
from portal.core.text import fold

from .constants import Canal, Estado, Motivo, Resultado
from .models import Supresion
from .phones import normalize
from .providers.twilio import CODES, IN_TRANSIT
from .services.inbound import InboundMessage
from .services.receipts import News

#: The vendor's own words in English, and what people in Mexico write.
_STOP = frozenset(
    {"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"}
    | {"alto", "baja", "cancelar", "salir"}
)
_START = frozenset({"start", "unstop", "alta"})
#: Parts of a callback that are a person's words.
_PRIVATE = frozenset({"Body"})
_MAX_RAW = 2000


def twilio_news(form: Mapping[str, str], *, envio_id: str, attempt: int) -> News | None:
    """What a status callback says, or ``None`` when it names no status."""
    status = form.get("MessageStatus") or form.get("SmsStatus") or ""
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    if not status or not sid:
        return None
    code = form.get("ErrorCode", "")
    estado, outcome, motivo = _twilio_meaning(status, code)
    return News(
        clave=f"twilio:{sid[:64]}:{status[:40]}",
        proveedor="twilio",
        tipo=status,
        crudo=_raw(form),
        envio_id=envio_id,
        attempt=attempt,
        vendor_id=sid[:120],
        estado=estado,
        outcome=outcome,
        motivo=motivo,
        code=code,
    )


def _twilio_meaning(status: str, code: str) -> tuple[str, str, str]:
    if status in IN_TRANSIT:
        return Estado.ACEPTADO, "", ""
    if status in ("delivered", "read"):
        return Estado.ENTREGADO, "", ""
    if status == "canceled":
        return Estado.CANCELADO, "", Motivo.DESCONOCIDO
    if status not in ("failed", "undelivered"):
        return "", "", ""
    outcome, motivo = CODES.get(code, (Resultado.REINTENTAR, Motivo.DESCONOCIDO))
    final = outcome in (Resultado.DIRECCION, Resultado.POLITICA, Resultado.DEFECTO)
    return Estado.FALLIDO_DEFINITIVO if final else Estado.FALLIDO_TEMPORAL, outcome, motivo


def inbound_news(form: Mapping[str, str]) -> InboundMessage | None:
    """A message from a person, or ``None`` when it comes from no number we can read."""
    sender, sid = form.get("From", ""), form.get("MessageSid", "")
    canal = Canal.WHATSAPP if sender.startswith("whatsapp:") else Canal.SMS
    try:
        number = normalize(sender.removeprefix("whatsapp:"))
    except InvalidInputError:
        return None
    if not sid:
        return None
    word = form.get("OptOutType", "").lower() or fold(form.get("Body", "")).strip(" .,;:!¡\"'")
    wish = "baja" if word in _STOP else "alta" if word in _START else ""
    return InboundMessage(
        clave=f"twilio-in:{sid[:64]}",
        canal=canal,
        numero=number,
        wish=wish,
        # With the vendor's own opt-out service it is the vendor who answers.
        answered=bool(form.get("OptOutType")),
        crudo=_raw(form),
    )


_SENDGRID = {
    "processed": (Estado.ACEPTADO, "", ""),
    "deferred": (Estado.ACEPTADO, "", ""),
    "delivered": (Estado.ENTREGADO, "", ""),
    "open": ("", "", ""),
    "click": ("", "", ""),
    "spamreport": ("", "", Supresion.Motivo.SPAM),
    "unsubscribe": ("", "", Supresion.Motivo.BAJA),
    "group_unsubscribe": ("", "", Supresion.Motivo.BAJA),
}


def sendgrid_news(event: Mapping) -> News | None:
    """What one event of the webhook says, or ``None`` when it names no kind."""
    kind = str(event.get("event") or "")
    if not kind:
        return None
    estado, motivo, suppress = _SENDGRID.get(kind) or _sendgrid_failure(kind, event)
    outcome = Resultado.DIRECCION if motivo == Motivo.BUZON else Resultado.POLITICA
    return News(
        clave=f"sendgrid:{_sendgrid_id(event)}",
        proveedor="sendgrid",
        tipo=kind,
        crudo=_raw(event),
        envio_id=_uuid(event.get("envio")),
        attempt=_number(event.get("intento")),
        vendor_id=str(event.get("sg_message_id") or "").partition(".")[0][:120],
        estado=estado,
        outcome=outcome if motivo else "",
        motivo=motivo,
        code=str(event.get("status") or "")[:20],
        suppress=suppress,
    )


def _sendgrid_failure(kind: str, event: Mapping) -> tuple[str, str, str]:
    """A blocked message may pass another day; a bounced mailbox does not exist."""
    reason = fold(str(event.get("reason") or ""))
    if kind == "bounce":
        if event.get("type") == "blocked":
            return Estado.FALLIDO_TEMPORAL, Motivo.BLOQUEADO, ""
        return Estado.FALLIDO_DEFINITIVO, Motivo.BUZON, ""
    if kind != "dropped":
        return "", "", ""
    if "unsubscribed" in reason:
        return Estado.SUPRIMIDO, Motivo.BAJA, Supresion.Motivo.BAJA
    if "spam" in reason:
        return Estado.SUPRIMIDO, Motivo.SPAM, Supresion.Motivo.SPAM
    if "bounced" in reason or "invalid" in reason:
        return Estado.FALLIDO_DEFINITIVO, Motivo.BUZON, ""
    return Estado.FALLIDO_DEFINITIVO, Motivo.BLOQUEADO, ""


def _sendgrid_id(event: Mapping) -> str:
    given = str(event.get("sg_event_id") or "")[:150]
    if given:
        return given
    body = json.dumps(event, sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()


def _raw(form: Mapping) -> dict[str, str]:
    """The callback as it came, without a person's words and without what would fill the disk."""
    kept = {k: str(v)[:_MAX_RAW] for k, v in list(form.items())[:60] if k not in _PRIVATE}
    return {key[:80].replace("\x00", ""): value.replace("\x00", "") for key, value in kept.items()}


def _uuid(value: object) -> str:
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return ""


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None
