"""``manage.py cargar_tipos_documento``: the kinds of documents the house comes with."""

from django.core.management.base import BaseCommand

from portal.core.time import now
from portal.documents.builtin import builtin_keys, builtin_kind
from portal.documents.models import TipoDocumento
from portal.documents.services import ensure_kind


class Command(BaseCommand):
    """Those that people draft; one that the system issues is made when it is first needed."""

    help = "Carga los tipos de documento que se redactan a mano; los que ya están no cambian."

    def handle(self, *args, **options) -> None:
        known = set(TipoDocumento.objects.values_list("clave", flat=True))
        missing = [key for key in builtin_keys() if key not in known and not _automatic(key)]
        moment = now()
        for key in missing:
            ensure_kind(key, now=moment)
        if missing and options["verbosity"]:
            self.stdout.write(f"Tipos de documento nuevos: {len(missing)}")


def _automatic(key: str) -> bool:
    return bool(builtin_kind(key).values.get("automatico"))
