"""Personal data of a case, apart from it, so that it can be erased without touching the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .catalogue import Pregunta
from .peticion import Peticion


class Solicitante(models.Model):
    """Who filed, as they gave it. Every field may be empty: a case needs no name."""

    peticion = models.OneToOneField(
        Peticion, on_delete=models.CASCADE, related_name="solicitante", primary_key=True
    )
    nombre = models.CharField(_("nombre"), max_length=160, blank=True)
    telefono = models.CharField(_("teléfono"), max_length=16, blank=True, help_text="E.164")
    telefono_verificado_en = models.DateTimeField(null=True)
    correo = models.EmailField(_("correo"), blank=True)
    correo_verificado_en = models.DateTimeField(null=True)
    domicilio = models.CharField(
        _("domicilio para recibir notificaciones"), max_length=300, blank=True
    )
    idioma = models.CharField(_("idioma"), max_length=8, default="es-mx")
    acepta_electronico = models.BooleanField(_("acepta notificación electrónica"), default=False)

    class Meta:
        verbose_name = _("solicitante")
        verbose_name_plural = _("solicitantes")

    def __str__(self) -> str:
        return f"solicitante {self.pk}"


class RespuestaPregunta(models.Model):
    """An answer to one of the service's questions, with the wording it was asked in."""

    peticion = models.ForeignKey(Peticion, on_delete=models.CASCADE, related_name="datos")
    pregunta = models.ForeignKey(Pregunta, null=True, on_delete=models.SET_NULL)
    etiqueta = models.CharField(max_length=200)
    valor = models.TextField()

    class Meta:
        verbose_name = _("dato de la petición")
        verbose_name_plural = _("datos de la petición")
        ordering = ["pk"]
