"""What can be asked of the municipality, by whom it is answered and by which rule it is timed."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia

from ..constants import Canal, Lugar, Tipo, TipoPregunta
from .place import Zona


def localized(instance, field: str):
    """``field``, or its ``_en`` twin when English is active and the twin is filled."""
    if (get_language() or "").startswith("en"):
        return getattr(instance, f"{field}_en") or getattr(instance, field)
    return getattr(instance, field)


class Tema(models.Model):
    """A shelf of the catalogue."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=80)
    nombre_en = models.CharField(_("nombre en inglés"), max_length=80, blank=True)
    icono = models.CharField(_("icono"), max_length=40, blank=True)
    orden = models.PositiveSmallIntegerField(_("orden"), default=100)

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("temas")
        ordering = ["orden", "nombre"]

    def __str__(self) -> str:
        return localized(self, "nombre")


class Servicio(models.Model):
    """Something that can be asked, with its office, its legal rule and its questions."""

    clave = models.SlugField(_("clave"), max_length=60, unique=True)
    nombre = models.CharField(_("nombre"), max_length=120)
    nombre_en = models.CharField(_("nombre en inglés"), max_length=120, blank=True)
    descripcion = models.TextField(_("descripción"))
    descripcion_en = models.TextField(_("descripción en inglés"), blank=True)
    tipo = models.CharField(_("tipo"), max_length=12, choices=Tipo.choices)
    tema = models.ForeignKey(Tema, on_delete=models.PROTECT, related_name="servicios")
    dependencia = models.ForeignKey(Dependencia, on_delete=models.PROTECT, related_name="servicios")
    regla = models.SlugField(
        _("regla de plazo"), max_length=60, help_text=_("clave de la regla jurídica")
    )
    lugar = models.CharField(_("lugar"), max_length=10, choices=Lugar.choices, default=Lugar.NO)
    sensible = models.BooleanField(_("sensible"), default=False)
    anonimo = models.BooleanField(
        _("admite anonimato"), default=True, help_text=_("puede presentarse sin contacto")
    )
    palabras = models.TextField(_("palabras con que se busca"), blank=True)
    requisitos = models.JSONField(_("requisitos"), default=list, blank=True)
    fundamento = models.CharField(_("fundamento"), max_length=400, blank=True)
    busqueda = models.TextField(editable=False, default="")
    orden = models.PositiveSmallIntegerField(_("orden"), default=100)
    activo = models.BooleanField(_("activo"), default=True)

    class Meta:
        verbose_name = _("servicio")
        verbose_name_plural = _("servicios")
        ordering = ["orden", "nombre"]

    def __str__(self) -> str:
        return localized(self, "nombre")


class Pregunta(models.Model):
    """An extra question of a service. ``opciones`` is a list of texts for the choosing kinds."""

    servicio = models.ForeignKey(Servicio, on_delete=models.CASCADE, related_name="preguntas")
    clave = models.SlugField(_("clave"), max_length=40)
    etiqueta = models.CharField(_("pregunta"), max_length=200)
    etiqueta_en = models.CharField(_("pregunta en inglés"), max_length=200, blank=True)
    ayuda = models.CharField(_("ayuda"), max_length=300, blank=True)
    ayuda_en = models.CharField(_("ayuda en inglés"), max_length=300, blank=True)
    tipo = models.CharField(_("tipo"), max_length=12, choices=TipoPregunta.choices)
    requerida = models.BooleanField(_("requerida"), default=False)
    opciones = models.JSONField(_("opciones"), default=list, blank=True)
    opciones_en = models.JSONField(_("opciones en inglés"), default=list, blank=True)
    orden = models.PositiveSmallIntegerField(_("orden"), default=100)

    class Meta:
        verbose_name = _("pregunta")
        verbose_name_plural = _("preguntas")
        ordering = ["orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["servicio", "clave"], name="pregunta_key_once_per_service"
            )
        ]

    def __str__(self) -> str:
        return localized(self, "etiqueta")


class ReglaTurno(models.Model):
    """One line of the routing table; empty conditions match anything, the first match wins."""

    orden = models.PositiveSmallIntegerField(_("orden"), default=100)
    servicio = models.ForeignKey(Servicio, null=True, blank=True, on_delete=models.CASCADE)
    zona = models.ForeignKey(Zona, null=True, blank=True, on_delete=models.CASCADE)
    canal = models.CharField(_("canal"), max_length=12, choices=Canal.choices, blank=True)
    palabras = models.TextField(
        _("palabras"), blank=True, help_text=_("separadas por comas; basta una")
    )
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="reglas_turno"
    )
    nota = models.CharField(_("razón que se muestra"), max_length=200)
    activa = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("regla de turno")
        verbose_name_plural = _("reglas de turno")
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return f"{self.orden}: {self.nota}"
