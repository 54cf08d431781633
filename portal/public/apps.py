from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "portal.public"
    label = "public"
    verbose_name = _("Sitio ciudadano")

    def ready(self) -> None:
        from portal.core.registry import add_notice

        from . import subscribers
        from .notices import closures

        subscribers.register()
        add_notice(closures)
