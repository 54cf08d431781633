"""``manage.py crear_ca_prueba``: an authority to sign with, without outside services."""

import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core import time
from portal.documents.signing import test_authority
from portal.documents.signing.configuration import pki_folder

DAY = dt.timedelta(days=1)


class Command(BaseCommand):
    """Doing it again keeps what is there and renews the revocation lists."""

    help = "Crea la autoridad certificadora de prueba y, con --firmante, pares de prueba."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--firmante", action="append", default=[], help="nombre o usuario (se puede repetir)")
        add("--rfc", default="", help="RFC del firmante")
        add("--curp", default="", help="CURP del firmante")
        add("--contrasena", default="", help="contraseña de la llave; si falta, se inventa")
        add("--dias", type=int, default=test_authority.SIGNATORY_DAYS, help="días de vigencia")
        state = parser.add_mutually_exclusive_group()
        state.add_argument("--revocado", action="store_true", help="ya revocado")
        state.add_argument("--vencido", action="store_true", help="venció ayer")
        state.add_argument("--futuro", action="store_true", help="empieza a valer en un mes")

    def handle(self, *args, firmante: list[str], **options) -> None:
        """
        Make what is missing and say where it is.

        :raises CommandError: a term that is not one, or one RFC for several people.
        """
        if options["dias"] < 1:
            raise CommandError("--dias debe ser 1 o más.")
        if len(firmante) > 1 and (options["rfc"] or options["curp"]):
            raise CommandError("--rfc y --curp son de un solo firmante.")
        folder, now = pki_folder(), time.now()
        nombre = settings.MUNICIPIO["ayuntamiento"]
        test_authority.create_test_authority(folder, now, nombre=nombre)
        if options["verbosity"]:
            self.stdout.write(f"Autoridad de prueba lista en {folder}")
        for name in firmante:
            self._issue(folder, now, name, options)

    def _issue(self, folder, now: dt.datetime, name: str, options: dict) -> None:
        certificate, key, secret = test_authority.signatory_files(folder, name)
        if certificate.exists():
            self.stdout.write(f"{name}: ya tenía su par, {certificate}")
            return
        pair = test_authority.issue_signatory(
            folder,
            name=name,
            now=now,
            rfc=options["rfc"],
            curp=options["curp"],
            passphrase=options["contrasena"],
            since=_since(now, options),
            days=options["dias"],
        )
        test_authority.keep_signatory(folder, name, pair)
        if options["revocado"]:
            test_authority.revoke(folder, pair.serial, now)
        self.stdout.write(f"{name}: {certificate} y {key}; la contraseña está en {secret}")


def _since(now: dt.datetime, options: dict) -> dt.datetime:
    """First moment of validity: by default a day ago."""
    if options["vencido"]:
        return now - (options["dias"] + 1) * DAY
    return now + 30 * DAY if options["futuro"] else now - DAY
