"""What each act leaves behind, one row an act."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia
from portal.core.models import CalendarioVersion, ReglaJuridica

from ..constants import Resultado
from .peticion import Peticion


class Acto(models.Model):
    """Common to every act: the case, who did it (``None`` is not staff), and when."""

    peticion = models.ForeignKey(Peticion, on_delete=models.PROTECT)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["creado_en", "pk"]
        default_related_name = "%(class)s_set"


class Turno(Acto):
    """The case went to an office, and why."""

    dependencia = models.ForeignKey(Dependencia, on_delete=models.PROTECT, related_name="turnos")
    desde = models.ForeignKey(
        Dependencia, null=True, on_delete=models.PROTECT, related_name="turnos_hechos"
    )
    motivo = models.CharField(max_length=1000)
    regla = models.CharField(max_length=200, blank=True)
    devuelto = models.BooleanField(default=False)

    class Meta(Acto.Meta):
        verbose_name = _("turno")
        verbose_name_plural = _("turnos")
        default_related_name = "turnos"


class Plazo(Acto):
    """
    One computation of the case's term, kept for ever with its working.

    ``explicacion`` is ``Explanation.as_data()``; the row in force is the one with ``vigente``.
    """

    regla = models.ForeignKey(ReglaJuridica, on_delete=models.PROTECT)
    calendario = models.ForeignKey(CalendarioVersion, on_delete=models.PROTECT)
    inicia = models.DateTimeField()
    vence = models.DateTimeField(null=True)
    explicacion = models.JSONField()
    motivo = models.CharField(max_length=300)
    vigente = models.BooleanField(default=True)

    class Meta(Acto.Meta):
        verbose_name = _("plazo")
        verbose_name_plural = _("plazos")
        default_related_name = "plazos"
        constraints = [
            models.UniqueConstraint(
                fields=["peticion"], condition=Q(vigente=True), name="plazo_one_in_force"
            )
        ]


class Prevencion(Acto):
    """The citizen is asked to complete; LFPA 17-A is the federal model."""

    texto = models.TextField()
    efecto = models.CharField(max_length=12)
    vence = models.DateTimeField()
    cumplida_en = models.DateTimeField(null=True)
    texto_cumplimiento = models.TextField(blank=True)

    class Meta(Acto.Meta):
        verbose_name = _("prevención")
        verbose_name_plural = _("prevenciones")
        default_related_name = "prevenciones"
        constraints = [models.UniqueConstraint(fields=["peticion"], name="prevencion_only_once")]


class Prorroga(Acto):
    """The only extension of a case, with reasons; LFPA 31 is the federal model."""

    motivo = models.TextField()
    cantidad = models.PositiveIntegerField()
    unidad = models.CharField(max_length=10)

    class Meta(Acto.Meta):
        verbose_name = _("prórroga")
        verbose_name_plural = _("prórrogas")
        default_related_name = "prorrogas"
        constraints = [models.UniqueConstraint(fields=["peticion"], name="prorroga_only_once")]


class Respuesta(Acto):
    """An answer of the authority, or a resolution that ends the case otherwise."""

    class Clase(models.TextChoices):
        RESPUESTA = "respuesta", _("Respuesta")
        DESECHAMIENTO = "desechamiento", _("Desechamiento")
        NO_COMPETENCIA = "no_competencia", _("No competencia")
        CANCELACION = "cancelacion", _("Cancelación")

    clase = models.CharField(max_length=16, choices=Clase.choices, default=Clase.RESPUESTA)
    resultado = models.CharField(max_length=12, choices=Resultado.choices, blank=True)
    texto = models.TextField()
    fundamento = models.CharField(max_length=400, blank=True)
    autoridad_competente = models.CharField(max_length=300, blank=True)

    class Meta(Acto.Meta):
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        default_related_name = "respuestas"


class Inconformidad(Acto):
    """The citizen disagrees with the answer; it reopens the case one level above."""

    texto = models.TextField()

    class Meta(Acto.Meta):
        verbose_name = _("inconformidad")
        verbose_name_plural = _("inconformidades")
        default_related_name = "inconformidades"


class Nota(Acto):
    """Internal note; never shown to the citizen."""

    texto = models.TextField()

    class Meta(Acto.Meta):
        verbose_name = _("nota interna")
        verbose_name_plural = _("notas internas")
        default_related_name = "notas"
