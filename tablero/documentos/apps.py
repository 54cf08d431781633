from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: How often it is looked whether something is due, in seconds.
HOURLY, MINUTELY = 3600, 60


class DocumentosConfig(AppConfig):
    name = "tablero.documentos"
    label = "tablero_documentos"
    verbose_name = _("Documentos")

    def ready(self) -> None:
        from . import subscribers
        from .appointments import subscribers as appointment_subscribers
        from .batch import subscribers as batch_subscribers
        from .copies import subscribers as copy_subscribers
        from .notifying import subscribers as notice_subscribers

        _show()
        _keep_at_it()
        subscribers.register()
        notice_subscribers.register()
        copy_subscribers.register()
        batch_subscribers.register()
        appointment_subscribers.register()


def _show() -> None:
    """The room's lines of the navigation and its block on the staff home."""
    from portal.core.registry import Block, NavEntry, add_block, add_navigation

    from .menu import batch_entries
    from .my_day import my_day, opens_documents, waiting_of
    from .signing_menu import entries

    add_navigation(
        NavEntry(
            label=_("Documentos"),
            url_name="documentos:lista",
            icon="documento",
            group=_("Documentos"),
            order=41,
            visible=opens_documents,
            count=waiting_of,
        )
    )
    for entry in (*entries(), *batch_entries()):
        add_navigation(entry)
    block = Block(template="tablero/documentos/_mi_dia.html", context=my_day, order=20)
    add_block("tablero", block)


def _keep_at_it() -> None:
    """What the worker does for the room by itself."""
    from portal.core.actors import SYSTEM
    from portal.core.periodic import register_periodic
    from portal.documents.services.proofs import issue_missing_proofs

    from .appointments.services import alert_endings
    from .batch_tasks import sweep_batches
    from .reminders import remind

    register_periodic("documentos-recordatorios", HOURLY, remind)
    register_periodic("lotes", MINUTELY, sweep_batches)
    register_periodic("cargos", HOURLY, lambda now: alert_endings(actor=SYSTEM, now=now))
    register_periodic("constancias-de-notificacion", MINUTELY, issue_missing_proofs)
