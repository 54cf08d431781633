"""``manage.py verificar_cadena``: verifies every record and names the first broken link."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.verification import Verification, verify


class Command(BaseCommand):
    """Exits with 1 when a link is broken; ``--json`` prints the result as data."""

    help = "Verifica la cadena de hechos de todos los registros y nombra el primer eslabón roto."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--flujo", help="un solo registro, por ejemplo peticion:41")
        parser.add_argument("--json", action="store_true", help="imprime el resultado como datos")

    def handle(self, *args, flujo: str | None = None, **options) -> None:
        result = verify(flujo)
        if flujo is not None and result.integra and not result.registros:
            raise CommandError(f"No hay registro «{flujo}». Se escribe, por ejemplo, peticion:41.")
        if options["json"]:
            self.stdout.write(json.dumps(result.as_data(), ensure_ascii=False))
        elif result.integra:
            self.stdout.write(_summary(result))
        if not result.integra:
            link = result.rota
            raise CommandError(f"Cadena rota en {link.stream}#{link.sequence}: {link.texto}.")


def _summary(result: Verification) -> str:
    anchors = f"; {result.anclas} anclas concuerdan" if result.anclas else "; sin anclas todavía"
    return f"{result.hechos} hechos en {result.registros} registros, íntegros{anchors}."
