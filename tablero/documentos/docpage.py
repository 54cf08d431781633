"""The page of a document as its template takes it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.time import today
from portal.documents.constants import (
    REVIEW_STATES,
    EstadoDocumento,
    EstadoFirmante,
    EstadoRevision,
)
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy
from portal.documents.rendering import LayoutError
from portal.documents.services.drafting import current_version, missing_signatories
from portal.documents.snapshot import grouped, printed_paragraphs, verification_url
from portal.documents.templating import Parrafo, read_values

from .acts import offered
from .copies.policies import CopiaPolicy
from .history import timeline_of
from .notifying.presenting import Notice
from .notifying.selectors import notices_of
from .preview import kept_pages
from .standing import Standing
from .views.base import sign_url

_E = EstadoDocumento
#: What may still be commented.
COMMENTED = (_E.BORRADOR, *REVIEW_STATES)
REVIEW_MARKS = {
    EstadoRevision.PENDIENTE: ("pausada", ""),
    EstadoRevision.APROBADA: ("en_tiempo", ""),
    EstadoRevision.DEVUELTA: ("vencida", ""),
    EstadoRevision.SIN_EFECTO: ("terminada", ""),
}


def standing_of(documento: Documento) -> Standing:
    """Where the document stands today."""
    return Standing(documento, today(), current_calendar())


def page_context(documento: Documento, user) -> dict:
    """Variables of ``_documento.html``."""
    policy = DocumentoPolicy(user)
    acts = offered(documento, policy)
    return {
        "d": documento,
        "paso": standing_of(documento),
        "actos": acts,
        "mas_actos": [act for act in acts if not act.main],
        "enlaces": _links(documento, policy),
        "faltas": _missing(documento, policy),
        "paginas": _pages(documento),
        "codigo": grouped(documento.codigo) if documento.folio else "",
        "verificacion": verification_url(documento.codigo) if documento.folio else "",
        "sustitutos": documento.sustitutos.filter(folio__isnull=False),
        "revisiones": _reviews(documento),
        "firmantes": _signers(documento),
        "parrafos": _commented(documento, user, policy),
        "historia": timeline_of(documento),
        "archivos": list(documento.archivos.all()),
        "notificaciones": _notices(documento),
        "puede_notificar": documento.vigente and policy.can_notify(documento),
    }


def _links(documento: Documento, policy: DocumentoPolicy) -> list[dict]:
    """Acts that have a page of their own: writing, signing, replacing."""
    found = []
    if documento.estado == _E.BORRADOR and policy.can_edit(documento):
        url = reverse("documentos:editar", args=[documento.pk])
        found.append({"label": _("Editar"), "url": url, "icon": "editar"})
    if documento.estado == _E.EN_FIRMA and policy.my_turn(documento):
        url = sign_url(documento)
        if url:
            line = {"label": _("Firmar"), "url": url, "icon": "editar", "primary": True}
            found.append(line)
    if documento.firmado_en is not None and CopiaPolicy(policy.actor).can_request():
        url = f"{reverse('documentos:copia_nueva')}?documento={documento.pk}"
        found.append({"label": _("Pedir copia certificada"), "url": url, "icon": "copiar"})
    if documento.vigente and policy.can_supersede(documento):
        url = reverse("documentos:redactar", args=[documento.tipo.clave])
        url = f"{url}?sustituye={documento.pk}"
        found.append({"label": _("Sustituir"), "url": url, "icon": "repetir"})
    return found


def _missing(documento: Documento, policy: DocumentoPolicy) -> list[str]:
    """What a draft lacks before it can be handed on."""
    if documento.estado != _E.BORRADOR or not policy.can_edit(documento):
        return []
    datos = current_version(documento).datos
    _values, faults = read_values(documento.plantilla.campos, datos, complete=True)
    lines = [line for lines in faults.values() for line in lines]
    lines += [
        _("Falta decir quién firma como %(post)s.") % {"post": post}
        for post in missing_signatories(documento)
    ]
    return lines


def _pages(documento: Documento) -> dict:
    """The addresses of the pictures of its pages, or why there are none."""
    try:
        count = len(kept_pages(documento))
    except LayoutError as error:
        return {"falla": str(error)}
    urls = [reverse("documentos:pagina", args=[documento.pk, n]) for n in range(1, count + 1)]
    return {"urls": [f"{url}?v={documento.cambios}" for url in urls]}


def _reviews(documento: Documento) -> list[dict]:
    """What reviewers of the version in hand were asked and answered; older versions after it."""
    rows = documento.revisiones.select_related("revisor", "version").order_by("-version", "pk")
    return [
        {
            "row": row,
            "who": str(row.revisor) if row.revisor_id else _("Área jurídica"),
            "status": REVIEW_MARKS[row.estado][0],
            "old": row.version.numero != documento.version,
        }
        for row in rows
    ]


def _notices(documento: Documento) -> list[Notice]:
    if documento.folio is None:
        return []
    day, calendar = today(), current_calendar()
    rows = notices_of(documento)
    for row in rows:
        row.documento = documento
    return [Notice(row, day, calendar) for row in rows]


def _signers(documento: Documento) -> list[dict]:
    """Every place to sign, with its signature; last, seals that nobody put in person."""
    places = documento.firmantes.select_related("usuario", "firma__en_suplencia_de")
    signed, rows = EstadoFirmante.FIRMO, []
    for place in places:
        firma = place.firma if place.estado == signed else None
        rows.append(
            {"cargo": place.cargo, "nombre": str(place.usuario), "vence": place.vence, "f": firma}
        )
    for firma in documento.firmas.filter(firmante__isnull=True):
        rows.append({"cargo": firma.cargo, "nombre": firma.nombre, "vence": None, "f": firma})
    return rows


def paragraphs_of(documento: Documento) -> list[Parrafo]:
    """The text, paragraph by paragraph: as it was frozen, or as it reads now."""
    if documento.contenido is not None:
        return [Parrafo(**row) for row in documento.contenido["parrafos"]]
    return printed_paragraphs(documento, current_version(documento), gaps=True)


def _commented(documento: Documento, user, policy: DocumentoPolicy) -> dict:
    """Every paragraph with its remarks, and the remarks on what is not in the text any more."""
    rows = list(documento.comentarios.select_related("autor", "atendido_por", "version"))
    may_edit = documento.estado in COMMENTED and policy.can_edit(documento)
    by_key: dict[str, list[dict]] = {}
    for row in rows:
        open_to = row.atendido_en is None and documento.estado in COMMENTED
        line = {"row": row, "settle": open_to and (may_edit or row.autor_id == user.pk)}
        by_key.setdefault(row.parrafo, []).append(line)
    parts = [{"p": p, "comments": by_key.pop(p.clave, [])} for p in paragraphs_of(documento)]
    return {
        "partes": parts,
        "otros": [line for lines in by_key.values() for line in lines],
        "abiertos": sum(row.atendido_en is None for row in rows),
        "comentar": documento.estado in COMMENTED and policy.can_comment(documento),
    }
