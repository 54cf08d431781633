"""Where vendors tell us what happened: signature first, kept once, answered fast."""

import json
import logging
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.core.access import webhook
from portal.core.text import storable
from portal.core.time import now

from . import conf
from .news import inbound_news, sendgrid_news, twilio_news
from .providers import sendgrid, twilio
from .services.inbound import receive_message
from .services.receipts import receive

logger = logging.getLogger("ventanilla.avisos")

_REPLIES = {
    "baja": _("Listo: ya no le enviaremos mensajes por aqui. Para volver, responda ALTA."),
    "alta": _("Listo: volvera a recibir avisos por aqui. Para dejarlos, responda BAJA."),
}

#: Largest callback read, in bytes.
MAX_BODY = 1_000_000


def _vendor(view):
    """POST only, without CSRF token, of a size we read; whoever is not a vendor learns nothing."""

    @webhook
    @csrf_exempt
    @require_POST
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return HttpResponse(status=400)
        if size > MAX_BODY:
            return HttpResponse(status=413)
        return view(request, *args, **kwargs)

    return inner


def _refused(vendor: str) -> HttpResponse:
    logger.warning("webhook_refused vendor=%s", vendor)
    return HttpResponse(status=403)


def _signed_by_twilio(request: HttpRequest) -> bool:
    url = f"{conf.webhook_base()}{request.get_full_path()}"
    return twilio.signature_is_valid(url, request.POST, request.headers)


@_vendor
def twilio_status(request: HttpRequest, envio_id, attempt: int) -> HttpResponse:
    """A message moved on. The ids are inside the signed address, so they cannot be forged apart."""
    if not _signed_by_twilio(request):
        return _refused("twilio")
    news = twilio_news(storable(request.POST.dict()), envio_id=str(envio_id), attempt=attempt)
    if news is not None:
        receive(news, now=now())
    return HttpResponse(status=204)


@_vendor
def twilio_inbound(request: HttpRequest) -> HttpResponse:
    """A person answered: STOP and its Spanish words are obeyed, the rest is not read."""
    if not _signed_by_twilio(request):
        return _refused("twilio")
    message = inbound_news(storable(request.POST.dict()))
    wish = receive_message(message, now=now()) if message is not None else ""
    document = twilio.reply_document(str(_REPLIES.get(wish, "")))
    return HttpResponse(document, content_type="text/xml")


@_vendor
def sendgrid_events(request: HttpRequest) -> HttpResponse:
    """A batch of events; each is kept on its own, so that a repeated batch changes nothing."""
    if not sendgrid.signature_is_valid(request.body, request.headers):
        return _refused("sendgrid")
    try:
        batch = storable(json.loads(request.body))
    except ValueError:
        return HttpResponse(status=400)
    for event in batch if isinstance(batch, list) else [batch]:
        news = sendgrid_news(event) if isinstance(event, dict) else None
        if news is not None:
            receive(news, now=now())
    return HttpResponse(status=204)
