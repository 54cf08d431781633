"""Items for the agenda, the matters they are of, and their annexes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, ConcurrentTransitionMixin, FSMField, transition

from portal.accounts.models import Dependencia
from portal.core.text import fold
from tramites.models import Peticion

from ..constants import (
    FINAL_STATES,
    EstadoAsunto,
    FormaVotacion,
    OrigenAsunto,
    SentidoDictamen,
)
from .organos import Integrante, Organo

_E = EstadoAsunto
_VOTED = (_E.APROBADO, _E.APROBADO_MODIFICADO, _E.RECHAZADO)
_OPEN = [state for state in _E if state not in FINAL_STATES]


class Materia(models.Model):
    """
    What an item is about, as far as the law looks at it: the majority it demands and how it is
    voted, whether a commission must give its opinion, and the annexes it must have.

    ``anexos`` names one annex in each line. ``regla_mayoria`` is the key of a rule of majority.
    """

    clave = models.SlugField(_("clave"), max_length=60, unique=True)
    nombre = models.CharField(_("nombre"), max_length=160)
    regla_mayoria = models.SlugField(_("mayoría que exige"), max_length=60)
    votacion = models.CharField(
        _("se vota en forma"),
        max_length=10,
        choices=FormaVotacion.choices,
        default=FormaVotacion.ECONOMICA,
    )
    exige_dictamen = models.BooleanField(_("exige dictamen de comisión"), default=False)
    anexos = models.TextField(_("anexos que exige"), blank=True, max_length=1000)
    fundamento = models.CharField(_("fundamento"), max_length=400)
    activa = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("materia")
        verbose_name_plural = _("materias")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    @property
    def anexos_exigidos(self) -> list[str]:
        """The names of the annexes without which an item is not complete."""
        return [line.strip() for line in self.anexos.splitlines() if line.strip()]


class Asunto(ConcurrentTransitionMixin, models.Model):
    """
    Something somebody wants a body to decide. ``propuesta`` is the text that would be approved.

    Transitions change fields only; the services do the rest.
    """

    folio = models.CharField(_("folio"), max_length=24, unique=True)
    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="asuntos")
    materia = models.ForeignKey(Materia, on_delete=models.PROTECT, related_name="asuntos")
    titulo = models.CharField(_("título"), max_length=300)
    exposicion = models.TextField(_("exposición de motivos"), max_length=20_000)
    propuesta = models.TextField(_("punto de acuerdo"), max_length=20_000)

    origen = models.CharField(_("quién lo propone"), max_length=12, choices=OrigenAsunto.choices)
    proponente = models.ForeignKey(
        Integrante, null=True, blank=True, on_delete=models.PROTECT, related_name="asuntos"
    )
    dependencia = models.ForeignKey(
        Dependencia, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    peticion = models.ForeignKey(
        Peticion, null=True, blank=True, on_delete=models.PROTECT, related_name="asuntos"
    )

    estado = FSMField(choices=_E.choices, default=_E.BORRADOR, protected=True)
    comision = models.ForeignKey(
        Organo, null=True, blank=True, on_delete=models.PROTECT, related_name="asuntos_turnados"
    )
    dictamen_vence = models.DateField(_("dictamen a más tardar"), null=True, blank=True)
    dictamen_sentido = models.CharField(max_length=20, choices=SentidoDictamen.choices, blank=True)
    dictamen = models.TextField(_("dictamen"), blank=True, max_length=20_000)
    dictaminado_en = models.DateTimeField(null=True, blank=True)
    motivo = models.CharField(max_length=1000, blank=True)

    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()
    actualizado_en = models.DateTimeField()
    cambios = models.PositiveIntegerField(default=1)
    busqueda = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("asunto de Cabildo")
        verbose_name_plural = _("asuntos de Cabildo")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["estado", "-id"], name="item_by_state")]
        constraints = [
            models.CheckConstraint(name="item_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="item_in_commission_has_one",
                condition=~Q(estado__in=[_E.TURNADO, _E.DICTAMINADO]) | Q(comision__isnull=False),
            ),
            models.CheckConstraint(
                name="item_opinion_is_whole",
                condition=~Q(estado=_E.DICTAMINADO)
                | (~Q(dictamen_sentido="") & Q(dictaminado_en__isnull=False)),
            ),
            models.CheckConstraint(
                name="item_back_or_withdrawn_says_why",
                condition=~Q(estado__in=[_E.DEVUELTO, _E.RETIRADO]) | ~Q(motivo=""),
            ),
            models.CheckConstraint(
                name="item_says_who_brings_it",
                condition=Q(proponente__isnull=False)
                | Q(dependencia__isnull=False)
                | Q(peticion__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.titulo

    def save(self, *args, **kwargs) -> None:
        """Keep the folded text by which it is searched."""
        self.busqueda = fold(f"{self.folio} {self.titulo}")
        super().save(*args, **kwargs)

    @transition("estado", source=[_E.BORRADOR, _E.DEVUELTO], target=_E.EN_REVISION)
    def submit(self) -> None:
        """It is written, and is to be looked at."""
        self.motivo = ""

    @transition("estado", source=[_E.EN_REVISION, _E.VALIDADO], target=_E.DEVUELTO)
    def send_back(self, motivo: str) -> None:
        """Something must change first."""
        self.motivo = motivo

    @transition("estado", source=_E.EN_REVISION, target=_E.VALIDADO)
    def validate(self) -> None:
        """It can go on: to a commission, or to a session."""

    @transition("estado", source=_E.VALIDADO, target=_E.TURNADO)
    def refer(self, comision: Organo, vence) -> None:
        """A commission is to give its opinion."""
        self.comision, self.dictamen_vence = comision, vence

    @transition("estado", source=_E.TURNADO, target=_E.DICTAMINADO)
    def give_opinion(self, sentido: str, texto: str, now) -> None:
        """The commission gave it."""
        self.dictamen_sentido, self.dictamen, self.dictaminado_en = sentido, texto, now

    @transition("estado", source=[_E.VALIDADO, _E.DICTAMINADO, _E.POSPUESTO], target=_E.AGENDADO)
    def schedule(self) -> None:
        """It is on the agenda of a session."""

    @transition("estado", source=_E.AGENDADO, target=RETURN_VALUE(_E.VALIDADO, _E.DICTAMINADO))
    def unschedule(self) -> str:
        """It is off the agenda, and as far as it was."""
        return _E.DICTAMINADO if self.dictamen_sentido else _E.VALIDADO

    @transition("estado", source=_E.AGENDADO, target=_E.POSPUESTO)
    def postpone(self) -> None:
        """It is left for another session."""

    @transition(
        "estado",
        source=[_E.AGENDADO, *_VOTED],
        target=RETURN_VALUE(*_VOTED),
    )
    def decide(self, approved: bool, changed: bool) -> str:
        """It was voted; a second vote on it corrects the first."""
        if not approved:
            return _E.RECHAZADO
        return _E.APROBADO_MODIFICADO if changed else _E.APROBADO

    @transition("estado", source=_OPEN, target=_E.RETIRADO)
    def withdraw(self, motivo: str) -> None:
        """Whoever brought it does not want it decided any more."""
        self.motivo = motivo


class AnexoAsunto(models.Model):
    """
    A file of an item. ``exigido`` is the name of the annex that the matter demands and this is;
    ``confidencial`` is for the members and the Secretaría only, with its ``fundamento``.
    """

    asunto = models.ForeignKey(Asunto, on_delete=models.PROTECT, related_name="anexos")
    nombre = models.CharField(_("nombre"), max_length=160)
    exigido = models.CharField(max_length=160, blank=True)
    confidencial = models.BooleanField(_("confidencial"), default=False)
    fundamento = models.CharField(_("fundamento de la reserva"), max_length=300, blank=True)
    clave = models.CharField(max_length=40, unique=True)
    ruta = models.CharField(max_length=120)
    archivo = models.CharField(max_length=160)
    tipo = models.CharField(max_length=60)
    tamano = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()
    retirado_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("anexo de un asunto")
        verbose_name_plural = _("anexos de asuntos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="annex_reserved_says_why",
                condition=Q(confidencial=False) | ~Q(fundamento=""),
            )
        ]

    def __str__(self) -> str:
        return self.nombre
