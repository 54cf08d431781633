"""``manage.py anclar``: signs the heads of the records by hand; the worker does it every night."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.anchors import anchor_heads, public_key_hex
from portal.core.time import now, today


class Command(BaseCommand):
    """Anchor a day that ended, yesterday by default."""

    help = "Firma las cabezas de los registros al cierre de un día (ayer, si no se indica otro)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fecha", help="AAAA-MM-DD")
        parser.add_argument(
            "--clave-publica", action="store_true", help="sólo imprime la clave pública"
        )

    def handle(self, *args, fecha: str | None = None, **options) -> None:
        if options["clave_publica"]:
            self.stdout.write(public_key_hex())
            return
        day = _day(fecha) if fecha else today() - dt.timedelta(days=1)
        if day >= today():
            raise CommandError("Sólo se ancla un día que ya terminó.")
        anchor = anchor_heads(fecha=day, now=now())
        if anchor is None:
            raise CommandError(f"El {day.isoformat()} u otro día posterior ya está anclado.")
        self.stdout.write(
            f"Ancla del {day.isoformat()}: {anchor.records} hechos en {anchor.streams} registros."
        )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError("--fecha debe ser una fecha, como 2026-03-06.") from None
