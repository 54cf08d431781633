from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

MINUTELY = 60


class AcuerdosConfig(AppConfig):
    name = "tablero.acuerdos"
    label = "tablero_acuerdos"
    verbose_name = _("Acuerdos")

    def ready(self) -> None:
        from portal.core.periodic import register_periodic
        from portal.core.registry import add_navigation
        from tablero.actas.registry import add_vote_note

        from . import subscribers
        from .acta_notes import notes_for
        from .menu import entries
        from .services import seal_missing

        subscribers.register()
        add_vote_note(notes_for)
        register_periodic("acuerdos-sin-documento", MINUTELY, seal_missing)
        for entry in entries():
            add_navigation(entry)
