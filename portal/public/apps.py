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
        from .services import purge_loose_files

        subscribers.register()
        add_notice(closures)
        register_periodic("archivos_sueltos", 3600, lambda moment: purge_loose_files(now=moment))
