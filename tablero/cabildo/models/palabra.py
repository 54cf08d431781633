"""Who asked for the floor and who had it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .organos import Integrante
from .sesiones import Punto, Sesion


class Intervencion(models.Model):
    """
    A member asked for the floor at ``pedida_en`` and had it from ``desde`` to ``hasta``, by the
    server. Who took it back before speaking has ``retirada_en``.
    """

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="intervenciones")
    punto = models.ForeignKey(
        Punto, null=True, blank=True, on_delete=models.PROTECT, related_name="intervenciones"
    )
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    pedida_en = models.DateTimeField()
    desde = models.DateTimeField(null=True)
    hasta = models.DateTimeField(null=True)
    retirada_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("intervención en una sesión")
        verbose_name_plural = _("intervenciones en una sesión")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion"],
                condition=Q(desde__isnull=False, hasta__isnull=True),
                name="floor_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["sesion", "integrante"],
                condition=Q(hasta__isnull=True, retirada_en__isnull=True),
                name="floor_asked_once",
            ),
            models.CheckConstraint(
                name="floor_in_order",
                condition=Q(hasta__isnull=True)
                | (Q(desde__isnull=False) & Q(hasta__gte=F("desde"))),
            ),
            models.CheckConstraint(
                name="floor_taken_back_was_not_had",
                condition=Q(retirada_en__isnull=True) | Q(desde__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sesion_id}:{self.integrante_id}"
