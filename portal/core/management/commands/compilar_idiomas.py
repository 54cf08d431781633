"""``manage.py compilar_idiomas``: the translations as programs read them, without GNU gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_catalogue(source: Path) -> bool:
    """Write the ``.mo`` beside a ``.po`` unless it is newer already; whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    temporary = target.with_suffix(".mo.tmp")
    polib.pofile(str(source)).save_as_mofile(str(temporary))
    temporary.replace(target)
    return True


class Command(BaseCommand):
    help = "Compila los catálogos de idiomas (locale/*/LC_MESSAGES/*.po)."

    def handle(self, *args, **options) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if compile_catalogue(source) and options["verbosity"]:
                    self.stdout.write(f"Compilado: {source.parent.parent.name}/{source.name}")
