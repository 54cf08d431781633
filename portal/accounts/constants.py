from django.db import models
from django.utils.translation import gettext_lazy as _


class Rol(models.TextChoices):
    """What a person does in the house. One person may hold several, each in one dependencia."""

    VENTANILLA = "ventanilla", _("Ventanilla")
    ENLACE = "enlace", _("Enlace de dependencia")
    TITULAR = "titular", _("Titular de dependencia")
    SECRETARIA = "secretaria", _("Secretaría General")
    JURIDICO = "juridico", _("Jurídico")
    CONSULTA = "consulta", _("Consulta (sólo lectura)")
    ADMINISTRADOR = "administrador", _("Administración del sistema")
