"""``manage.py compilar_idiomas``: the translations as programs read them, without GNU gettext."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.core.catalogues import compile_catalogue, write_identity


class Command(BaseCommand):
    help = "Compila los catálogos de idiomas (locale/*/LC_MESSAGES/*.po) y escribe el del español."

    def handle(self, *args, **options) -> None:
        told = []
        for folder in map(Path, settings.LOCALE_PATHS):
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                if compile_catalogue(source):
                    told.append(f"{source.parent.parent.name}/{source.name}")
            own = folder / "es_MX" / "LC_MESSAGES" / "django.mo"
            if write_identity(settings.BASE_DIR, own):
                told.append("es_MX")
        if options["verbosity"]:
            for name in told:
                self.stdout.write(f"Compilado: {name}")
