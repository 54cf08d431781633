from django.db import models
from django.utils.translation import gettext_lazy as _

from ..constants import ClaseArchivo
from .documento import Documento


class ArchivoDocumento(models.Model):
    """A file of a document, under a random name outside the web root. The last of a class rules."""

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="archivos")
    clase = models.CharField(max_length=10, choices=ClaseArchivo.choices)
    ruta = models.CharField(max_length=120)
    nombre = models.CharField(max_length=160)
    tipo = models.CharField(max_length=80, default="application/pdf")
    tamano = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("archivo de documento")
        verbose_name_plural = _("archivos de documento")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.clase}"
