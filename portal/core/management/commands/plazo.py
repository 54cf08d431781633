"""``manage.py plazo``: any deadline from the command line, on the federal calendar, no database."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.clock import ClockError
from portal.core.clock.options import Plazo, PlazoOptions, plazo_from_options
from portal.core.clock.wording import full_date

ENGLISH = {
    "unrecognized arguments": "opción no reconocida",
    "expected one argument": "falta el valor",
    "argument": "opción",
    "ambiguous option": "opción ambigua",
    "could match": "puede ser",
}


class Command(BaseCommand):
    """Compute the last day of a term and explain it. Bad options exit with code 2."""

    help = "Calcula cuándo vence un plazo y por qué, con el calendario federal (LFT art. 74)."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name, subcommand, **kwargs) -> CommandParser:
        """The usual parser, whose complaints are one line in Spanish."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._refuse
        return parser

    def _refuse(self, message: str) -> None:
        for english, spanish in ENGLISH.items():
            message = message.replace(english, spanish)
        line = f"Revise las opciones: {message}."
        if not self._called_from_command_line:
            raise CommandError(line, returncode=2)
        self.stderr.write(line)
        sys.exit(2)

    def add_arguments(self, parser: CommandParser) -> None:
        """Values stay text here; ``portal.core.clock.options`` reads them."""
        add = parser.add_argument
        add("--desde", help="día del acto: AAAA-MM-DD; en horas, AAAA-MM-DDTHH:MM")
        add("--cantidad", help="cuántas unidades dura el plazo")
        add("--unidad", default="habiles", help="habiles, naturales, meses u horas")
        for option, shape in (
            ("--prevencion", "DESDE[:HASTA]: pausa desde la prevención hasta la respuesta"),
            ("--suspension", "DESDE:HASTA[:NOMBRE]: días inhábiles por acuerdo"),
            ("--inhabil", "FECHA[:NOMBRE]: un día inhábil más"),
            ("--habilitado", "FECHA: un día que sí cuenta"),
        ):
            add(option, action="append", default=[], help=f"{shape} (se puede repetir)")
        add("--efecto", default="suspende", help="de la prevención: suspende o interrumpe")
        add("--prorroga", help="unidades que se agregan, hasta la mitad del plazo")
        add("--zona", default="America/Mexico_City", help="zona horaria de los plazos en horas")
        add("--fundamento", default="", help="fundamento del plazo, para la explicación")
        add(
            "--recibido-habil",
            action="store_true",
            help="lo presentado en día inhábil se tiene por recibido el siguiente día hábil",
        )
        add("--json", action="store_true", dest="as_json", help="resultado en JSON")

    def handle(self, **options) -> None:
        """
        Print the result.

        :raises CommandError: with return code 2 and one line in Spanish, any bad option.
        """
        missing = [name for name in ("desde", "cantidad") if options[name] is None]
        if missing:
            names = " y ".join(f"--{name}" for name in missing)
            raise CommandError(f"Falta indicar {names}.", returncode=2)
        try:
            plazo = plazo_from_options(_read(options))
        except ClockError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["as_json"]:
            self.stdout.write(json.dumps(plazo.as_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_as_text(plazo))


def _read(options: dict) -> PlazoOptions:
    same = (
        "desde",
        "cantidad",
        "unidad",
        "efecto",
        "prorroga",
        "zona",
        "recibido_habil",
        "fundamento",
    )
    return PlazoOptions(
        **{name: options[name] for name in same},
        prevenciones=options["prevencion"],
        suspensiones=options["suspension"],
        inhabiles=options["inhabil"],
        habilitados=options["habilitado"],
    )


def _as_text(plazo: Plazo) -> str:
    due = plazo.deadline.vence
    heading = f"Vence: {full_date(due)}" if due else "En pausa: todavía no hay fecha de vencimiento"
    limit = f"Límite para prevenir: {full_date(plazo.limite_prevencion)}"
    return "\n".join([heading, limit, "", plazo.deadline.explicacion.as_text()])
