from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AjustesConfig(AppConfig):
    name = "tablero.ajustes"
    label = "tablero_ajustes"
    verbose_name = _("Ajustes")

    def ready(self) -> None:
        from portal.core.registry import Block, NavEntry, add_block, add_navigation

        from . import subscribers
        from .notices import calendar_block
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
        alarm = Block("tablero/ajustes/_alarma.html", calendar_block, order=1)
        add_block("tablero", alarm)
