"""The documents of a case: listed on its page, and served to whoever sees it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.errors import NotFoundError
from portal.documents.constants import ClaseArchivo, EstadoDocumento
from portal.documents.services.files import last_file, read_file
from tramites.models import Peticion
from tramites.policies import PeticionPolicy
from tramites.selectors import CaseDocument, document_of_case


@staff_only
@require_safe
def documento(request: HttpRequest, folio: str, codigo: str) -> HttpResponse:
    """A signed or sealed document of a case, for the staff who see the case; a download."""
    case = PeticionPolicy(request.user).visible().filter(folio=folio).first()
    if case is None:
        raise NotFoundError(_("No encontramos ese documento."))
    found = document_of_case(case, codigo)
    content = read_file(last_file(found, ClaseArchivo.FIRMADO))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.folio}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def paper_rows(case: Peticion, documents: list[CaseDocument]) -> list[dict]:
    """The rows of ``components/papers.html``."""
    return [_row(case, one) for one in documents]


def _row(case: Peticion, one: CaseDocument) -> dict:
    if one.documento is None:
        return {"name": one.nombre, "pending": True}
    row = {
        "name": one.nombre,
        "url": _address(case, one.documento.codigo),
        "folio": one.documento.folio,
        "when": one.documento.firmado_en,
        "verify": one.verificacion,
        "state": "" if one.documento.vigente else str(one.documento.get_estado_display()),
        "tone": "soon" if one.documento.estado == EstadoDocumento.SUSTITUIDO else "late",
    }
    if one.sustituto is not None:
        row |= {
            "heir": one.sustituto.folio,
            "heir_url": _address(case, one.sustituto.codigo),
        }
    return row


def _address(case: Peticion, codigo: str) -> str:
    return reverse("bandeja:documento", args=[case.folio, codigo])
