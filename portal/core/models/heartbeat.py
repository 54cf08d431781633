from django.db import models
from django.utils.translation import gettext_lazy as _


class Latido(models.Model):
    """Last sign of life of a background process; `/salud` reads it."""

    proceso = models.CharField(max_length=60, primary_key=True)
    visto_en = models.DateTimeField()

    def __str__(self) -> str:
        return self.proceso


class TareaPeriodica(models.Model):
    """When a periodic task last began; whoever moves ``corrio_en`` runs it, nobody else does."""

    nombre = models.CharField(max_length=60, primary_key=True)
    corrio_en = models.DateTimeField()

    class Meta:
        verbose_name = _("tarea periódica")
        verbose_name_plural = _("tareas periódicas")

    def __str__(self) -> str:
        return self.nombre
