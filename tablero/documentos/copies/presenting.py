"""A request for a copy as the pages show it."""

from django.utils.translation import gettext_lazy as _

from portal.core.models import EventRecord
from tablero.shared.timelines import timeline_of

from ..constants import EstadoCopia

TONES = {
    EstadoCopia.SOLICITADA: "soon",
    EstadoCopia.LISTA: "brand",
    EstadoCopia.EN_FIRMA: "brand",
    EstadoCopia.CERTIFICADA: "ok",
    EstadoCopia.ENTREGADA: "ok",
    EstadoCopia.RECHAZADA: "late",
}
#: Words and icon of each fact.
TOLD = {
    "CopyRequested": (_("Se pidió la copia"), "copiar"),
    "CopyPaid": (_("Quedó asentado el pago o la exención"), "dinero"),
    "CopySentToSign": (_("Se preparó la certificación y se envió a firma"), "turnar"),
    "CopyCertified": (_("Se certificó"), "sello"),
    "CopyReturned": (_("La certificación quedó sin efecto; espera otra"), "devolver"),
    "CopyRejected": (_("Se rechazó"), "cerrar"),
    "CopyDelivered": (_("Se entregó"), "persona"),
}


def timeline(records: list[EventRecord]) -> list[dict]:
    """The record of a request, with the folio it took."""
    return timeline_of(
        records,
        TOLD,
        done=("CopyCertified",),
        text=lambda row: row.payload.get("folio", ""),
    )
