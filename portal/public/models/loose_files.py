from django.db import models
from django.utils.translation import gettext_lazy as _

from tramites.models import Peticion


class ArchivoSuelto(models.Model):
    """
    A file sent through the API before its petition, already checked and stored.

    Whoever sent it holds its token, of which only the hash is kept. ``peticion`` is set when a
    petition takes the file; until the row expires, the same submission can be sent again.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    clave = models.CharField(max_length=32, unique=True)
    ruta = models.CharField(max_length=120)
    nombre = models.CharField(max_length=160)
    tipo = models.CharField(max_length=80)
    tamano = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    peticion = models.ForeignKey(
        Peticion, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    creado_en = models.DateTimeField()
    vence_en = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("archivo suelto")
        verbose_name_plural = _("archivos sueltos")

    def __str__(self) -> str:
        return self.clave
