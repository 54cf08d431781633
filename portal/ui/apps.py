from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Components, template tags and static files; knows no domain and imports no model."""

    name = "portal.ui"
    label = "ui"
    verbose_name = _("Interfaz")

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)
