"""Rebuild the panel's counters from the cases."""

import time

from django.core.management.base import BaseCommand

from tablero.panel.services import recount


class Command(BaseCommand):
    help = "Reconstruye los conteos del panel a partir de los asuntos (tras importar, o por duda)."

    def handle(self, *args, **options) -> None:
        start = time.perf_counter()
        total = recount()
        self.stdout.write(f"{total} asuntos contados en {time.perf_counter() - start:.1f} s")
