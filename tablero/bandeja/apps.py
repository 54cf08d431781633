from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BandejaConfig(AppConfig):
    name = "tablero.bandeja"
    label = "tablero_bandeja"
    verbose_name = _("Bandeja")

    def ready(self) -> None:
        from portal.core.registry import Block, NavEntry, add_block, add_navigation
        from tramites.policies import PeticionPolicy

        from .counts import opens_cases, pending_of
        from .my_day import my_day

        group = _("Atención ciudadana")
        add_navigation(
            NavEntry(
                label=_("Bandeja"),
                url_name="bandeja:lista",
                icon="bandeja",
                group=group,
                order=20,
                visible=opens_cases,
                count=pending_of,
            )
        )
        add_navigation(
            NavEntry(
                label=_("Captura en ventanilla"),
                url_name="bandeja:captura",
                icon="captura",
                group=group,
                order=30,
                visible=lambda user: PeticionPolicy(user).can_capture(),
            )
        )
        add_block(
            "tablero", Block(template="tablero/bandeja/_mi_dia.html", context=my_day, order=10)
        )
