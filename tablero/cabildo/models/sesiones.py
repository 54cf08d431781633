"""Sessions, their agenda, and who was noticed of each."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.core.models import ReglaJuridica
from portal.documents.models import Documento, NotificacionDocumento

from ..constants import Caracter, ClasePunto, EstadoSesion, TipoSesion
from .asuntos import Asunto
from .organos import Integrante, Ocupacion, Organo

_E = EstadoSesion


class Sesion(ConcurrentTransitionMixin, models.Model):
    """
    A meeting of a body. It takes its number when it is noticed (``convocada_en``).

    ``regla`` is the version of the rule of notice that was applied and ``legal_desde`` the first
    moment it allowed; ``urgencia`` grounds an earlier one. ``fundamento_cierre`` grounds a closed
    session. ``llamada`` tells how often the roll was called; ``quorum`` of ``integrantes_n`` are
    needed, by ``regla_quorum``, since it opened.
    """

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="sesiones")
    tipo = models.CharField(_("tipo"), max_length=16, choices=TipoSesion.choices)
    caracter = models.CharField(
        _("carácter"), max_length=8, choices=Caracter.choices, default=Caracter.PUBLICA
    )
    fundamento_cierre = models.CharField(
        _("fundamento para cerrarla al público"), max_length=300, blank=True
    )
    numero = models.PositiveIntegerField(null=True, blank=True)
    ejercicio = models.PositiveSmallIntegerField(null=True, blank=True)
    inicia_en = models.DateTimeField(_("día y hora"))
    lugar = models.CharField(_("lugar"), max_length=200)
    urgencia = models.CharField(_("fundamento de la urgencia"), max_length=1000, blank=True)

    estado = FSMField(choices=_E.choices, default=_E.PREPARACION, protected=True)
    regla = models.ForeignKey(
        ReglaJuridica, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    legal_desde = models.DateTimeField(null=True, blank=True)
    convocatoria = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="sesion_convocada"
    )
    convocada_en = models.DateTimeField(null=True, blank=True)
    motivo = models.CharField(max_length=1000, blank=True)
    llamada = models.PositiveSmallIntegerField(default=0)
    llamada_en = models.DateTimeField(null=True, blank=True)
    regla_quorum = models.ForeignKey(
        ReglaJuridica, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    integrantes_n = models.PositiveSmallIntegerField(null=True, blank=True)
    preside = models.ForeignKey(
        Integrante, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    abierta_en = models.DateTimeField(null=True, blank=True)
    cerrada_en = models.DateTimeField(null=True, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()
    cambios = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("sesión")
        verbose_name_plural = _("sesiones")
        ordering = ["-inicia_en", "-pk"]
        indexes = [models.Index(fields=["estado", "inicia_en"], name="session_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["organo", "tipo", "ejercicio", "numero"], name="session_numbered_once"
            ),
            models.CheckConstraint(name="session_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="session_closed_says_why",
                condition=Q(caracter=Caracter.PUBLICA) | ~Q(fundamento_cierre=""),
            ),
            models.CheckConstraint(
                name="session_noticed_has_number",
                condition=Q(estado__in=[_E.PREPARACION, _E.CANCELADA])
                | (Q(numero__isnull=False) & Q(convocada_en__isnull=False)),
            ),
            models.CheckConstraint(
                name="session_cancelled_says_why",
                condition=~Q(estado=_E.CANCELADA) | ~Q(motivo=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre}, {self.organo}"

    @property
    def nombre(self) -> str:
        """«Sesión ordinaria 12/2026», or without number while it is prepared."""
        kind = self.get_tipo_display().lower()
        if self.numero is None:
            return capfirst(_now("Sesión %(kind)s") % {"kind": kind})
        words = {"kind": kind, "n": self.numero, "year": self.ejercicio}
        return capfirst(_now("Sesión %(kind)s %(n)s/%(year)s") % words)

    @transition("estado", source=_E.PREPARACION, target=_E.CONVOCADA)
    def convene(self, moment: dt.datetime) -> None:
        """Its members are noticed."""
        self.convocada_en = moment

    @transition("estado", source=[_E.PREPARACION, _E.CONVOCADA], target=_E.CANCELADA)
    def cancel(self, motivo: str) -> None:
        """It will not be held."""
        self.motivo = motivo

    @transition("estado", source=_E.CONVOCADA, target=_E.EN_CURSO)
    def open_sitting(self, moment: dt.datetime) -> None:
        """There is a quorum."""
        self.abierta_en = moment

    @transition("estado", source=_E.CONVOCADA, target=_E.NO_CELEBRADA)
    def fail_sitting(self, moment: dt.datetime) -> None:
        """There was none."""
        self.cerrada_en = moment

    @transition("estado", source=_E.EN_CURSO, target=_E.RECESO)
    def rest(self) -> None:
        """A recess."""

    @transition("estado", source=_E.RECESO, target=_E.EN_CURSO)
    def go_on(self) -> None:
        """The recess is over."""

    @transition("estado", source=[_E.EN_CURSO, _E.RECESO], target=_E.CONCLUIDA)
    def end_sitting(self, moment: dt.datetime) -> None:
        """It is over."""
        self.cerrada_en = moment


class Punto(models.Model):
    """
    A point of the agenda, in its ``orden``. ``tardio``: it came in after the notice.

    ``titulo`` is kept for the fixed ones too: a rename of a kind does not change an old agenda.
    """

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="puntos")
    orden = models.PositiveSmallIntegerField()
    clase = models.CharField(max_length=10, choices=ClasePunto.choices)
    titulo = models.CharField(_("título"), max_length=300)
    asunto = models.ForeignKey(
        Asunto, null=True, blank=True, on_delete=models.PROTECT, related_name="puntos"
    )
    tardio = models.BooleanField(default=False)
    retirado_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("punto del orden del día")
        verbose_name_plural = _("puntos del orden del día")
        ordering = ["sesion", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                name="point_of_item_has_one",
                condition=Q(clase=ClasePunto.ASUNTO, asunto__isnull=False)
                | (~Q(clase=ClasePunto.ASUNTO) & Q(asunto__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["sesion", "asunto"],
                condition=Q(retirado_en__isnull=True),
                name="point_item_once_a_session",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo


class Convocado(models.Model):
    """A member who was noticed of a session, in the seat they held then, and the proof of it."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="convocados")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    ocupacion = models.ForeignKey(Ocupacion, on_delete=models.PROTECT, related_name="+")
    notificacion = models.OneToOneField(
        NotificacionDocumento, on_delete=models.PROTECT, related_name="convocado"
    )

    class Meta:
        verbose_name = _("convocado a una sesión")
        verbose_name_plural = _("convocados a una sesión")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sesion", "integrante"], name="noticed_once")
        ]

    def __str__(self) -> str:
        return f"{self.sesion_id}:{self.integrante_id}"
