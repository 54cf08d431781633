from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharedConfig(AppConfig):
    name = "tablero.shared"
    label = "tablero_shared"
    verbose_name = _("Tablero")

    def ready(self) -> None:
        from portal.accounts.policies import StaffPolicy
        from portal.core.registry import NavEntry, add_navigation

        add_navigation(
            NavEntry(
                label=_("Mi día"),
                url_name="tablero:inicio",
                icon="calendario",
                group=_("Atención ciudadana"),
                order=5,
                visible=lambda user: StaffPolicy(user).is_staff_member,
            )
        )
