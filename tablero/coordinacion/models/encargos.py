"""What a department was charged with, its reports with their evidence, and its extensions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.accounts.models import Dependencia
from portal.core.text import fold

from ..constants import OPEN_STATES, EstadoEncargo, ResultadoInforme

_E = EstadoEncargo


class Encargo(ConcurrentTransitionMixin, models.Model):
    """
    A duty of a department, whatever it comes from: an acuerdo, a letter, an instruction.

    ``origen_clase`` and ``origen_clave`` name what it comes from for the room that charged it, and
    ``origen_titulo`` and ``origen_url`` tell it to people. ``vence`` is the last day, a date of the
    municipality, and ``plazo`` how it was counted (``Explanation.as_data``; empty for a day that
    was given). ``avance`` is in per cent. ``motivo`` is the reason of the last return or ending.
    """

    folio = models.CharField(max_length=24, unique=True)
    origen_clase = models.CharField(max_length=20)
    origen_clave = models.CharField(max_length=40)
    origen_titulo = models.CharField(max_length=300)
    origen_url = models.CharField(max_length=200, blank=True)
    instruccion = models.CharField(_("qué debe hacerse"), max_length=2000)
    dependencia = models.ForeignKey(
        Dependencia,
        verbose_name=_("dependencia"),
        on_delete=models.PROTECT,
        related_name="encargos",
    )
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona responsable"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="encargos",
    )
    indicador = models.CharField(_("indicador"), max_length=300)
    partida = models.CharField(_("partida presupuestal"), max_length=80, blank=True)
    fundamento = models.CharField(_("fundamento"), max_length=400, blank=True)
    vence = models.DateField(_("vence"))
    plazo = models.JSONField(default=dict, blank=True)

    estado = FSMField(choices=_E.choices, default=_E.PENDIENTE, protected=True)
    avance = models.PositiveSmallIntegerField(default=0)
    motivo = models.CharField(max_length=1000, blank=True)
    recordado_en = models.DateField(null=True, blank=True)
    acusado_en = models.DateTimeField(null=True, blank=True)
    concluido_en = models.DateTimeField(null=True, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()
    actualizado_en = models.DateTimeField()
    cambios = models.PositiveIntegerField(default=1)
    busqueda = models.CharField(max_length=2400, blank=True)

    class Meta:
        verbose_name = _("encargo")
        verbose_name_plural = _("encargos")
        ordering = ["vence", "pk"]
        indexes = [
            models.Index(fields=["estado", "vence"], name="charge_by_state"),
            models.Index(fields=["origen_clase", "origen_clave"], name="charge_by_origin"),
        ]
        constraints = [
            models.CheckConstraint(name="charge_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(name="charge_progress_is_share", condition=Q(avance__lte=100)),
            models.CheckConstraint(
                name="charge_ended_says_when",
                condition=Q(estado__in=OPEN_STATES, concluido_en__isnull=True)
                | (~Q(estado__in=OPEN_STATES) & Q(concluido_en__isnull=False)),
            ),
            models.CheckConstraint(
                name="charge_unfulfilled_says_why",
                condition=~Q(estado__in=[_E.INCUMPLIDO, _E.SIN_MATERIA, _E.REVOCADO])
                | ~Q(motivo=""),
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    def save(self, *args, **kwargs) -> None:
        """Keep the folded text by which it is searched."""
        text = f"{self.folio} {self.origen_clave} {self.instruccion}"
        self.busqueda = fold(text)[:2400]
        super().save(*args, **kwargs)

    @transition("estado", source=_E.PENDIENTE, target=_E.EN_PROCESO)
    def acknowledge(self, now) -> None:
        """The department knows of it and answers for it."""
        self.acusado_en = now

    @transition("estado", source=_E.EN_PROCESO, target=_E.POR_VALIDAR)
    def hand_in(self) -> None:
        """The department says that it is done."""
        self.motivo = ""

    @transition("estado", source=_E.POR_VALIDAR, target=_E.EN_PROCESO)
    def send_back(self, motivo: str) -> None:
        """It is not done yet."""
        self.motivo = motivo

    @transition("estado", source=_E.POR_VALIDAR, target=_E.CUMPLIDO)
    def fulfil(self, now) -> None:
        """It is done, and was looked at."""
        self.avance, self.concluido_en = 100, now

    @transition("estado", source=list(OPEN_STATES), target=_E.INCUMPLIDO)
    def fail(self, motivo: str, now) -> None:
        """It was not done, and will not be."""
        self.motivo, self.concluido_en = motivo, now

    @transition("estado", source=list(OPEN_STATES), target=_E.SIN_MATERIA)
    def moot(self, motivo: str, now) -> None:
        """There is nothing left to do."""
        self.motivo, self.concluido_en = motivo, now

    @transition("estado", source=list(OPEN_STATES), target=_E.REVOCADO)
    def revoke(self, motivo: str, now) -> None:
        """What charged it was taken back."""
        self.motivo, self.concluido_en = motivo, now


class InformeEncargo(models.Model):
    """
    What the department reported. ``concluye``: it says that it is done, and waits for
    ``resultado``.
    """

    encargo = models.ForeignKey(Encargo, on_delete=models.PROTECT, related_name="informes")
    texto = models.CharField(_("qué se hizo"), max_length=4000)
    avance = models.PositiveSmallIntegerField()
    concluye = models.BooleanField(default=False)
    resultado = models.CharField(max_length=10, choices=ResultadoInforme.choices, blank=True)
    motivo = models.CharField(max_length=1000, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()
    resuelto_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("informe de un encargo")
        verbose_name_plural = _("informes de encargos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="report_progress_is_share", condition=Q(avance__lte=100)),
            models.CheckConstraint(
                name="report_returned_says_why",
                condition=~Q(resultado=ResultadoInforme.DEVUELTO) | ~Q(motivo=""),
            ),
            models.UniqueConstraint(
                fields=["encargo"],
                condition=Q(concluye=True, resultado=""),
                name="report_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.encargo_id}:{self.pk}"


class EvidenciaEncargo(models.Model):
    """A file that proves what a report says."""

    informe = models.ForeignKey(InformeEncargo, on_delete=models.PROTECT, related_name="evidencias")
    clave = models.CharField(max_length=40, unique=True)
    ruta = models.CharField(max_length=120)
    archivo = models.CharField(max_length=160)
    tipo = models.CharField(max_length=60)
    tamano = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("evidencia de un encargo")
        verbose_name_plural = _("evidencias de encargos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.archivo


class ProrrogaEncargo(models.Model):
    """The last day moved, from ``antes`` to ``despues``, for a reason."""

    encargo = models.ForeignKey(Encargo, on_delete=models.PROTECT, related_name="prorrogas")
    antes = models.DateField()
    despues = models.DateField()
    motivo = models.CharField(max_length=1000)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("prórroga de un encargo")
        verbose_name_plural = _("prórrogas de encargos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="charge_extended_later", condition=Q(despues__gt=models.F("antes"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.encargo_id}:{self.despues}"
