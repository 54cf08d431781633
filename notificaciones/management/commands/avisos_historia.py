"""``manage.py avisos_historia``: notices of a demonstration loaded with its past."""

from django.core.management.base import BaseCommand

from notificaciones.services.history import settle_history
from portal.core.time import now


class Command(BaseCommand):
    help = "Da por entregados, en su fecha, los avisos embebidos de hace más de una hora."

    def handle(self, *args, **options) -> None:
        count = settle_history(now=now())
        if options["verbosity"]:
            self.stdout.write(f"{count} avisos anteriores, puestos al día.")
