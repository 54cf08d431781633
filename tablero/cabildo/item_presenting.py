"""Items as the pages show them."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.errors import NotFoundError
from portal.core.models import EventRecord
from portal.core.rule_kinds import read_value
from portal.core.rules import rule_in_force
from tablero.shared.timelines import REFUSED, timeline_of

from .constants import ClaseRegla, EstadoAsunto
from .models import Materia
from .wording import majority_name, majority_words

_E = EstadoAsunto
TONES = {
    _E.BORRADOR: "",
    _E.EN_REVISION: "soon",
    _E.DEVUELTO: "late",
    _E.VALIDADO: "brand",
    _E.TURNADO: "brand",
    _E.DICTAMINADO: "brand",
    _E.AGENDADO: "brand",
    _E.APROBADO: "ok",
    _E.APROBADO_MODIFICADO: "ok",
    _E.RECHAZADO: "late",
    _E.POSPUESTO: "soon",
    _E.RETIRADO: "",
}
#: Words and icon of each fact of an item.
TOLD = {
    "ItemDrafted": (gettext_lazy("Se redactó"), "editar"),
    "ItemSaved": (gettext_lazy("Cambió su texto"), "editar"),
    "ItemSubmitted": (gettext_lazy("Se entregó a revisión"), "turnar"),
    "ItemSentBack": (gettext_lazy("Se devolvió"), "devolver"),
    "ItemActRefused": REFUSED,
    "ItemValidated": (gettext_lazy("Se validó"), "listo"),
    "ItemReferred": (gettext_lazy("Se turnó a comisión"), "personas"),
    "ItemReported": (gettext_lazy("La comisión dictaminó"), "documento"),
    "ItemScheduled": (gettext_lazy("Se puso en el orden del día de una sesión"), "calendario"),
    "ItemUnscheduled": (gettext_lazy("Salió del orden del día"), "devolver"),
    "ItemDecided": (gettext_lazy("Se votó"), "votos"),
    "ItemPostponed": (gettext_lazy("Quedó para otra sesión"), "reloj"),
    "ItemWithdrawn": (gettext_lazy("Se retiró"), "cerrar"),
    "AnnexAdded": (gettext_lazy("Se agregó un anexo"), "adjunto"),
    "AnnexRemoved": (gettext_lazy("Se quitó un anexo"), "basura"),
}


def item_timeline(records: list[EventRecord]) -> list[dict]:
    """The record of an item."""
    return timeline_of(records, TOLD, done=("ItemDecided",))


def majority_of(materia: Materia, day: dt.date) -> list[str]:
    """The majority a matter demands on ``day``, in words, and its basis."""
    try:
        row = rule_in_force(materia.regla_mayoria, day)
    except NotFoundError:
        return [_("No hay regla de mayoría vigente para esta materia.")]
    rule = read_value(ClaseRegla.MAYORIA, row.valor)
    return [f"{majority_name(rule)}: {majority_words(rule)}.", row.fundamento]
