"""Bringing an install to the state in which it can serve; what is already done is skipped."""

import hashlib
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.accounts.models import Dependencia


def apart(*arguments: str) -> None:
    """Run a command in a process that ends: the server does not keep the memory it took."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - our own program, no input of anybody


def migrate_if_needed() -> bool:
    """Apply pending migrations; say whether there were any."""
    executor = MigrationExecutor(connection)
    pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if pending:
        apart("migrate", "--noinput", "--verbosity", "0")
    return pending


def _static_stamp() -> str:
    """A digest of the name, size and age of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_if_needed() -> bool:
    """Copy, name by content and compress the static files; say whether it was needed."""
    if settings.DEBUG:
        return False
    marker = Path(settings.STATIC_ROOT) / ".huella"
    stamp = _static_stamp()
    if marker.exists() and marker.read_text() == stamp:
        return False
    apart("collectstatic", "--noinput", "--clear", "--verbosity", "0")
    marker.write_text(stamp)
    return True


def prepare() -> None:
    """Languages, database, static files, kinds of documents and, the first time, the demo."""
    call_command("compilar_idiomas", verbosity=0)
    migrate_if_needed()
    collect_static_if_needed()
    call_command("cargar_tipos_documento", verbosity=0)
    if settings.PORTAL_DEMO and not Dependencia.objects.exists():
        # Without an authority of its own the demo could neither sign nor seal anything.
        apart("crear_ca_prueba", "--verbosity", "0")
        apart("cargar_demo")
