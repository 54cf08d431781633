from django.db import models


class Latido(models.Model):
    """Last sign of life of a background process; `/salud` reads it."""

    proceso = models.CharField(max_length=60, primary_key=True)
    visto_en = models.DateTimeField()

    def __str__(self) -> str:
        return self.proceso
