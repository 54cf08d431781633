"""``manage.py extraer_idiomas``: brings the catalogue up to date; needs GNU gettext."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

#: What citizens read of rooms and of the document engine, whose other words are for staff.
PUBLIC_FACE = "public_*.py"
OF_DOCUMENTS = [
    *("portal/documents/inspection.py", "portal/documents/services/verifying.py"),
    *("portal/documents/signing/findings.py", "portal/documents/signing/pdf.py"),
    "portal/documents/signing/validation.py",
]
#: What no citizen reads: staff pages, pages of the API, labels of reference tables, commands.
LEFT_OUT = [
    *("templates/tablero/*", "templates/api/*", "templates/ui/*", "tests/*", "docs/*"),
    *("templates/account/*", "templates/accounts/*", "templates/mfa/*", "templates/allauth/*"),
    *("portal/accounts/*", "portal/settings/*", "var/*", ".venv/*"),
    *("notificaciones/*", "templates/notificaciones/*"),
    *("portal/public/models/*", "portal/public/management/*"),
    *("portal/public/apps.py", "portal/ui/showcase.py"),
    *("portal/core/calendar.py", "portal/core/rules.py", "portal/core/rule_values.py"),
    *("portal/core/models/*", "portal/core/management/*", "portal/core/health*"),
    *("portal/core/verification.py", "portal/core/clock/*"),
    *("tramites/models/*", "tramites/importing/*", "tramites/management/*", "tramites/demo/*"),
    *("tramites/services/calendar.py", "tramites/services/assignment.py"),
    *("tramites/services/term.py", "tramites/services/attention.py"),
]


def for_staff() -> list[str]:
    """The modules of rooms and of the document engine that no citizen reads."""
    root = settings.BASE_DIR
    rooms = [p for p in (root / "tablero").rglob("*.py") if not p.match(PUBLIC_FACE)]
    engine = [str(p.relative_to(root)) for p in (root / "portal" / "documents").rglob("*.py")]
    kept = set(OF_DOCUMENTS)
    return [*(str(p.relative_to(root)) for p in rooms), *(p for p in engine if p not in kept)]


class Command(BaseCommand):
    help = "Pone al día locale/en con los textos nuevos; después hay que traducirlos."

    def handle(self, *args, **options) -> None:
        """Refresh the catalogue."""
        call_command(
            "makemessages",
            locale=["en"],
            ignore_patterns=[*LEFT_OUT, *for_staff()],
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            verbosity=options["verbosity"],
        )
