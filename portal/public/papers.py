"""The documents of a case as its pages list them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.documents.constants import EstadoDocumento
from tramites.models import Respuesta
from tramites.papers import ACUSE, act_of
from tramites.selectors import CaseDocument, PublicCase


def case_papers(case: PublicCase, llave: str) -> list[dict]:
    """Every document of the case, the receipt first: it is there as soon as it is asked for."""
    known = [paper_row(one, llave) for one in case.documentos]
    if not any(one.acto == ACUSE for one in case.documentos):
        known.insert(0, {"name": _("Acuse de recibo")})
    known[0]["url"] = reverse("public:acuse_pdf", args=[llave])
    return known


def answer_papers(case: PublicCase, answer: Respuesta, llave: str) -> list[dict]:
    """The document of one answer or resolution, if it left one."""
    return [paper_row(one, llave) for one in case.documentos if one.acto == act_of(answer)]


def paper_row(one: CaseDocument, llave: str = "") -> dict:
    """A row of ``components/papers.html``; without ``llave`` it has no address to download."""
    documento = one.documento
    if documento is None:
        return {"name": one.nombre, "pending": True}
    url = reverse("public:documento", args=[llave, documento.codigo]) if llave else ""
    return {
        "name": one.nombre,
        "url": url,
        "folio": documento.folio,
        "code": one.codigo,
        "when": documento.firmado_en,
        "verify": one.verificacion,
        "state": "" if documento.vigente else str(documento.get_estado_display()),
        "tone": "soon" if documento.estado == EstadoDocumento.SUSTITUIDO else "late",
        "heir": one.sustituto.folio if one.sustituto else "",
        "heir_url": (
            reverse("public:documento", args=[llave, one.sustituto.codigo])
            if one.sustituto and llave
            else ""
        ),
    }
