from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "Núcleo"

    def ready(self) -> None:
        from .anchors import anchor_yesterday
        from .health import KERNEL_CHECKS, register_check
        from .periodic import register_periodic
        from .planner import refresh_statistics
        from .worker import prune_finished

        # Hourly, because whoever is off at midnight must not miss the day.
        register_periodic("ancla", 3600, anchor_yesterday)
        register_periodic("tareas_terminadas", 24 * 3600, prune_finished)
        register_periodic("estadisticas", 24 * 3600, refresh_statistics)
        for name, check in KERNEL_CHECKS.items():
            register_check(name, check)
