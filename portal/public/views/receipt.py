"""The receipt: what was filed, when, and by when it must be answered."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.time import now as read_clock
from portal.documents.constants import ClaseArchivo
from portal.documents.qr import qr_svg
from portal.documents.sealing import can_seal
from portal.documents.services.files import last_file, read_file
from portal.ui.dates import date_time
from tramites.selectors.documents import CaseDocument

from ..catalogue import lang
from ..constants import DRAFT_COOKIE, RECEIPT_HOURS
from ..follow_access import case_for
from ..papers import paper_row
from ..receipt_pdf import translated_receipt, unsealed_receipt
from ..selectors.drafts import draft_of
from ..selectors.receipts import Receipt, receipt_of
from ..services import receipt_document, receipt_if_possible, receipt_pin
from ..tasks import seal_receipt_soon
from ..telling import after_filing
from .common import asks_pin, crumbs, pdf_response, private


@public
@require_safe
@asks_pin
def receipt(request: HttpRequest, llave: str) -> HttpResponse:
    """Folio, deadline with its working and what follows; the PIN only where it was just filed."""
    moment = read_clock()
    peticion = case_for(request, llave)
    it = receipt_of(peticion, now=moment)
    sealed = receipt_document(peticion)
    if sealed is None:
        seal_receipt_soon(peticion.pk)
    context = {
        "migas": crumbs((_("Su folio"), "")),
        "acuse": it,
        "peticion": peticion,
        "pin": _pin(request, peticion, moment),
        "hechos": _facts(it),
        "siguientes": after_filing(it.dependencia, it.recibida_en, it.vence),
        "qr": qr_svg(it.seguimiento_url, label=_("Código QR para seguir su asunto")),
        "acciones": _actions(llave),
        "sello": sealed and paper_row(CaseDocument(acto="acuse", tipo="acuse", documento=sealed)),
        "habra_sello": sealed is not None or can_seal(),
        "live_path": "" if sealed else f"/ws/seguimiento/{llave}/",
        "llave": llave,
    }
    return private(render(request, "public/acuse.html", context))


def _actions(llave: str) -> list[dict]:
    rows = [
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
    ]
    if lang() != "es":
        url = reverse("public:acuse_traduccion", args=[llave])
        label = _("Traducción de cortesía (PDF)")
        rows.insert(1, {"label": label, "url": url, "icon": "documento"})
    return rows


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
    """
    The sealed document, made now if it was not yet; a plain one while the house cannot seal.

    Neither says the PIN: paper is left on desks.
    """
    peticion, moment = case_for(request, llave), read_clock()
    sealed = receipt_if_possible(peticion=peticion, now=moment)
    if sealed is not None:
        content = read_file(last_file(sealed, ClaseArchivo.FIRMADO))
    else:
        content = unsealed_receipt(receipt_of(peticion, now=moment), peticion.dependencia)
    return pdf_response(content, f"acuse-{peticion.folio}.pdf")


@public
@require_safe
@asks_pin
def translation(request: HttpRequest, llave: str) -> HttpResponse:
    """The receipt in the language of the page; in that of the house it is the receipt itself."""
    if lang() == "es":
        return receipt_file(request, llave)
    peticion = case_for(request, llave)
    content = translated_receipt(receipt_of(peticion, now=read_clock()), peticion.dependencia)
    return pdf_response(content, f"acuse-{peticion.folio}-{lang()}.pdf")
