"""Corrections of an acta that is signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.documents.models import Documento

from .actas import Acta


class FeErratas(models.Model):
    """A signed correction: where the acta says ``dice`` it should say ``debe_decir``."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="erratas")
    dice = models.CharField(max_length=2000)
    debe_decir = models.CharField(max_length=2000)
    documento = models.OneToOneField(Documento, on_delete=models.PROTECT, related_name="fe_erratas")
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("fe de erratas")
        verbose_name_plural = _("fes de erratas")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.acta_id}:{self.pk}"
