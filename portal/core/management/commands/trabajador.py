"""``manage.py trabajador``: the background worker as a process of its own."""

import signal
import threading

from django.core.management.base import BaseCommand

from portal.core.worker import run_worker


class Command(BaseCommand):
    """Run tasks and periodic work until SIGTERM or Ctrl-C; the task at hand is finished."""

    help = "Atiende las tareas en segundo plano y las periódicas hasta que se le detiene."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()

        def ask_to_stop(signum, frame) -> None:
            # A second signal ends the process at once.
            signal.signal(signum, signal.SIG_DFL)
            stop.set()

        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, ask_to_stop)
        self.stdout.write("Trabajador en marcha.")
        run_worker(stop)
        self.stdout.write("Trabajador detenido.")
