"""``manage.py avisos_barrer``: what the worker does every minute, by hand."""

from django.core.management.base import BaseCommand

from notificaciones.services.sweeping import sweep
from portal.core.time import now


class Command(BaseCommand):
    help = "Repara la bandeja de salida: arriendos vencidos, dudas, tareas perdidas y acuses."

    def handle(self, *args, **options) -> None:
        for step, count in sweep(clock=now).items():
            self.stdout.write(f"{step}: {count}")
