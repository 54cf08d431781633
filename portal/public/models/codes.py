from django.db import models
from django.utils.translation import gettext_lazy as _

from .drafts import Borrador


class CodigoVerificacion(models.Model):
    """
    A one-time code sent to a phone or mail, kept only as a salted hash.

    Good for one contact of one draft, until it expires, is used, is tried too often or a newer one
    is sent.
    """

    borrador = models.ForeignKey(Borrador, on_delete=models.CASCADE, related_name="codigos")
    canal = models.CharField(max_length=8)
    destino_hash = models.CharField(max_length=64)
    sal = models.CharField(max_length=32)
    codigo_hash = models.CharField(max_length=64)
    creado_en = models.DateTimeField()
    vence_en = models.DateTimeField(db_index=True)
    intentos = models.PositiveSmallIntegerField(default=0)
    usado_en = models.DateTimeField(null=True)
    anulado_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("código de verificación")
        verbose_name_plural = _("códigos de verificación")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"código {self.pk}"
