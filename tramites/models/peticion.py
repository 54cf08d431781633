"""The petition and its state machine. Transitions change fields; the services do the rest."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.accounts.models import Dependencia

from ..constants import OPEN_STATES, Canal, Estado, Reloj, Resultado, Semaforo, Tipo
from ..deadlines import clock_reading
from .catalogue import Servicio
from .place import Colonia, Zona

_E = Estado
_UNANSWERED = [_E.RECIBIDA, _E.TURNADA, _E.EN_ATENCION, _E.REABIERTA]


class Peticion(ConcurrentTransitionMixin, models.Model):
    """
    What a person asked, with one office at a time until it is answered.

    ``vence_en`` is the last moment of the term (for terms in days, the end of the last day in the
    municipality's zone); empty while the clock is paused. ``por_vencer_en``, when the semaphore
    turns amber, is set if, and only if, the clock runs.
    """

    folio = models.CharField(_("folio"), max_length=24, unique=True)
    tipo = models.CharField(_("tipo"), max_length=12, choices=Tipo.choices)
    servicio = models.ForeignKey(Servicio, on_delete=models.PROTECT, related_name="peticiones")
    canal = models.CharField(_("canal"), max_length=12, choices=Canal.choices)
    descripcion = models.TextField(_("descripción"))
    sensible = models.BooleanField(_("sensible"), default=False)

    direccion = models.CharField(_("dirección"), max_length=300, blank=True)
    referencia = models.CharField(_("referencia"), max_length=300, blank=True)
    latitud = models.FloatField(null=True, blank=True)
    longitud = models.FloatField(null=True, blank=True)
    colonia = models.ForeignKey(Colonia, null=True, blank=True, on_delete=models.PROTECT)
    zona = models.ForeignKey(Zona, null=True, blank=True, on_delete=models.PROTECT)

    estado = FSMField(choices=Estado.choices, default=Estado.RECIBIDA, protected=True)
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="peticiones"
    )
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT
    )
    capturada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo_turno = models.CharField(_("motivo del turno"), max_length=300, blank=True)

    recibida_en = models.DateTimeField(_("recibida"))
    actualizada_en = models.DateTimeField(_("última actividad"))
    reloj = models.CharField(max_length=10, choices=Reloj.choices, default=Reloj.CORRIENDO)
    vence_en = models.DateTimeField(_("vence"), null=True)
    por_vencer_en = models.DateTimeField(null=True)
    regla_clave = models.SlugField(max_length=60)
    respondida_en = models.DateTimeField(null=True)
    concluida_en = models.DateTimeField(null=True)
    concluye_en = models.DateTimeField(
        null=True, help_text=_("momento en que concluye si nadie se inconforma")
    )
    resultado = models.CharField(max_length=12, choices=Resultado.choices, blank=True)
    en_plazo = models.BooleanField(null=True)
    acumulada_en = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="acumuladas"
    )

    pin_hash = models.CharField(max_length=80, editable=False)
    huella = models.CharField(max_length=64, editable=False)
    clave_idempotencia = models.CharField(max_length=64, unique=True, editable=False)
    busqueda = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("petición")
        verbose_name_plural = _("peticiones")
        indexes = [
            models.Index(fields=["-recibida_en", "-id"], name="pet_recent"),
            models.Index(fields=["dependencia", "-recibida_en", "-id"], name="pet_office_recent"),
            models.Index(
                fields=["dependencia", "estado", "vence_en"],
                condition=Q(estado__in=OPEN_STATES),
                name="pet_open_by_office",
            ),
            models.Index(fields=["estado", "-recibida_en", "-id"], name="pet_state_recent"),
            models.Index(fields=["canal", "-recibida_en", "-id"], name="pet_channel_recent"),
            # Its condition follows from any comparison, so SQLite too sees that it applies.
            models.Index(
                fields=["por_vencer_en"],
                condition=Q(por_vencer_en__isnull=False),
                name="pet_running",
            ),
            models.Index(
                fields=["concluye_en"],
                condition=Q(estado=Estado.RESPONDIDA),
                name="pet_to_conclude",
            ),
            models.Index(
                fields=["respondida_en"],
                condition=Q(respondida_en__isnull=False),
                name="pet_answered",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="peticion_known_state", condition=Q(estado__in=Estado.values)
            ),
            models.CheckConstraint(
                name="peticion_answered_has_outcome",
                condition=~Q(estado__in=[Estado.RESPONDIDA, Estado.CONCLUIDA])
                | (Q(respondida_en__isnull=False) & ~Q(resultado="")),
            ),
            models.CheckConstraint(
                name="peticion_running_clock_has_deadline",
                condition=Q(
                    reloj=Reloj.CORRIENDO, vence_en__isnull=False, por_vencer_en__isnull=False
                )
                | (~Q(reloj=Reloj.CORRIENDO) & Q(por_vencer_en__isnull=True)),
            ),
            models.CheckConstraint(
                name="peticion_merged_names_its_case",
                condition=~Q(estado=Estado.ACUMULADA) | Q(acumulada_en__isnull=False),
            ),
            models.CheckConstraint(
                name="peticion_not_merged_into_itself",
                condition=Q(acumulada_en__isnull=True) | ~Q(acumulada_en=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def abierta(self) -> bool:
        """Somebody still owes an act."""
        return self.estado in OPEN_STATES

    def semaforo(self, now: dt.datetime) -> Semaforo:
        """The clock at ``now`` (aware)."""
        return clock_reading(self.reloj, self.vence_en, self.por_vencer_en, now)

    def _stop_clock(self) -> None:
        """Nothing is owed any more; ``vence_en`` stays, to tell when it was due."""
        self.reloj, self.por_vencer_en = Reloj.DETENIDO, None

    @transition(field=estado, source=_UNANSWERED, target=_E.TURNADA)
    def assign(self, *, dependencia: Dependencia, motivo: str) -> None:
        """Hand to an office (turnar)."""
        self.dependencia, self.responsable, self.motivo_turno = dependencia, None, motivo

    @transition(field=estado, source=[_E.TURNADA, _E.EN_ATENCION], target=_E.RECIBIDA)
    def return_to_desk(self, *, desk: Dependencia, motivo: str) -> None:
        """Give back to the triage desk (devolver)."""
        self.dependencia, self.responsable, self.motivo_turno = desk, None, motivo

    @transition(field=estado, source=[_E.TURNADA, _E.REABIERTA], target=_E.EN_ATENCION)
    def accept(self, *, responsable) -> None:
        """Take charge (atender)."""
        self.responsable = responsable

    @transition(field=estado, source=[_E.EN_ATENCION], target=_E.PREVENIDA)
    def request_correction(self) -> None:
        """Ask the citizen to complete (prevenir)."""

    @transition(field=estado, source=[_E.PREVENIDA], target=_E.EN_ATENCION)
    def receive_correction(self) -> None:
        """The citizen completed what was missing (desahogar)."""

    @transition(field=estado, source=[_E.EN_ATENCION], target=_E.RESPONDIDA)
    def answer(self, *, resultado: str, at: dt.datetime) -> None:
        """Answer with an outcome (resolver)."""
        self.resultado, self.respondida_en = resultado, at
        self._stop_clock()
        self.en_plazo = None if self.vence_en is None else at <= self.vence_en

    @transition(field=estado, source=[_E.RESPONDIDA], target=_E.CONCLUIDA)
    def conclude(self, *, at: dt.datetime) -> None:
        """Close for good (concluir)."""
        self.concluida_en, self.concluye_en = at, None

    @transition(field=estado, source=[*_UNANSWERED, _E.PREVENIDA], target=_E.DESECHADA)
    def dismiss(self, *, at: dt.datetime) -> None:
        """Dismiss with grounds (desechar)."""
        self.concluida_en = at
        self._stop_clock()

    @transition(field=estado, source=_UNANSWERED, target=_E.NO_COMPETENTE)
    def declare_not_competent(self, *, at: dt.datetime) -> None:
        """It belongs to another authority; the citizen is told which (orientar)."""
        self.concluida_en = at
        self._stop_clock()

    @transition(field=estado, source=_UNANSWERED, target=_E.ACUMULADA)
    def merge(self, *, into: "Peticion", at: dt.datetime) -> None:
        """Join to another case, whose answer will answer this one too (acumular)."""
        self.acumulada_en, self.concluida_en = into, at
        self._stop_clock()

    @transition(field=estado, source=[*_UNANSWERED, _E.PREVENIDA], target=_E.CANCELADA)
    def cancel(self, *, at: dt.datetime) -> None:
        """Withdrawn by its citizen, or captured by mistake (cancelar)."""
        self.concluida_en = at
        self._stop_clock()

    @transition(field=estado, source=[_E.RESPONDIDA, _E.CONCLUIDA], target=_E.REABIERTA)
    def reopen(self, *, dependencia: Dependencia) -> None:
        """Take up again after a disagreement, one level above who answered (reabrir)."""
        self.dependencia, self.responsable = dependencia, None
        self.reloj, self.concluye_en, self.concluida_en = Reloj.CORRIENDO, None, None
        self.resultado, self.respondida_en, self.en_plazo = "", None, None
