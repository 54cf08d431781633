"""What a body decided, numbered when it did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from portal.documents.models import Documento
from tablero.cabildo.models import Asunto, Organo, Sesion, Votacion

from ..constants import EstadoAcuerdo

_E = EstadoAcuerdo


class Acuerdo(models.Model):
    """
    A vote in favour of an item made this. ``texto`` is what was voted, word by word.

    ``documento`` is that text, sealed, with the same folio. ``publico`` is false for what a closed
    session decided. ``revocado_por`` is the later acuerdo that took it back, for ``motivo``.
    """

    folio = models.CharField(max_length=24, unique=True)
    numero = models.PositiveIntegerField()
    ejercicio = models.PositiveSmallIntegerField()
    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="acuerdos")
    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="acuerdos")
    asunto = models.ForeignKey(Asunto, on_delete=models.PROTECT, related_name="acuerdos")
    votacion = models.OneToOneField(Votacion, on_delete=models.PROTECT, related_name="acuerdo")
    titulo = models.CharField(_("título"), max_length=300)
    texto = models.TextField(_("texto"), max_length=20_000)
    adoptado_en = models.DateTimeField()
    publico = models.BooleanField(default=True)
    estado = models.CharField(max_length=10, choices=_E.choices, default=_E.VIGENTE)
    motivo = models.CharField(max_length=1000, blank=True)
    revocado_por = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revoca"
    )
    documento = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="acuerdo"
    )
    busqueda = models.TextField(blank=True)

    class Meta:
        verbose_name = _("acuerdo")
        verbose_name_plural = _("acuerdos")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organo", "ejercicio", "numero"], name="acuerdo_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["asunto"], condition=Q(estado=_E.VIGENTE), name="acuerdo_one_stands"
            ),
            models.CheckConstraint(name="acuerdo_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="acuerdo_revoked_says_why",
                condition=~Q(estado=_E.REVOCADO) | (Q(revocado_por__isnull=False) & ~Q(motivo="")),
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    def save(self, *args, **kwargs) -> None:
        """Keep the folded text by which it is searched."""
        self.busqueda = fold(f"{self.folio} {self.titulo} {self.texto}")
        super().save(*args, **kwargs)
