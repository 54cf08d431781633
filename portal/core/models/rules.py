"""Legal rules as versioned data: value, basis, validity. A deadline keeps the version it used."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..rule_kinds import PLAZO, validate_rule


class ReglaJuridica(models.Model):
    """
    One version of a rule. What ``valor`` holds depends on ``clase``, whose reader checks it
    (``portal.core.rule_kinds``).
    """

    clave = models.SlugField(_("clave"), max_length=60)
    clase = models.CharField(_("clase"), max_length=20, default=PLAZO)
    version = models.PositiveIntegerField(_("versión"), default=1)
    nombre = models.CharField(_("nombre"), max_length=160)
    valor = models.JSONField(_("valor"))
    fundamento = models.CharField(_("fundamento"), max_length=400)
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("regla jurídica")
        verbose_name_plural = _("reglas jurídicas")
        ordering = ["clave", "version"]
        constraints = [
            models.UniqueConstraint(fields=["clave", "version"], name="reglajuridica_version_once"),
            models.CheckConstraint(
                condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")),
                name="reglajuridica_validity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} (v{self.version})"

    def clean(self) -> None:
        """
        :raises ValidationError: the reader of its kind refuses the value.
        """
        validate_rule(self.clase, self.valor)
