"""The books in which actas are bound."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.documents.models import Documento
from tablero.cabildo.models import Organo

from ..constants import EstadoLibro

_E = EstadoLibro


class LibroActas(models.Model):
    """A volume (``tomo``) of a body; ``fojas`` are the leaves used, one for each printed page."""

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="libros")
    tomo = models.PositiveSmallIntegerField()
    estado = models.CharField(max_length=8, choices=_E.choices, default=_E.ABIERTO)
    fojas = models.PositiveIntegerField(default=0)
    abierto_en = models.DateTimeField()
    cerrado_en = models.DateTimeField(null=True, blank=True)
    apertura = models.OneToOneField(
        Documento, on_delete=models.PROTECT, related_name="libro_abierto"
    )
    cierre = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="libro_cerrado"
    )

    class Meta:
        verbose_name = _("libro de actas")
        verbose_name_plural = _("libros de actas")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organo", "tomo"], name="book_volume_once"),
            models.UniqueConstraint(
                fields=["organo"], condition=Q(estado=_E.ABIERTO), name="book_one_open"
            ),
            models.CheckConstraint(
                name="book_closed_has_certification",
                condition=Q(estado=_E.ABIERTO)
                | (Q(cierre__isnull=False) & Q(cerrado_en__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Tomo %(n)s") % {"n": self.tomo})
