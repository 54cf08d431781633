"""States of acuerdos, of their fulfilment and of the numbers of the Gaceta."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstadoAcuerdo(models.TextChoices):
    """How an acuerdo stands. ``SIN_EFECTO``: the very session voted it anew."""

    VIGENTE = "vigente", _("Vigente")
    REVOCADO = "revocado", _("Revocado")
    SIN_EFECTO = "sin_efecto", _("Sin efecto")


class Cumplimiento(models.TextChoices):
    """How far what an acuerdo charges the departments with is done; it follows from the charges."""

    SIN_ENCARGOS = "sin_encargos", _("Sin encargos")
    EN_PROCESO = "en_proceso", _("En proceso")
    VENCIDO = "vencido", _("Vencido")
    CUMPLIDO = "cumplido", _("Cumplido")
    INCUMPLIDO = "incumplido", _("Incumplido")
    SIN_MATERIA = "sin_materia", _("Sin materia")


class EstadoGaceta(models.TextChoices):
    """States of a number of the Gaceta."""

    PREPARACION = "preparacion", _("En preparación")
    PUBLICADA = "publicada", _("Publicada")


#: What charges of an acuerdo come from, for ``tablero.coordinacion`` and for a petition.
CLASS = "acuerdo"
