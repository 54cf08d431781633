"""The municipality's calendar as dated, versioned data. Any past version can be rebuilt."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CalendarioVersion(models.Model):
    """One published state of the calendar. Every computed deadline names the version it used."""

    motivo = models.CharField(_("motivo"), max_length=300)
    creada_en = models.DateTimeField()
    creada_por_id = models.BigIntegerField(null=True)
    huella = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of every day and year in force in it"
    )

    class Meta:
        verbose_name = _("versión del calendario")
        verbose_name_plural = _("versiones del calendario")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"v{self.pk}: {self.motivo}"


class DiaInhabil(models.Model):
    """A day that does not count (or, ``habilitado``, one that does), with its legal basis."""

    class Tipo(models.TextChoices):
        FEDERAL = "federal", _("descanso obligatorio federal")
        MUNICIPAL = "municipal", _("inhábil del municipio")
        SUSPENSION = "suspension", _("suspensión de plazos por acuerdo")
        HABILITADO = "habilitado", _("día habilitado")

    fecha = models.DateField(_("fecha"))
    nombre = models.CharField(_("nombre"), max_length=120)
    fundamento = models.CharField(_("fundamento"), max_length=300)
    tipo = models.CharField(_("tipo"), max_length=12, choices=Tipo.choices)
    desde_version = models.ForeignKey(
        CalendarioVersion, on_delete=models.PROTECT, related_name="altas"
    )
    hasta_version = models.ForeignKey(
        CalendarioVersion, null=True, on_delete=models.PROTECT, related_name="bajas"
    )

    class Meta:
        verbose_name = _("día inhábil")
        verbose_name_plural = _("días inhábiles")
        ordering = ["fecha"]
        constraints = [
            models.UniqueConstraint(
                fields=["fecha"],
                condition=Q(hasta_version__isnull=True),
                name="diainhabil_one_in_force_per_date",
            ),
            models.CheckConstraint(
                condition=Q(hasta_version__isnull=True) | Q(hasta_version__gt=F("desde_version")),
                name="diainhabil_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fecha:%Y-%m-%d} {self.nombre}"


class EjercicioCalendario(models.Model):
    """A year whose calendar was reviewed and loaded; beyond the last one no count is trusted."""

    ejercicio = models.PositiveSmallIntegerField(primary_key=True)
    version = models.ForeignKey(
        CalendarioVersion, on_delete=models.PROTECT, related_name="ejercicios"
    )
    cargado_en = models.DateTimeField()
    fundamento = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("ejercicio del calendario")
        verbose_name_plural = _("ejercicios del calendario")
        ordering = ["ejercicio"]

    def __str__(self) -> str:
        return str(self.ejercicio)
