"""``manage.py cargar_demo_documentos``: documents of the demo municipality, once."""

import datetime as dt

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from portal.core.time import now
from portal.documents.models import Documento
from tablero.documentos.demo.play import Stage
from tablero.documentos.demo.signers import make_signers
from tramites.demo.accounts import demo_password

#: The pairs of the demo are good from before its first signature.
OPENING = dt.timedelta(days=120)


class Command(BaseCommand):
    """Needs the people of ``cargar_demo``; makes a test authority to sign with."""

    help = "Carga los documentos de demostración si no hay ninguno redactado a mano."

    def handle(self, *args, **options) -> None:
        call_command("cargar_tipos_documento", verbosity=0)
        if settings.PRODUCTION or Documento.objects.filter(tipo__automatico=False).exists():
            return
        moment, password = now(), demo_password()
        name = settings.MUNICIPIO["ayuntamiento"]
        make_signers(since=moment - OPENING, name=name, passphrase=password)
        with transaction.atomic():
            count = Stage(now=moment, password=password).play_all()
        # Those letters were read long ago; the queue is for what happens from now on.
        call_command("avisos_historia", verbosity=0)
        if options["verbosity"]:
            self.stdout.write(f"Documentos de demostración: {count}")
