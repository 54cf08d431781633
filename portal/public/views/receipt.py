"""The receipt: what was filed, when, and by when it must be answered."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.time import now as read_clock
from portal.ui.dates import date_time

from ..constants import DRAFT_COOKIE, RECEIPT_HOURS
from ..follow_access import case_for
from ..qr import qr_svg
from ..receipt_pdf import receipt_pdf
from ..selectors.drafts import draft_of
from ..selectors.receipts import Receipt, receipt_of
from ..services import receipt_pin
from ..telling import after_filing
from .common import asks_pin, crumbs, private


@public
@require_safe
@asks_pin
def receipt(request: HttpRequest, llave: str) -> HttpResponse:
    """Folio, deadline with its working and what follows; the PIN only where it was just filed."""
    moment = read_clock()
    peticion = case_for(request, llave)
    it = receipt_of(peticion, now=moment)
    context = {
        "migas": crumbs((_("Su folio"), "")),
        "acuse": it,
        "peticion": peticion,
        "pin": _pin(request, peticion, moment),
        "hechos": _facts(it),
        "siguientes": after_filing(it.dependencia, it.recibida_en, it.vence),
        "qr": qr_svg(it.seguimiento_url, label=_("Código QR para seguir su asunto")),
        "acciones": [
            {
                "label": _("Descargar acuse (PDF)"),
                "url": reverse("public:acuse_pdf", args=[llave]),
                "icon": "descargar",
                "primary": True,
            },
            {"label": _("Imprimir"), "url": "#", "icon": "imprimir", "print": True},
            {
                "label": _("Seguir mi folio"),
                "url": reverse("public:seguimiento_caso", args=[llave]),
                "icon": "folio",
            },
        ],
        "llave": llave,
    }
    return private(render(request, "public/acuse.html", context))


def _pin(request: HttpRequest, peticion, moment: dt.datetime) -> str:
    """The PIN, for the browser that filed and for some hours only."""
    draft = draft_of(request.COOKIES.get(DRAFT_COOKIE), now=moment)
    if draft is None or draft.peticion_id != peticion.pk:
        return ""
    if moment - peticion.recibida_en > dt.timedelta(hours=RECEIPT_HOURS):
        return ""
    return receipt_pin(draft)


def _facts(it: Receipt) -> list[dict]:
    rows = [
        (_("Enviado"), date_time(it.recibida_en, seconds=True)),
        (_("Asunto"), it.asunto),
        (_("Lugar"), it.lugar),
        (_("Lo atiende"), it.dependencia),
        (_("Archivos"), "\n".join(archivo.nombre for archivo in it.archivos)),
    ]
    return [{"label": label, "value": str(value)} for label, value in rows if value]


@public
@require_safe
@asks_pin
def receipt_file(request: HttpRequest, llave: str) -> HttpResponse:
    """The same as a PDF/A, without the PIN: paper is left on desks."""
    peticion = case_for(request, llave)
    content = receipt_pdf(receipt_of(peticion, now=read_clock()))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"acuse-{peticion.folio}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
