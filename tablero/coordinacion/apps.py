from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

HOURLY = 3600


class CoordinacionConfig(AppConfig):
    name = "tablero.coordinacion"
    label = "tablero_coordinacion"
    verbose_name = _("Coordinación")

    def ready(self) -> None:
        from portal.core.periodic import register_periodic
        from portal.core.registry import Block, NavEntry, add_block, add_navigation

        from . import subscribers
        from .my_day import my_day, opens_charges, waiting_of
        from .services import remind_charges

        subscribers.register()
        register_periodic("encargos-por-vencer", HOURLY, remind_charges)
        add_navigation(
            NavEntry(
                label=_("Encargos"),
                url_name="coordinacion:encargos",
                icon="lista",
                group=_("Coordinación"),
                order=55,
                visible=opens_charges,
                count=waiting_of,
            )
        )
        block = Block(template="tablero/coordinacion/_mi_dia.html", context=my_day, order=25)
        add_block("tablero", block)
