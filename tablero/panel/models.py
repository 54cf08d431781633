"""
The panel's own figures, so that no page counts the whole table of cases.

``Conteo`` is written by insertion only and read as a sum: two acts at once never wait for each
other on a counter, and folding rows of the same kind into one changes no sum.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia
from tramites.constants import Estado
from tramites.models import Peticion


class CasoContado(models.Model):
    """What of a case stands in the counters now; the next change is counted as the difference."""

    peticion = models.OneToOneField(
        Peticion, on_delete=models.CASCADE, primary_key=True, related_name="contado"
    )
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    estado = models.CharField(max_length=16, choices=Estado.choices)
    respondida_en = models.DateTimeField(null=True)
    en_plazo = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("caso contado")
        verbose_name_plural = _("casos contados")


class Conteo(models.Model):
    """
    Part of a count: add ``n`` over the rows of one key.

    ``fecha`` is a date in the municipality's zone; the states a case ended in have none.
    """

    class Concepto(models.TextChoices):
        RECIBIDA = "recibida", _("Recibida")
        EN_PLAZO = "en_plazo", _("Respondida en plazo")
        TARDE = "tarde", _("Respondida fuera de plazo")
        SIN_PLAZO = "sin_plazo", _("Respondida sin que corriera un plazo")
        ESTADO = "estado", _("Terminada en el estado")

    fecha = models.DateField(null=True)
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    concepto = models.CharField(max_length=10, choices=Concepto.choices)
    estado = models.CharField(max_length=16, blank=True, choices=Estado.choices)
    n = models.IntegerField()

    class Meta:
        verbose_name = _("conteo")
        verbose_name_plural = _("conteos")
        indexes = [
            models.Index(
                fields=["fecha", "dependencia", "concepto", "estado"], name="conteo_by_day"
            )
        ]
