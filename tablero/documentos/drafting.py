"""Which kinds a person may begin, and what a new document starts with."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from portal.accounts.policies import StaffPolicy
from portal.accounts.selectors import active_offices, people_of_office
from portal.core.errors import NotAllowedError, NotFoundError
from portal.documents.models import Documento, PlantillaDocumento, TipoDocumento
from portal.documents.policies import DocumentoPolicy
from portal.documents.services.drafting import current_version, template_in_force

#: The place of a template whose holder is the head of the office that issues.
HEAD = "titular"


def kinds_for(user) -> list[TipoDocumento]:
    """The kinds a person may begin, with a template in force, by name."""
    policy = DocumentoPolicy(user)
    rows = TipoDocumento.objects.filter(activo=True, automatico=False, plantillas__vigente=True)
    return [kind for kind in rows.order_by("nombre") if policy.can_draft(kind)]


def may_draft_something(user) -> bool:
    """Whether there is any kind the person may begin."""
    return bool(kinds_for(user))


def grouped_kinds(user) -> list[dict]:
    """The kinds under the series of the archive each belongs to."""
    groups: dict[str, list[TipoDocumento]] = {}
    for kind in kinds_for(user):
        groups.setdefault(kind.serie_archivo or _("Otros"), []).append(kind)
    return [{"name": name, "kinds": groups[name]} for name in sorted(groups)]


def kind_to_draft(user, clave: str) -> tuple[TipoDocumento, PlantillaDocumento]:
    """
    A kind and its template in force.

    :raises NotFoundError: there is no such kind.
    :raises NotAllowedError: it is not for this person to begin.
    :raises ConflictError: it has no template in force.
    """
    kind = TipoDocumento.objects.filter(clave=clave).first()
    if kind is None:
        raise NotFoundError(_("No encontramos ese tipo de documento."))
    if not DocumentoPolicy(user).can_draft(kind):
        raise NotAllowedError(_("No tiene permiso para redactar ese tipo de documento."))
    return kind, template_in_force(kind)


def offices_for(user, kind: TipoDocumento) -> list[Dependencia]:
    """The active offices in whose name the person may draft it, their own first."""
    allowed = DocumentoPolicy(user).drafting_offices(kind)
    own = [post.dependencia_id for post in StaffPolicy(user).posts]
    rows = active_offices().filter(pk__in=sorted(allowed))
    return sorted(rows, key=lambda row: (own.index(row.pk) if row.pk in own else 99, row.nombre))


def suggested_signatories(
    template: PlantillaDocumento, office_id: int, *, on: dt.date
) -> dict[str, int]:
    """Who would sign in the place of the office's head."""
    if HEAD not in {place["clave"] for place in template.firmantes}:
        return {}
    head = people_of_office(office_id, on=on, roles=(Rol.TITULAR,)).first()
    return {HEAD: head.pk} if head else {}


def values_of(documento: Documento) -> dict:
    """What the version in hand says, as a form begins with it."""
    version = current_version(documento)
    return {
        "asunto": documento.asunto,
        "destinatario": documento.destinatario,
        "confidencial": documento.confidencial,
        "datos": version.datos,
        "clausulas": version.clausulas,
        "firmantes": dict(documento.firmantes.values_list("clave", "usuario_id")),
    }


def copied_to(template: PlantillaDocumento, values: Mapping) -> dict:
    """``values`` of another document, without what this template does not have."""
    fields = {campo["clave"] for campo in template.campos}
    clauses = {clause["clave"] for clause in template.clausulas}
    places = {place["clave"] for place in template.firmantes}
    return {
        **values,
        "datos": {k: v for k, v in values["datos"].items() if k in fields},
        "clausulas": {k: v for k, v in values["clausulas"].items() if k in clauses},
        "firmantes": {k: v for k, v in values["firmantes"].items() if k in places},
    }
