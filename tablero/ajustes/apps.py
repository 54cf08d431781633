from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AjustesConfig(AppConfig):
    name = "tablero.ajustes"
    label = "tablero_ajustes"
    verbose_name = _("Ajustes")

    def ready(self) -> None:
        from portal.core.registry import NavEntry, add_navigation, add_notice

        from . import subscribers
        from .notices import calendar_notice
        from .policies import SettingsPolicy

        subscribers.register()
        add_navigation(
            NavEntry(
                label=_("Ajustes"),
                url_name="ajustes:inicio",
                icon="ajustes",
                group=_("Administración"),
                order=900,
                visible=lambda user: SettingsPolicy(user).can_enter(),
            )
        )
        add_notice(calendar_notice)
