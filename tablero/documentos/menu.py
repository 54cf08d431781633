"""Lines of the staff navigation for notifications, batches, copies and posts."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.policies import StaffPolicy
from portal.core.registry import NavEntry

from .batch_policies import LotePolicy


def batch_entries() -> list[NavEntry]:
    """In their order within the group."""
    group = _("Documentos")
    return [
        NavEntry(
            label=_("Lotes"),
            url_name="documentos:lotes",
            icon="acumular",
            group=group,
            order=45,
            visible=lambda user: LotePolicy(user).can_enter(),
        ),
        NavEntry(
            label=_("Notificaciones"),
            url_name="documentos:notificaciones",
            icon="campana",
            group=group,
            order=44,
            visible=lambda user: StaffPolicy(user).is_staff_member,
        ),
        NavEntry(
            label=_("Copias certificadas"),
            url_name="documentos:copias",
            icon="copiar",
            group=group,
            order=46,
            visible=lambda user: StaffPolicy(user).is_staff_member,
        ),
        NavEntry(
            label=_("Cargos"),
            url_name="documentos:cargos",
            icon="personas",
            group=group,
            order=47,
            visible=lambda user: StaffPolicy(user).is_staff_member,
        ),
    ]
