from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "portal.public"
    label = "public"
    verbose_name = _("Sitio ciudadano")

    def ready(self) -> None:
        from portal.core.periodic import register_periodic
        from portal.core.registry import add_notice

        from . import subscribers
        from .notices import closures
        from .services import (
            purge_codes,
            purge_drafts,
            purge_loose_files,
            seal_recent_receipts,
        )

        subscribers.register()
        add_notice(closures)
        register_periodic("acuses", 60, lambda moment: seal_recent_receipts(now=moment))
        register_periodic("archivos_sueltos", 3600, lambda moment: purge_loose_files(now=moment))
        register_periodic("borradores", 3600, lambda moment: purge_drafts(now=moment))
        register_periodic("codigos", 3600, lambda moment: purge_codes(now=moment))
