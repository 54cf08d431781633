"""States of what a department was charged with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstadoEncargo(models.TextChoices):
    """How a charge stands. ``POR_VALIDAR``: the department says it is done, nobody looked yet."""

    PENDIENTE = "pendiente", _("Pendiente")
    EN_PROCESO = "en_proceso", _("En proceso")
    POR_VALIDAR = "por_validar", _("Por validar")
    CUMPLIDO = "cumplido", _("Cumplido")
    INCUMPLIDO = "incumplido", _("Incumplido")
    SIN_MATERIA = "sin_materia", _("Sin materia")
    REVOCADO = "revocado", _("Revocado")


class ResultadoInforme(models.TextChoices):
    """What the Secretaría made of a report; '' while it waits or when it asked for nothing."""

    VALIDADO = "validado", _("Validado")
    DEVUELTO = "devuelto", _("Devuelto")


#: States in which the department owes something.
OPEN_STATES = (EstadoEncargo.PENDIENTE, EstadoEncargo.EN_PROCESO, EstadoEncargo.POR_VALIDAR)
#: States a charge ends in by decision of the Secretaría, without being fulfilled.
ENDINGS = (EstadoEncargo.INCUMPLIDO, EstadoEncargo.SIN_MATERIA, EstadoEncargo.REVOCADO)
#: Business days before the last one from which a charge is about to expire.
SOON_DAYS = 5
#: Days between two reminders of a charge.
REMIND_EVERY = 3
