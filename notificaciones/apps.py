from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificacionesConfig(AppConfig):
    name = "notificaciones"
    verbose_name = _("Avisos")

    def ready(self) -> None:
        import_module("notificaciones.checks")
        import_module("notificaciones.subscribers").register()
        import_module("notificaciones.wiring").register()
