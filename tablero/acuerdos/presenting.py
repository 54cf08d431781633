"""Acuerdos as the pages show them."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from portal.core.models import EventRecord
from tablero.coordinacion.presenting import charge_lines
from tablero.shared.timelines import timeline_of

from .constants import Cumplimiento, EstadoAcuerdo
from .models import Acuerdo
from .selectors import charges_by_acuerdo, stands_of

TONES = {EstadoAcuerdo.VIGENTE: "ok", EstadoAcuerdo.REVOCADO: "late", EstadoAcuerdo.SIN_EFECTO: ""}
FULFILMENT_TONES = {
    Cumplimiento.SIN_ENCARGOS: "",
    Cumplimiento.EN_PROCESO: "brand",
    Cumplimiento.VENCIDO: "late",
    Cumplimiento.CUMPLIDO: "ok",
    Cumplimiento.INCUMPLIDO: "late",
    Cumplimiento.SIN_MATERIA: "",
}
TOLD = {
    "AcuerdoAdopted": (gettext_lazy("El Cabildo lo aprobó"), "votos"),
    "AcuerdoSealed": (gettext_lazy("Se selló su documento"), "sello"),
    "AcuerdoSetAside": (gettext_lazy("Se volvió a votar: quedó sin efecto"), "repetir"),
    "AcuerdoRevoked": (gettext_lazy("Lo revocó otro acuerdo"), "cerrar"),
}


def acuerdo_lines(rows: Iterable[Acuerdo], today: dt.date) -> list[dict]:
    """Rows of a list: each with its tone, what it charged and how far that is done."""
    rows = list(rows)
    charges = charges_by_acuerdo(rows)
    found = []
    for row in rows:
        stands = stands_of(charges[row.folio], today)
        found.append(
            {
                "a": row,
                "tono": TONES[row.estado],
                "va": Cumplimiento(stands).label,
                "va_tono": FULFILMENT_TONES[stands],
                "encargos": charge_lines(charges[row.folio], today),
            }
        )
    return found


def acuerdo_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of an acuerdo."""
    return timeline_of(records, TOLD, done=("AcuerdoAdopted",))
