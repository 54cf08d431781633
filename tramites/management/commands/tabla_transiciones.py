from django.conf import settings
from django.core.management.base import BaseCommand

from tramites.transitions import DOCUMENT, transition_table


class Command(BaseCommand):
    help = "Muestra la tabla de transiciones; con --escribir la deja en docs/transiciones.md."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--escribir", action="store_true")

    def handle(self, *args, **options) -> None:
        if options["escribir"]:
            (settings.BASE_DIR / DOCUMENT).write_text(transition_table(), encoding="utf-8")
            return
        self.stdout.write(transition_table(), ending="")
