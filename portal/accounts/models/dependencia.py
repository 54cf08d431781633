from django.db import models
from django.utils.translation import gettext_lazy as _


class Dependencia(models.Model):
    """An office of the Ayuntamiento; ``padre`` makes the tree."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=160)
    siglas = models.CharField(_("siglas"), max_length=12, blank=True)
    padre = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="hijas"
    )
    correo = models.EmailField(_("correo"), blank=True)
    telefono = models.CharField(_("teléfono"), max_length=30, blank=True)
    domicilio = models.CharField(_("domicilio"), max_length=200, blank=True)
    horario = models.CharField(_("horario"), max_length=120, blank=True)
    atribuciones = models.TextField(_("atribuciones"), blank=True)
    es_ventanilla = models.BooleanField(
        _("mesa de turno"), default=False, help_text=_("recibe lo que ninguna regla turna")
    )
    activa = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("dependencia")
        verbose_name_plural = _("dependencias")
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["es_ventanilla"],
                condition=models.Q(es_ventanilla=True),
                name="dependencia_one_triage_desk",
            )
        ]

    def __str__(self) -> str:
        return self.nombre
