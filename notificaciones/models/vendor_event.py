from django.db import models

from .envio import Envio


class EventoProveedor(models.Model):
    """What a vendor told us, once each, as it came; what nobody recognises waits as an orphan."""

    clave = models.CharField(max_length=200, unique=True)
    proveedor = models.CharField(max_length=20)
    tipo = models.CharField(max_length=40)
    envio = models.ForeignKey(
        Envio, null=True, blank=True, on_delete=models.CASCADE, related_name="eventos"
    )
    crudo = models.JSONField()
    recibido_en = models.DateTimeField()
    aplicado = models.BooleanField(default=False)

    class Meta:
        verbose_name = "evento de proveedor"
        verbose_name_plural = "eventos de proveedor"
        indexes = [
            models.Index(
                fields=["recibido_en"],
                condition=models.Q(envio__isnull=True, aplicado=False),
                name="evento_orphans",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proveedor} {self.tipo} {self.pk}"
