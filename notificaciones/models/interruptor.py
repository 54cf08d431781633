from django.db import models

from ..constants import Canal


class Interruptor(models.Model):
    """Circuit breaker of a channel: while it is open nothing is sent and no attempt is spent."""

    canal = models.CharField(max_length=10, choices=Canal.choices, primary_key=True)
    rechazos_seguidos = models.PositiveIntegerField(default=0)
    ventana_desde = models.DateTimeField(null=True)
    ventana_llamadas = models.PositiveIntegerField(default=0)
    ventana_fallas = models.PositiveIntegerField(default=0)
    abierto_hasta = models.DateTimeField(null=True)
    prueba_hasta = models.DateTimeField(null=True)
    ultimo_codigo = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = "interruptor de canal"
        verbose_name_plural = "interruptores de canal"

    def __str__(self) -> str:
        return self.canal
