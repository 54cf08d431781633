"""Lines of the staff navigation for signing, the register, and the templates."""

from django.utils.translation import gettext_lazy as _

from portal.core.registry import NavEntry
from portal.documents.policies import DocumentoPolicy


def entries() -> list[NavEntry]:
    """In their order within the group."""
    group = _("Documentos")
    return [
        NavEntry(
            label=_("Firmar"),
            url_name="documentos:firmar_lote",
            icon="sello",
            group=group,
            order=44,
            visible=lambda user: DocumentoPolicy(user).staff.is_staff_member,
        ),
        NavEntry(
            label=_("Minutario"),
            url_name="documentos:minutario",
            icon="libro",
            group=group,
            order=46,
            visible=lambda user: DocumentoPolicy(user).can_read_register(),
        ),
        NavEntry(
            label=_("Plantillas"),
            url_name="documentos:plantillas",
            icon="ajustes",
            group=group,
            order=48,
            visible=lambda user: DocumentoPolicy(user).can_manage_templates(),
        ),
    ]
