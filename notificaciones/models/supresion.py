from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..constants import Canal


class Supresion(models.Model):
    """An address that must not, or cannot, be written to through a channel."""

    class Motivo(models.TextChoices):
        BAJA = "baja", _("Pidió no recibir avisos")
        SPAM = "spam", _("Lo marcó como correo no deseado")
        REBOTE = "rebote", _("El buzón no existe")
        NUMERO = "numero", _("El número no sirve")

    canal = models.CharField(max_length=10, choices=Canal.choices)
    valor = models.CharField(max_length=254)
    motivo = models.CharField(max_length=10, choices=Motivo.choices)
    origen = models.CharField(max_length=60, blank=True)
    desde = models.DateTimeField()
    hasta = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("supresión")
        verbose_name_plural = _("supresiones")
        constraints = [
            models.UniqueConstraint(
                fields=["canal", "valor", "motivo"],
                condition=Q(hasta__isnull=True),
                name="supresion_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.canal} {self.motivo} {self.pk}"
