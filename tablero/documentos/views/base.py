"""What the pages of this room share."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy

from ..standing import with_waiting

LIVE_PATH = "/ws/tablero/documentos/"


def live_path(pk: int | None = None) -> str:
    """The socket of the lists, or of one document."""
    return f"{LIVE_PATH}?documento={pk}" if pk else LIVE_PATH


def visible_documento(user, pk: int) -> Documento:
    """
    The document with all its page shows of it.

    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    rows = (
        DocumentoPolicy(user)
        .visible()
        .select_related("tipo", "plantilla", "dependencia", "autor", "sustituye")
    )
    found = with_waiting(rows).filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos ese documento."))
    return found


def crumbs(documento: Documento | None = None, last: str = "") -> list[dict]:
    """Breadcrumb under «Documentos»."""
    lines = [{"label": _("Documentos"), "url": reverse("documentos:lista")}]
    if documento is not None:
        url = reverse("documentos:documento", args=[documento.pk])
        lines.append({"label": documento.folio or str(documento.tipo), "url": url})
    return [*lines, {"label": last}] if last else lines


def sign_url(documento: Documento) -> str:
    """Where the document is signed; empty in an install without that page."""
    try:
        return reverse("documentos:firmar", args=[documento.pk])
    except NoReverseMatch:
        return ""
