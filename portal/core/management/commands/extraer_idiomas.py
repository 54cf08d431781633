"""``manage.py extraer_idiomas``: brings the catalogue up to date; needs GNU gettext."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

#: What no citizen reads: staff pages, pages of the API, labels of reference tables, commands.
LEFT_OUT = [
    *("tablero/*", "templates/tablero/*", "templates/api/*", "templates/ui/*", "tests/*", "docs/*"),
    *("templates/account/*", "templates/accounts/*", "templates/mfa/*", "templates/allauth/*"),
    *("portal/accounts/*", "portal/settings/*", "portal/documents/*", "var/*", ".venv/*"),
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


class Command(BaseCommand):
    help = "Pone al día locale/en con los textos nuevos; después hay que traducirlos."

    def handle(self, *args, **options) -> None:
        call_command(
            "makemessages",
            locale=["en"],
            ignore_patterns=LEFT_OUT,
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            verbosity=options["verbosity"],
        )
