"""``manage.py cargar_demo``: the fictional municipality, once."""

import datetime as dt

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Dependencia
from portal.core.planner import refresh_statistics
from portal.core.time import now, today
from tramites.demo import reference
from tramites.demo.accounts import demo_password
from tramites.demo.play import Stage


class Command(BaseCommand):
    help = "Carga el municipio de demostración si la base está vacía."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--casos", type=int, default=400, help="cuántos casos (400)")

    def handle(self, *args, **options) -> None:
        if Dependencia.objects.exists():
            return
        if options["verbosity"]:
            self.stdout.write("Cargando el municipio de demostración…")
        with transaction.atomic():
            self._load(options["casos"])
        # Rooms above this wing bring their own part, by the name of their command.
        call_command("cargar_demo_documentos", verbosity=0)
        call_command("cargar_demo_cabildo", verbosity=0)
        call_command("cargar_demo_acuerdos", verbosity=0)
        # The notices of those months were read long ago; the queue is for what happens from now on.
        call_command("avisos_historia", verbosity=0)
        refresh_statistics()

    def _load(self, count: int) -> None:
        moment, day = now(), today()
        since = dt.date(day.year - 1, 1, 1)
        opening = moment - dt.timedelta(days=120)
        years = (day.year - 1, day.year, day.year + 1)
        offices = reference.load_offices()
        reference.load_staff(offices, password=demo_password(), since=since)
        reference.load_calendar(years=years, now=opening)
        reference.load_rules(since=since, now=opening)
        reference.load_places()
        reference.load_catalogue(offices)
        stage = Stage(today=day, now=moment, zone=timezone.get_default_timezone())
        stage.play_all(count)
