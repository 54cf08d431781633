from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CabildoConfig(AppConfig):
    name = "tablero.cabildo"
    label = "tablero_cabildo"
    verbose_name = _("Cabildo")

    def ready(self) -> None:
        from portal.core.registry import Block, add_block, add_navigation
        from portal.core.rule_kinds import register_rule_kind

        from .constants import ClaseRegla
        from .home import next_session
        from .menu import entries
        from .rules import read_majority, read_notice, read_quorum

        register_rule_kind(ClaseRegla.QUORUM.value, read_quorum)
        register_rule_kind(ClaseRegla.MAYORIA.value, read_majority)
        register_rule_kind(ClaseRegla.CONVOCATORIA.value, read_notice)
        for entry in entries():
            add_navigation(entry)
        block = Block(template="public/cabildo/_inicio.html", context=next_session, order=40)
        add_block("inicio", block)
