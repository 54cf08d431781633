from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .peticion import Peticion


class Adjunto(models.Model):
    """A file of a case, already checked and, if a picture, re-encoded. Named at random on disk."""

    class Origen(models.TextChoices):
        CIUDADANO = "ciudadano", _("Ciudadano")
        AUTORIDAD = "autoridad", _("Autoridad")

    peticion = models.ForeignKey(Peticion, on_delete=models.PROTECT, related_name="adjuntos")
    clave = models.CharField(
        max_length=32, unique=True, help_text="random name on disk and in URLs"
    )
    ruta = models.CharField(max_length=120, help_text="relative to the uploads folder")
    nombre = models.CharField(_("nombre"), max_length=160)
    tipo = models.CharField(_("tipo"), max_length=80)
    tamano = models.PositiveIntegerField(_("tamaño en bytes"))
    sha256 = models.CharField(max_length=64)
    origen = models.CharField(max_length=10, choices=Origen.choices)
    acto = models.CharField(max_length=40, default="presentacion")
    subido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    visible_ciudadano = models.BooleanField(default=True)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("adjunto")
        verbose_name_plural = _("adjuntos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.clave
