"""A notification as the pages show it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.clock import Calendar
from portal.documents.constants import EstadoNotificacion
from portal.documents.models import NotificacionDocumento

_E = EstadoNotificacion


@dataclass(frozen=True)
class Notice:
    """A notification on a day, with the calendar of the municipality."""

    row: NotificacionDocumento
    today: dt.date
    calendar: Calendar

    @property
    def stands(self) -> bool:
        """Whether somebody still has something to do: its document is in force."""
        return self.row.pendiente and self.row.documento.vigente

    @property
    def status(self) -> str:
        """The semaphore."""
        if self.row.estado == _E.PRACTICADA:
            return "en_tiempo" if self.row.efectos <= self.row.vence else "vencida"
        if not self.stands:
            return "terminada"
        if self.row.vence < self.today:
            return "vencida"
        soon = self.row.vence <= self.calendar.next_business(self.today)
        return "por_vencer" if soon else "en_tiempo"

    @property
    def words(self) -> str:
        """The semaphore in words."""
        if self.row.estado == _E.PRACTICADA:
            return _("Practicada") if self.status == "en_tiempo" else _("Practicada tarde")
        if self.row.estado == _E.FALLIDA:
            return _("No se pudo")
        if not self.stands:
            return _("Sin efecto")
        if self.row.vence == self.today:
            return _("Vence hoy")
        words = {"vencida": _("Vencida"), "por_vencer": _("Vence pronto")}
        return words.get(self.status, _("A tiempo"))

    @property
    def next_step(self) -> str:
        """What to do now, in a sentence."""
        if not self.stands:
            return ""
        return {
            _E.PENDIENTE: _("Falta practicarla y agregar la constancia."),
            _E.ENVIADA: _("Falta que la persona acuse recibo."),
            _E.CITATORIO: _("Hay que volver el día y a la hora de la cita."),
        }[self.row.estado]
