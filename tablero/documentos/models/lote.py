"""A batch of documents of one kind, read from a spreadsheet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.accounts.models import Dependencia
from portal.documents.models import Documento, PlantillaDocumento, TipoDocumento

from ..constants import EstadoFila, FormaEmision
from ..constants import EstadoLote as _E


class LoteDocumento(ConcurrentTransitionMixin, models.Model):
    """
    A spreadsheet that was looked at (dry run) and, if somebody says so, issued row by row.

    ``firmantes`` maps the template's places to persons; ``firmante`` is the one of the first place.
    ``huella`` is the SHA-256 of what was authorised: kind, template, office, signatories and the
    hash of every row. ``ficha`` and ``arriendo_hasta`` are the lease of the worker that has it.
    """

    tipo = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, related_name="+")
    plantilla = models.ForeignKey(PlantillaDocumento, on_delete=models.PROTECT, related_name="+")
    dependencia = models.ForeignKey(Dependencia, on_delete=models.PROTECT, related_name="+")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lotes"
    )
    asunto = models.CharField(_("asunto"), max_length=300)
    confidencial = models.BooleanField(_("confidencial"), default=False)
    firmantes = models.JSONField(default=dict)
    firmante = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nombre_archivo = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    estado = FSMField(_("estado"), choices=_E.choices, default=_E.PREPARADO, protected=True)
    forma = models.CharField(max_length=10, choices=FormaEmision.choices, blank=True)
    huella = models.CharField(max_length=64, blank=True)
    autorizado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    autorizado_en = models.DateTimeField(null=True)
    motivo = models.CharField(max_length=1000, blank=True)
    ficha = models.CharField(max_length=32, blank=True)
    arriendo_hasta = models.DateTimeField(null=True)
    encolado_en = models.DateTimeField(null=True)
    creado_en = models.DateTimeField()
    iniciado_en = models.DateTimeField(null=True)
    terminado_en = models.DateTimeField(null=True)
    datos_borrados_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lote de documentos")
        verbose_name_plural = _("lotes de documentos")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="lote_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="lote_begun_says_how",
                condition=~Q(estado__in=[_E.EMITIENDO, _E.PAUSADO, _E.TERMINADO])
                | (~Q(forma="") & ~Q(huella="")),
            ),
            models.CheckConstraint(
                name="lote_rubrica_is_authorised",
                condition=~Q(forma=FormaEmision.RUBRICA)
                | Q(autorizado_por__isnull=False, autorizado_en__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"lote {self.pk}"

    @transition(field=estado, source=[_E.PREPARADO, _E.PAUSADO], target=_E.EMITIENDO)
    def begin(self, *, forma: str, huella: str) -> None:
        """The worker may issue what is pending (emitir)."""
        self.forma, self.huella, self.motivo = forma, huella, ""
        self.ficha, self.arriendo_hasta = "", None

    @transition(field=estado, source=[_E.EMITIENDO], target=_E.PAUSADO)
    def pause(self, *, motivo: str) -> None:
        """Something stands in the way of every row (detener)."""
        self.motivo, self.ficha, self.arriendo_hasta = motivo, "", None

    @transition(field=estado, source=[_E.EMITIENDO], target=_E.TERMINADO)
    def finish(self, *, at) -> None:
        """No row is pending (terminar)."""
        self.terminado_en, self.ficha, self.arriendo_hasta = at, "", None

    @transition(field=estado, source=[_E.TERMINADO], target=_E.PAUSADO)
    def reopen(self, *, motivo: str) -> None:
        """Rows that failed are pending again (reintentar)."""
        self.motivo, self.terminado_en = motivo, None

    @transition(field=estado, source=[_E.PREPARADO, _E.EMITIENDO, _E.PAUSADO], target=_E.CANCELADO)
    def cancel(self, *, at) -> None:
        """What is not issued will not be (cancelar)."""
        self.terminado_en, self.ficha, self.arriendo_hasta = at, "", None


class FilaLote(models.Model):
    """
    A row of the spreadsheet; ``numero`` is the one the sheet shows.

    A row with errors keeps no data, only ``errores``: ``[{columna, motivo}]`` without what was
    typed. The data of a good one are erased as soon as they stand in its document.
    """

    lote = models.ForeignKey(LoteDocumento, on_delete=models.CASCADE, related_name="filas")
    numero = models.PositiveIntegerField()
    estado = models.CharField(
        max_length=12, choices=EstadoFila.choices, default=EstadoFila.PENDIENTE
    )
    datos = models.JSONField(default=dict)
    destinatario = models.CharField(max_length=300, blank=True)
    huella = models.CharField(max_length=64, blank=True)
    errores = models.JSONField(default=list)
    intentos = models.PositiveSmallIntegerField(default=0)
    documento = models.OneToOneField(
        Documento, null=True, on_delete=models.PROTECT, related_name="fila_de_lote"
    )

    class Meta:
        verbose_name = _("fila de lote")
        verbose_name_plural = _("filas de lote")
        ordering = ["numero"]
        indexes = [models.Index(fields=["lote", "estado", "numero"], name="fila_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["lote", "numero"], name="fila_once"),
            models.CheckConstraint(
                name="fila_issued_has_document",
                condition=~Q(estado=EstadoFila.EMITIDA) | Q(documento__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lote_id}:{self.numero}"
