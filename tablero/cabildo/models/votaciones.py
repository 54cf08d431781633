"""Who was there, and how it was voted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.models import ReglaJuridica

from ..constants import EstadoVotacion, FormaVotacion, Resultado, Sentido
from .organos import Integrante, Ocupacion
from .sesiones import Punto, Sesion

_E = EstadoVotacion


class Presencia(models.Model):
    """A member was in the room from ``desde`` to ``hasta`` (``None``: still is), by the server."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="presencias")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    ocupacion = models.ForeignKey(Ocupacion, on_delete=models.PROTECT, related_name="+")
    desde = models.DateTimeField()
    hasta = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("presencia en una sesión")
        verbose_name_plural = _("presencias en una sesión")
        ordering = ["desde", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "integrante"],
                condition=Q(hasta__isnull=True),
                name="present_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="presence_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sesion_id}:{self.integrante_id}"


class Votacion(models.Model):
    """
    One vote on a point. Its figures and its roll (``padron``) are frozen when it closes.

    Of a nominal vote the roll says what each voted; of the others there are only totals: nothing
    in the database tells who voted what. ``calidad`` is the casting vote, apart from the others.
    ``sustituye`` is the vote on the same point that this one corrects, for the reason given.
    """

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="votaciones")
    punto = models.ForeignKey(Punto, on_delete=models.PROTECT, related_name="votaciones")
    texto = models.TextField(_("qué se vota"), max_length=20_000)
    forma = models.CharField(_("forma"), max_length=10, choices=FormaVotacion.choices)
    modifica = models.BooleanField(_("con modificaciones"), default=False)
    regla = models.ForeignKey(ReglaJuridica, on_delete=models.PROTECT, related_name="+")
    estado = models.CharField(max_length=10, choices=_E.choices, default=_E.ABIERTA)
    abierta_en = models.DateTimeField()
    cerrada_en = models.DateTimeField(null=True)

    integrantes = models.PositiveSmallIntegerField(null=True)
    presentes = models.PositiveSmallIntegerField(null=True)
    excusados = models.PositiveSmallIntegerField(default=0)
    favor = models.PositiveSmallIntegerField(null=True)
    contra = models.PositiveSmallIntegerField(null=True)
    abstencion = models.PositiveSmallIntegerField(null=True)
    preside = models.BooleanField(default=False)
    padron = models.JSONField(default=list)
    resultado = models.CharField(max_length=10, choices=Resultado.choices, blank=True)
    calidad = models.CharField(max_length=10, choices=Sentido.choices, blank=True)
    sustituye = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="sustituida_por"
    )
    motivo = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("votación")
        verbose_name_plural = _("votaciones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion"],
                condition=Q(estado__in=[_E.ABIERTA, _E.EMPATADA]),
                name="vote_one_at_a_time",
            ),
            models.CheckConstraint(
                name="vote_closed_has_figures",
                condition=Q(estado=_E.ABIERTA)
                | (
                    Q(favor__isnull=False)
                    & Q(contra__isnull=False)
                    & Q(abstencion__isnull=False)
                    & Q(presentes__isnull=False)
                    & Q(integrantes__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="vote_closed_has_result",
                condition=~Q(estado=_E.CERRADA) | ~Q(resultado=""),
            ),
            models.CheckConstraint(
                name="vote_again_says_why", condition=Q(sustituye__isnull=True) | ~Q(motivo="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sesion_id}:{self.pk}"


class Voto(models.Model):
    """What a member voted in a nominal vote. There is no such row for any other form."""

    votacion = models.ForeignKey(Votacion, on_delete=models.PROTECT, related_name="votos")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="votos")
    sentido = models.CharField(max_length=10, choices=Sentido.choices)
    en = models.DateTimeField()

    class Meta:
        verbose_name = _("voto")
        verbose_name_plural = _("votos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["votacion", "integrante"], name="voted_once")
        ]

    def __str__(self) -> str:
        return f"{self.votacion_id}:{self.integrante_id}"


class Excusa(models.Model):
    """A member does not vote for a conflict of interest, and says which."""

    votacion = models.ForeignKey(Votacion, on_delete=models.PROTECT, related_name="excusas")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    motivo = models.CharField(_("motivo"), max_length=300)

    class Meta:
        verbose_name = _("excusa")
        verbose_name_plural = _("excusas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["votacion", "integrante"], name="excused_once")
        ]

    def __str__(self) -> str:
        return f"{self.votacion_id}:{self.integrante_id}"
