"""What the pages of signing show: the text, whose turn it is, and what a signature means."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError
from portal.documents.constants import (
    STRENGTH,
    EstadoDocumento,
    EstadoFirmante,
    NivelFirma,
    OrdenFirma,
)
from portal.documents.models import Documento, Firma, Firmante
from portal.documents.policies import DocumentoPolicy
from portal.documents.rendering import LayoutError
from portal.documents.selectors.documentos import documentos_for

from .preview import kept_pages
from .views.base import crumbs

#: Documents offered to be signed together.
MOST = 300


@dataclass(frozen=True)
class Waiting:
    """A document that waits for the viewer. ``absent`` is whom they sign for, if not themselves."""

    documento: Documento
    absent: str

    @property
    def token(self) -> str:
        """The document with the text that is shown, as one value of a form."""
        return f"{self.documento.pk}:{self.documento.huella_contenido}"


def waiting_for(user) -> list[Waiting]:
    """What waits for the signature of ``user`` now, the oldest first, ``MOST`` at most."""
    policy = DocumentoPolicy(user)
    rows = documentos_for(user, tray="por_firmar").order_by("vence_etapa", "pk")
    rows = list(rows.defer("contenido", "busqueda").prefetch_related("firmantes__usuario")[:MOST])
    return [Waiting(row, _absent(row, user, policy)) for row in rows]


def _absent(documento: Documento, user, policy: DocumentoPolicy) -> str:
    """In a series of signatures only the next one counts, as in ``DocumentoPolicy.my_turn``."""
    pending = [p for p in documento.firmantes.all() if p.estado == EstadoFirmante.PENDIENTE]
    if documento.tipo.orden_firma == OrdenFirma.EN_ORDEN:
        pending = pending[:1]
    mine = [place for place in pending if place.usuario_id in policy.acting_as]
    if not mine or any(place.usuario_id == user.pk for place in mine):
        return ""
    return str(mine[0].usuario)


def sign_context(documento: Documento, user) -> dict:
    """Variables of the page on which a document is signed."""
    policy = DocumentoPolicy(user)
    turn = policy.my_turn(documento) if documento.estado == EstadoDocumento.EN_FIRMA else None
    level = documento.tipo.nivel_firma
    return {
        "d": documento,
        "turno": turn,
        "impedimento": "" if turn else why_not(documento, policy),
        "en_suplencia": turn.usuario if turn and turn.usuario_id != user.pk else None,
        "admite_rubrica": STRENGTH[level] <= STRENGTH[NivelFirma.RUBRICA],
        "paginas": page_pictures(documento),
        "firmantes": places(documento),
        "primera": not documento.folio,
        "puede_rechazar": turn is not None and not documento.folio,
        "migas": crumbs(documento, _("Firmar")),
    }


def why_not(documento: Documento, policy: DocumentoPolicy) -> str:
    """Why the viewer cannot sign now."""
    if documento.estado != EstadoDocumento.EN_FIRMA:
        line = _("El documento está en «%(state)s»: no se puede firmar.")
        return line % {"state": documento.get_estado_display()}
    pending = documento.firmantes.filter(estado=EstadoFirmante.PENDIENTE).select_related("usuario")
    if not any(place.usuario_id in policy.acting_as for place in pending):
        return _("Usted ya firmó este documento.")
    first: Firmante = pending[0]
    return _("Todavía no le toca firmar: falta la firma de %(name)s, %(post)s.") % {
        "name": first.usuario,
        "post": first.cargo,
    }


def page_pictures(documento: Documento) -> dict:
    """The addresses of the pictures of the pages, or why there are none."""
    if documento.contenido is None:
        return {"falla": _("El texto volvió a borrador.")}
    try:
        count = len(kept_pages(documento))
    except LayoutError as error:
        return {"falla": str(error)}
    urls = [reverse("documentos:pagina", args=[documento.pk, n]) for n in range(1, count + 1)]
    return {"urls": [f"{url}?v={documento.cambios}" for url in urls], "total": count}


def places(documento: Documento) -> list[dict]:
    """Every place to sign, in order, with the signature that was put."""
    rows = documento.firmantes.select_related("usuario", "firma").order_by("orden", "pk")
    return [
        {
            "cargo": row.cargo,
            "nombre": str(row.usuario),
            "firma": row.firma if row.estado == EstadoFirmante.FIRMO else None,
        }
        for row in rows
    ]


def signed_context(documento: Documento, firma: Firma, user) -> dict:
    """Variables of the page after signing: what was put, and what comes next."""
    pending = documento.firmantes.filter(estado=EstadoFirmante.PENDIENTE).select_related("usuario")
    others = waiting_for(user)
    return {
        "d": documento,
        "f": firma,
        "faltan": list(pending),
        "siguiente": others[0].documento if others else None,
        "por_firmar": len(others),
        "migas": crumbs(documento, _("Firmado")),
    }


def own_signature(documento: Documento, user) -> Firma:
    """
    The last signature that ``user`` put on the document.

    :raises ConflictError: none.
    """
    found = documento.firmas.filter(usuario=user).order_by("-pk").first()
    if found is None:
        raise ConflictError(_("Usted no ha firmado este documento."))
    return found
