from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "tramites"
    verbose_name = "Peticiones ciudadanas"

    def ready(self) -> None:
        from . import subscribers, tasks

        subscribers.register()
        tasks.register()
