"""Who holds a post, from when to when, and by which documents."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from portal.documents.models import Documento


class Nombramiento(models.Model):
    """
    An appointment, made by a signed document and ended by its term, by a revocation, by another
    appointment that names it as replaced, or because its document was left without effect.

    ``termina`` is the last day in force (``None``: until further notice), worked out from the
    three dates before it. ``puesto`` is the folded post and office: the same for every holder.
    Names of public servants and their posts are public (LGTAIP, article 65).
    """

    documento = models.OneToOneField(
        Documento, on_delete=models.PROTECT, related_name="nombramiento"
    )
    persona = models.CharField(_("persona"), max_length=300)
    cargo = models.CharField(_("cargo"), max_length=300)
    adscripcion = models.CharField(_("dependencia"), max_length=300)
    puesto = models.CharField(max_length=640, editable=False, db_index=True)
    acuerdo = models.CharField(_("acuerdo de Cabildo"), max_length=300, blank=True)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True)
    revocado_desde = models.DateField(_("sin efecto desde"), null=True)
    relevado_desde = models.DateField(_("relevado desde"), null=True)
    termina = models.DateField(editable=False, null=True, db_index=True)
    motivo_fin = models.CharField(_("motivo"), max_length=300, blank=True)
    protesta = models.OneToOneField(
        Documento, null=True, on_delete=models.PROTECT, related_name="nombramiento_protestado"
    )
    protestado_el = models.DateField(_("protestó el"), null=True)
    revocacion = models.OneToOneField(
        Documento, null=True, on_delete=models.PROTECT, related_name="nombramiento_revocado"
    )
    sin_efecto = models.BooleanField(_("sin efecto desde su origen"), default=False)
    avisado_dias = models.PositiveSmallIntegerField(null=True)
    busqueda = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("nombramiento")
        verbose_name_plural = _("nombramientos")
        ordering = ["-desde", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="nombramiento_term_in_order",
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.persona}, {self.cargo}"

    def save(self, *args, **kwargs) -> None:
        """Keep what follows from the rest: the post, the last day, and the text for search."""
        self.puesto = fold(f"{self.cargo} / {self.adscripcion}")
        self.busqueda = fold(f"{self.persona} {self.cargo} {self.adscripcion}")
        self.termina = self._last_day()
        super().save(*args, **kwargs)

    def _last_day(self) -> dt.date | None:
        ends = [self.hasta] if self.hasta else []
        cut = (self.revocado_desde, self.relevado_desde)
        ends += [day - dt.timedelta(days=1) for day in cut if day]
        return min(ends, default=None)

    def in_force_on(self, day: dt.date) -> bool:
        """Whether the person held the post on that day."""
        ended = self.termina is not None and self.termina < day
        return not self.sin_efecto and self.desde <= day and not ended
