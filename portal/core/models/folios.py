from django.db import models


class FolioSerie(models.Model):
    """Counter of one series in one year. The row is locked until the caller commits: no gaps."""

    serie = models.CharField(max_length=20)
    ejercicio = models.PositiveSmallIntegerField()
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serie", "ejercicio"], name="folioserie_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.serie}-{self.ejercicio}: {self.ultimo}"
