"""States of an acta, of what is observed of it and of its signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstadoActa(models.TextChoices):
    """Way of an acta: written, sent round, approved by a later session, signed and bound."""

    BORRADOR = "borrador", _("Borrador")
    CIRCULADA = "circulada", _("Circulada")
    APROBADA = "aprobada", _("Aprobada, en firma")
    FIRMADA = "firmada", _("Firmada")


class EstadoObservacion(models.TextChoices):
    """What came of an observation."""

    PENDIENTE = "pendiente", _("Pendiente")
    ACEPTADA = "aceptada", _("Aceptada")
    RECHAZADA = "rechazada", _("No aceptada")


class EstadoFirmaActa(models.TextChoices):
    """How a member stands with the acta. ``AUTOGRAFA``: by hand, on the printed one."""

    PENDIENTE = "pendiente", _("Pendiente")
    ELECTRONICA = "electronica", _("Firmó en el sistema")
    AUTOGRAFA = "autografa", _("Firmó a mano")
    REHUSADA = "rehusada", _("Se negó a firmar")


class EstadoLibro(models.TextChoices):
    """States of a book."""

    ABIERTO = "abierto", _("Abierto")
    CERRADO = "cerrado", _("Cerrado")


#: Natural days that members have to observe it.
OBSERVATION_DAYS = 5
#: Days between two reminders to sign.
REMIND_EVERY = 3
