"""Limits and names of the citizen site."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

#: Version of the privacy notice; kept with what each person accepted.
PRIVACY_VERSION = "1"
PRIVACY_DATE = dt.date(2026, 1, 1)

DRAFT_COOKIE = "borrador"
DRAFT_DAYS = 30
#: For how long the browser that filed may still see the PIN on its receipt.
RECEIPT_HOURS = 12

CODE_DIGITS = 6
CODE_MINUTES = 10
CODE_TRIES = 5
CODE_SENDS_PER_ADDRESS = 3
CODE_SENDS_PER_CALLER = 10
HOUR = 3600

#: Largest body of a form with files: every file at its limit, and room for the text.
MAX_BODY = 55_000_000

#: The three doors of the home page, and the kinds of the catalogue behind each.
DOORS = {
    "reporte": ("solicitud",),
    "queja": ("queja", "sugerencia"),
    "peticion": ("peticion",),
}
DOOR_LABELS = {
    "reporte": _("Reportar una falla o pedir un servicio"),
    "queja": _("Poner una queja o hacer una sugerencia"),
    "peticion": _("Presentar una petición por escrito"),
}
#: Catalogue line for those who do not find theirs, by door.
CATCH_ALL = {"reporte": "otro-asunto", "queja": "otra-queja", "peticion": "peticion-escrita"}


def door_of(tipo: str) -> str:
    """The door behind which services of this kind stand."""
    return next((door for door, kinds in DOORS.items() if tipo in kinds), "reporte")
