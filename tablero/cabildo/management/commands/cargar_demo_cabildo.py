"""``manage.py cargar_demo_cabildo``: the Cabildo of the demo municipality, once."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from portal.core.time import now
from tablero.cabildo.demo.play import Stage
from tablero.cabildo.models import Organo


class Command(BaseCommand):
    help = "Carga el Cabildo de demostración si no hay ningún órgano."

    def handle(self, *args, **options) -> None:
        if settings.PRODUCTION or Organo.objects.exists():
            return
        with transaction.atomic():
            Stage(now=now()).play()
        if options["verbosity"]:
            self.stdout.write(f"Órganos de demostración: {Organo.objects.count()}")
