from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "documents"
    verbose_name = "Documentos"

    def ready(self) -> None:
        """Nothing waits for this application to start."""
