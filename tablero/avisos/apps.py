from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AvisosConfig(AppConfig):
    name = "tablero.avisos"
    label = "tablero_avisos"
    verbose_name = _("Bandeja de salida")

    def ready(self) -> None:
        from portal.core.registry import NavEntry, add_navigation

        from .policies import AvisoPolicy

        add_navigation(
            NavEntry(
                label=_("Bandeja de salida"),
                url_name="avisos:lista",
                icon="correo",
                group=_("Atención ciudadana"),
                order=40,
                visible=lambda user: AvisoPolicy(user).can_enter(),
            )
        )
