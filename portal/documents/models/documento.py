"""An official document and the versions of its text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.accounts.models import Dependencia
from portal.core.text import fold

from ..constants import IN_FORCE_STATES, REVIEW_STATES
from ..constants import EstadoDocumento as _E
from .tipo import PlantillaDocumento, TipoDocumento

_UNSIGNED = (_E.BORRADOR, *REVIEW_STATES, _E.LISTO, _E.EN_FIRMA)


class Documento(ConcurrentTransitionMixin, models.Model):
    """
    A document from its first draft to its end.

    ``cambios`` grows with every act, so that nobody acts on what they did not see. ``contenido`` is
    the text as it was frozen, with the names and the letterhead of that day; ``huella_contenido``
    is its SHA-256. What was published once (``publicado_en``) stays readable. ``origen`` names, for
    whoever issued it, what it was issued for, once each.
    """

    tipo = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, related_name="documentos")
    plantilla = models.ForeignKey(PlantillaDocumento, on_delete=models.PROTECT)
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="documentos"
    )
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="documentos"
    )
    asunto = models.CharField(_("asunto"), max_length=300)
    destinatario = models.CharField(_("a quién se dirige"), max_length=300, blank=True)
    confidencial = models.BooleanField(_("confidencial"), default=False)
    estado = FSMField(_("estado"), choices=_E.choices, default=_E.BORRADOR, protected=True)
    version = models.PositiveIntegerField(default=1)
    cambios = models.PositiveIntegerField(default=1)
    vence_etapa = models.DateField(_("vence el paso"), null=True)

    codigo = models.CharField(max_length=20, unique=True, null=True, blank=True)
    contenido = models.JSONField(null=True)
    huella_contenido = models.CharField(max_length=64, blank=True)
    congelado_en = models.DateTimeField(null=True)

    folio = models.CharField(max_length=60, unique=True, null=True, blank=True)
    serie = models.CharField(max_length=20, blank=True)
    ejercicio = models.PositiveSmallIntegerField(null=True)
    numero = models.PositiveIntegerField(null=True)
    firmado_en = models.DateTimeField(null=True)
    de_prueba = models.BooleanField(default=False)
    publicado_en = models.DateTimeField(null=True)

    sustituye = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="sustitutos"
    )
    motivo_fin = models.CharField(max_length=1000, blank=True)
    terminado_en = models.DateTimeField(null=True)
    origen = models.CharField(max_length=80, unique=True, null=True, blank=True)
    busqueda = models.TextField(editable=False, default="")
    creado_en = models.DateTimeField()
    actualizado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("documento")
        verbose_name_plural = _("documentos")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["estado", "-id"], name="doc_by_state"),
            models.Index(fields=["dependencia", "-id"], name="doc_by_office"),
            models.Index(fields=["serie", "ejercicio", "numero"], name="doc_register"),
        ]
        constraints = [
            models.CheckConstraint(name="documento_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="documento_frozen_has_code",
                condition=Q(estado__in=[_E.BORRADOR, *REVIEW_STATES, _E.CANCELADO])
                | (Q(codigo__isnull=False, contenido__isnull=False) & ~Q(huella_contenido="")),
            ),
            models.CheckConstraint(
                name="documento_signed_has_folio",
                condition=~Q(estado__in=[*IN_FORCE_STATES, _E.SUSTITUIDO])
                | Q(folio__isnull=False, firmado_en__isnull=False),
            ),
            models.CheckConstraint(
                name="documento_ended_says_why",
                condition=~Q(estado__in=[_E.CANCELADO, _E.SUSTITUIDO]) | ~Q(motivo_fin=""),
            ),
            models.UniqueConstraint(
                fields=["serie", "ejercicio", "numero"],
                condition=Q(numero__isnull=False),
                name="documento_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.folio or f"{self.tipo_id}-{self.pk}"

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keep the folded text by which the document is searched."""
        self.busqueda = fold(" ".join((self.folio or "", self.asunto, self.destinatario)))
        if update_fields is not None:
            update_fields = {*update_fields, "busqueda"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def vigente(self) -> bool:
        """Signed, and neither replaced nor cancelled."""
        return self.estado in IN_FORCE_STATES

    @transition(field=estado, source=[_E.BORRADOR], target=_E.EN_REVISION)
    def submit(self) -> None:
        """Hand the version to its reviewers (enviar a revisión)."""

    @transition(field=estado, source=[_E.BORRADOR, _E.EN_REVISION], target=_E.VISTO_BUENO)
    def request_legal_approval(self) -> None:
        """Every reviewer agrees; the legal office looks (pedir el visto bueno)."""

    @transition(field=estado, source=[_E.BORRADOR, *REVIEW_STATES], target=_E.LISTO)
    def freeze(self) -> None:
        """Nothing of the text changes any more (congelar)."""

    @transition(field=estado, source=[*REVIEW_STATES, _E.LISTO, _E.EN_FIRMA], target=_E.BORRADOR)
    def send_back(self) -> None:
        """Back to who drafts, with a reason; only while nobody has signed (devolver)."""
        self.contenido, self.huella_contenido = None, ""
        self.codigo, self.congelado_en = None, None

    @transition(field=estado, source=[_E.LISTO], target=_E.EN_FIRMA)
    def send_to_sign(self) -> None:
        """Ask the signatories (enviar a firma)."""

    @transition(field=estado, source=[_E.EN_FIRMA, _E.LISTO], target=_E.FIRMADO)
    def complete(self, *, at) -> None:
        """Everybody who had to has signed (firmar)."""
        self.firmado_en, self.vence_etapa = at, None

    @transition(field=estado, source=[_E.FIRMADO, _E.PUBLICADO], target=_E.NOTIFICADO)
    def mark_notified(self) -> None:
        """The person it is for knows of it (notificar)."""

    @transition(
        field=estado,
        source=[_E.FIRMADO, _E.NOTIFICADO],
        target=_E.PUBLICADO,
        conditions=[lambda documento: documento.publicado_en is None],
    )
    def publish(self, *, at) -> None:
        """Anybody may read it, from now on whatever becomes of it (publicar)."""
        self.publicado_en = at

    @transition(field=estado, source=IN_FORCE_STATES, target=_E.SUSTITUIDO)
    def supersede(self, *, motivo: str, at) -> None:
        """Another document took its place (sustituir)."""
        self.motivo_fin, self.terminado_en, self.vence_etapa = motivo, at, None

    @transition(field=estado, source=[*_UNSIGNED, *IN_FORCE_STATES], target=_E.CANCELADO)
    def cancel(self, *, motivo: str, at) -> None:
        """Without effect; its folio, if it had one, stays taken (cancelar)."""
        self.motivo_fin, self.terminado_en, self.vence_etapa = motivo, at, None


class VersionDocumento(models.Model):
    """
    A version of the text. The last one of a draft changes as it is written; an older one never.

    ``datos`` maps the template's fields to what was typed; ``clausulas`` maps a clause to
    ``{"incluida": bool, "texto": str}`` where the draft departs from the template; ``extra`` is
    structured data of who issued it (the day grid of a receipt), never typed by hand.
    """

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="versiones")
    numero = models.PositiveIntegerField()
    datos = models.JSONField(default=dict)
    clausulas = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    motivo = models.CharField(max_length=1000, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("versión de documento")
        verbose_name_plural = _("versiones de documento")
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["documento", "numero"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.documento_id} v{self.numero}"
