"""A petition on its way to being filed. It belongs to a browser, known by a random cookie."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tramites.models import Peticion


class Borrador(models.Model):
    """
    Answers given so far, under the hash of the cookie's token.

    Once filed, ``datos`` is emptied and ``peticion`` tells the same form sent again where it went.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    clave_idempotencia = models.CharField(max_length=64, unique=True, editable=False)
    datos = models.JSONField(default=dict)
    peticion = models.OneToOneField(
        Peticion, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    creado_en = models.DateTimeField()
    actualizado_en = models.DateTimeField()
    vence_en = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("borrador")
        verbose_name_plural = _("borradores")

    def __str__(self) -> str:
        return f"borrador {self.pk}"


class BorradorAdjunto(models.Model):
    """A file already checked and stored, waiting for its petition."""

    borrador = models.ForeignKey(Borrador, on_delete=models.CASCADE, related_name="adjuntos")
    clave = models.CharField(max_length=32, unique=True)
    ruta = models.CharField(max_length=120)
    nombre = models.CharField(max_length=160)
    tipo = models.CharField(max_length=80)
    tamano = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("archivo de un borrador")
        verbose_name_plural = _("archivos de borradores")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.clave
