"""``manage.py importar_casos FILE.csv[.gz] --mapa MAP.toml``: historical cases, in one pass."""

import csv
import gzip
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.actors import SystemActor
from portal.core.errors import DomainError
from portal.core.planner import refresh_statistics
from portal.core.time import now
from tramites.importing.mapping import ImportMap, read_map
from tramites.importing.rows import CaseRow, RowReader, RowRefusedError
from tramites.models import Servicio
from tramites.services.importing import import_batch

#: A field of a hostile file may not fill the memory.
MAX_FIELD = 200_000


class Command(BaseCommand):
    help = "Importa casos históricos de un CSV; se puede repetir y sigue donde quedó."

    def add_arguments(self, parser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--mapa", type=Path, required=True)
        parser.add_argument("--reporte", type=Path, help="CSV de filas rechazadas")
        parser.add_argument("--limite", type=int, default=0, help="cuántas filas leer")
        parser.add_argument("--lote", type=int, default=1000, help="filas por transacción")

    def handle(self, *args, **options) -> None:
        try:
            map_ = read_map(options["mapa"])
            report = options["reporte"] or self._default_report(options["archivo"])
            with ExitStack() as stack:
                rows = stack.enter_context(open_rows(options["archivo"], map_))
                refused = stack.enter_context(open(report, "w", newline="", encoding="utf-8"))
                run = ImportRun(map_, csv.writer(refused), self.stderr, size=options["lote"])
                run.check_columns(rows.fieldnames or [])
                run.read(rows.rows(options["limite"]))
        except (DomainError, OSError, csv.Error, UnicodeDecodeError, EOFError) as error:
            raise CommandError(getattr(error, "message", None) or str(error)) from error
        refresh_statistics()
        self.stdout.write(run.summary(report))

    def _default_report(self, file: Path) -> Path:
        folder = Path(settings.DATA_DIR) / "importaciones"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{file.name.split('.')[0]}-rechazos.csv"


class open_rows:  # noqa: N801 - reads as the function it stands for
    """The rows of a CSV file, plain or gzipped, with the number of the line each ends on."""

    def __init__(self, path: Path, map_: ImportMap) -> None:
        self.path, self.encoding = path, map_.codificacion

    def __enter__(self) -> "open_rows":
        csv.field_size_limit(MAX_FIELD)
        opener = gzip.open if self.path.suffix == ".gz" else open
        self.file = opener(self.path, "rt", encoding=self.encoding, newline="")
        self.reader = csv.DictReader(self.file)
        self.fieldnames = self.reader.fieldnames
        return self

    def __exit__(self, *exc) -> None:
        self.file.close()

    def rows(self, limit: int) -> Iterator[tuple[int, dict]]:
        """(line, row) pairs, ``limit`` of them or all if it is 0."""
        for count, row in enumerate(self.reader, start=1):
            if limit and count > limit:
                return
            yield self.reader.line_num, row


class ImportRun:
    """One reading of a file: what came in, what was refused and how fast."""

    def __init__(self, map_: ImportMap, report, progress, *, size: int) -> None:
        self.map, self.report, self.progress, self.size = map_, report, progress, size
        self.now, self.started = now(), time.monotonic()
        self.services = {s.clave: s for s in Servicio.objects.all()}
        self.reader = RowReader(
            map_,
            services=set(self.services),
            now=self.now,
            zone=timezone.get_default_timezone(),
        )
        self.actor = SystemActor("importacion")
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        report.writerow([_("línea"), _("razón"), _("fila")])

    def check_columns(self, present: list[str]) -> None:
        """
        Every column of the map must be in the file, before anything is read.

        :raises CommandError: naming those that are not.
        """
        wanted = {name for names in self.map.columnas.values() for name in names}
        missing = sorted(wanted - set(present))
        if missing:
            raise CommandError(_("El archivo no tiene las columnas: ") + ", ".join(missing))

    def read(self, rows: Iterator[tuple[int, dict]]) -> None:
        """Import everything that ``rows`` yields."""
        batch: list[CaseRow] = []
        for line, row in rows:
            self.counts["leidas"] += 1
            try:
                batch.append(self.reader.read(row))
            except RowRefusedError as error:
                self._refuse(line, row, str(error))
            if len(batch) >= self.size:
                self._import(batch)
                batch = []
        self._import(batch)
        self.progress.write("")

    def _refuse(self, line: int, row: dict, reason: str) -> None:
        self.counts["rechazadas"] += 1
        self.reasons[reason.split(":")[0]] += 1
        values = [str(value or "") for value in row.values()]
        self.report.writerow([line, reason, " | ".join(values)[:500]])

    def _import(self, batch: list[CaseRow]) -> None:
        if not batch:
            return
        result = import_batch(
            rows=batch,
            services=self.services,
            origen=self.map.origen,
            texto_respuesta=self.map.texto_respuesta,
            actor=self.actor,
            now=self.now,
        )
        self.counts["importadas"] += result.imported
        self.counts["repetidas"] += result.duplicates
        rate = self.counts["leidas"] / (time.monotonic() - self.started)
        self.progress.write(
            _("\r%(read)d filas leídas, %(rate)d por segundo…")
            % {"read": self.counts["leidas"], "rate": rate},
            ending="",
        )
        self.progress.flush()

    def summary(self, report: Path) -> str:
        """What happened, in lines for the person who ran it."""
        seconds = time.monotonic() - self.started
        lines = [
            _("Filas leídas: %d") % self.counts["leidas"],
            _("Importadas:   %d") % self.counts["importadas"],
            _("Ya estaban:   %d") % self.counts["repetidas"],
            _("Rechazadas:   %d") % self.counts["rechazadas"],
            *(f"  {count:>7}  {reason}" for reason, count in self.reasons.most_common()),
            _("Tiempo: %(s).0f s. Memoria máxima: %(mb)d MB.")
            % {"s": seconds, "mb": peak_memory_mb()},
            _("Reporte de rechazos: %s") % report,
        ]
        return "\n".join(lines)


def peak_memory_mb() -> int:
    """The most memory this process has held, in MB of 1,000,000 bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000
