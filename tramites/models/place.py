from django.db import models
from django.utils.translation import gettext_lazy as _


class Zona(models.Model):
    """A zone of the municipality. ``poligono`` is a GeoJSON geometry in WGS 84 (lon, lat)."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=80)
    poligono = models.JSONField(_("polígono"))

    class Meta:
        verbose_name = _("zona")
        verbose_name_plural = _("zonas")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Colonia(models.Model):
    """A neighbourhood inside a zone. ``poligono`` is a GeoJSON geometry in WGS 84 (lon, lat)."""

    clave = models.SlugField(_("clave"), max_length=60, unique=True)
    nombre = models.CharField(_("nombre"), max_length=120)
    zona = models.ForeignKey(Zona, on_delete=models.PROTECT, related_name="colonias")
    cp = models.CharField(_("código postal"), max_length=5, blank=True)
    poligono = models.JSONField(_("polígono"))

    class Meta:
        verbose_name = _("colonia")
        verbose_name_plural = _("colonias")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre
