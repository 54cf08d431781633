"""The numbers of the Gaceta and what each publishes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.documents.models import Documento

from ..constants import EstadoGaceta
from .acuerdos import Acuerdo

_E = EstadoGaceta


class Gaceta(models.Model):
    """A number of the Gaceta; it takes its number of the year when it is published."""

    numero = models.PositiveIntegerField(null=True, blank=True)
    ejercicio = models.PositiveSmallIntegerField(null=True, blank=True)
    estado = models.CharField(max_length=12, choices=_E.choices, default=_E.PREPARACION)
    publicada_en = models.DateTimeField(null=True, blank=True)
    documento = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="gaceta"
    )
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("número de la Gaceta")
        verbose_name_plural = _("números de la Gaceta")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ejercicio", "numero"], name="gaceta_numbered_once"),
            models.UniqueConstraint(
                fields=["estado"],
                condition=Q(estado=_E.PREPARACION),
                name="gaceta_one_in_preparation",
            ),
            models.CheckConstraint(
                name="gaceta_published_has_all",
                condition=Q(estado=_E.PREPARACION)
                | (
                    Q(numero__isnull=False)
                    & Q(ejercicio__isnull=False)
                    & Q(documento__isnull=False)
                    & Q(publicada_en__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        if self.numero is None:
            return str(_("Número en preparación"))
        return str(_("Gaceta %(n)s/%(year)s") % {"n": self.numero, "year": self.ejercicio})


class EntradaGaceta(models.Model):
    """An acuerdo in a number; each is published once."""

    gaceta = models.ForeignKey(Gaceta, on_delete=models.CASCADE, related_name="entradas")
    acuerdo = models.OneToOneField(Acuerdo, on_delete=models.PROTECT, related_name="publicacion")
    orden = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("entrada de la Gaceta")
        verbose_name_plural = _("entradas de la Gaceta")
        ordering = ["gaceta", "orden", "pk"]

    def __str__(self) -> str:
        return f"{self.gaceta_id}:{self.acuerdo_id}"
