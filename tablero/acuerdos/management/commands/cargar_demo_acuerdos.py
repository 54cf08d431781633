"""``manage.py cargar_demo_acuerdos``: what the demo's acuerdos charged and published, once."""

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.core.time import now
from tablero.acuerdos.demo.play import play
from tablero.coordinacion.models import Encargo


class Command(BaseCommand):
    help = "Carga los encargos y la Gaceta de demostración si no hay ningún encargo."

    def handle(self, *args, **options) -> None:
        if settings.PRODUCTION or Encargo.objects.exists():
            return
        play(now())
        if options["verbosity"]:
            self.stdout.write(f"Encargos de demostración: {Encargo.objects.count()}")
