from django.db import models

from ..constants import Resultado
from .envio import Envio


class Intento(models.Model):
    """One call to a vendor, written before it is made. Only its outcome is filled in afterwards."""

    envio = models.ForeignKey(Envio, on_delete=models.CASCADE, related_name="historial")
    numero = models.PositiveSmallIntegerField()
    proveedor = models.CharField(max_length=20)
    inicio = models.DateTimeField()
    fin = models.DateTimeField(null=True)
    resultado = models.CharField(max_length=14, choices=Resultado.choices, blank=True)
    http = models.PositiveSmallIntegerField(null=True)
    codigo = models.CharField(max_length=20, blank=True)
    milisegundos = models.PositiveIntegerField(null=True)
    proveedor_id = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(fields=["envio", "numero"], name="intento_once"),
            models.CheckConstraint(
                name="intento_closed_has_outcome",
                condition=models.Q(fin__isnull=True) | ~models.Q(resultado=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envio_id} {self.numero}"
