from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelConfig(AppConfig):
    name = "tablero.panel"
    label = "tablero_panel"
    verbose_name = _("Panel")

    def ready(self) -> None:
        from portal.core.registry import NavEntry, add_navigation

        from . import subscribers
        from .policies import PanelPolicy

        subscribers.register()
        add_navigation(
            NavEntry(
                label=_("Panel"),
                url_name="panel:panel",
                icon="panel",
                group=_("Atención ciudadana"),
                order=10,
                visible=lambda user: PanelPolicy(user).can_view(),
            )
        )
