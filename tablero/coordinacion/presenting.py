"""Charges as the pages show them."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.clock import Explanation
from portal.core.models import EventRecord
from tablero.shared.timelines import timeline_of

from .constants import EstadoEncargo
from .models import Encargo
from .selectors import light_of, soon_until

_E = EstadoEncargo
TONES = {
    _E.PENDIENTE: "soon",
    _E.EN_PROCESO: "brand",
    _E.POR_VALIDAR: "brand",
    _E.CUMPLIDO: "ok",
    _E.INCUMPLIDO: "late",
    _E.SIN_MATERIA: "",
    _E.REVOCADO: "",
}
#: Words and icon of each fact of a charge.
TOLD = {
    "ChargeGiven": (gettext_lazy("Se encargó"), "turnar"),
    "ChargeAcknowledged": (gettext_lazy("La dependencia acusó recibo"), "listo"),
    "ChargeReported": (gettext_lazy("La dependencia informó"), "editar"),
    "ChargeSentBack": (gettext_lazy("La Secretaría lo devolvió"), "devolver"),
    "ChargeExtended": (gettext_lazy("Se amplió el plazo"), "reloj"),
    "ChargeDue": (gettext_lazy("Se le recordó a quien responde"), "campana"),
    "ChargeEnded": (gettext_lazy("Terminó"), "cerrar"),
}


def charge_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of a charge."""
    return timeline_of(records, TOLD, done=("ChargeEnded",), text=_fact_words)


def _fact_words(row: EventRecord) -> str:
    said = row.payload
    if row.event_type == "ChargeReported":
        words = _("Avance: %(n)s por ciento.") % {"n": said["avance"]}
        return f"{words} {_('Lo da por cumplido.')}" if said["concluye"] else words
    if row.event_type == "ChargeExtended":
        days = {name: dt.date.fromisoformat(said[name]) for name in ("antes", "despues")}
        return _("Del %(antes)s al %(despues)s.") % {
            name: day.strftime("%d/%m/%Y") for name, day in days.items()
        }
    if row.event_type == "ChargeEnded":
        return str(_E(said["estado"]).label)
    return ""


def charge_lines(rows: Iterable[Encargo], today: dt.date) -> list[dict]:
    """Rows of a list: each with its light, how many days are left or late, and its tone."""
    soon = soon_until(today)
    return [
        {
            "e": row,
            "luz": (luz := light_of(row, today, soon)),
            "luz_dice": light_words(luz),
            "tono": TONES[row.estado],
            "dias": days_words(row, today),
        }
        for row in rows
    ]


def light_words(luz: str) -> str:
    """The light in a word."""
    return {
        "vencida": _("Vencido"),
        "por_vencer": _("Por vencer"),
        "en_tiempo": _("A tiempo"),
        "terminada": _("Terminado"),
    }[luz]


def days_words(row: Encargo, today: dt.date) -> str:
    """How far its last day is, in natural days; nothing when it ended."""
    if row.concluido_en is not None:
        return ""
    left = (row.vence - today).days
    if left == 0:
        return _("vence hoy")
    if left > 0:
        return ngettext("falta %(n)s día", "faltan %(n)s días", left) % {"n": left}
    return ngettext("hace %(n)s día", "hace %(n)s días", -left) % {"n": -left}


def count_words(row: Encargo) -> str:
    """How its last day was counted; nothing for a day that was given."""
    return Explanation.from_data(row.plazo).as_text("es") if row.plazo else ""
