from django.db import models
from django.utils.translation import gettext_lazy as _

from tramites.models import Peticion


class Consentimiento(models.Model):
    """Which version of the privacy notice a person had read when filing (LGPDPPSO 15 and 21)."""

    peticion = models.OneToOneField(
        Peticion, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    version = models.CharField(max_length=10)
    aceptado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("consentimiento")
        verbose_name_plural = _("consentimientos")

    def __str__(self) -> str:
        return f"aviso {self.version}"
