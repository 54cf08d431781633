from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

HOURLY = 3600


class ActasConfig(AppConfig):
    name = "tablero.actas"
    label = "tablero_actas"
    verbose_name = _("Actas")

    def ready(self) -> None:
        from portal.core.periodic import register_periodic
        from portal.core.registry import NavEntry, add_navigation

        from . import subscribers
        from .policies import ActaPolicy
        from .services import remind_signers

        subscribers.register()
        register_periodic("actas-por-firmar", HOURLY, remind_signers)
        add_navigation(
            NavEntry(
                label=_("Actas"),
                url_name="actas:actas",
                icon="nota",
                group=_("Cabildo"),
                order=61,
                visible=lambda user: ActaPolicy(user).can_enter(),
            )
        )
