"""What reviewers are asked, what they answer, and what they say of each paragraph."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..constants import EstadoRevision, EtapaRevision
from .documento import Documento, VersionDocumento


class RevisionDocumento(models.Model):
    """Somebody is asked to look at a version; ``revisor`` is empty while any lawyer may."""

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="revisiones")
    version = models.ForeignKey(VersionDocumento, on_delete=models.PROTECT, related_name="+")
    etapa = models.CharField(max_length=12, choices=EtapaRevision.choices)
    revisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="revisiones"
    )
    estado = models.CharField(
        max_length=12, choices=EstadoRevision.choices, default=EstadoRevision.PENDIENTE
    )
    vence = models.DateField(_("vence"))
    comentario = models.CharField(_("comentario"), max_length=2000, blank=True)
    creada_en = models.DateTimeField()
    resuelta_en = models.DateTimeField(null=True)
    recordada_en = models.DateField(null=True)

    class Meta:
        verbose_name = _("revisión de documento")
        verbose_name_plural = _("revisiones de documento")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "etapa", "revisor"], name="revision_once_a_version"
            ),
            models.CheckConstraint(
                name="revision_settled_has_moment",
                condition=Q(estado=EstadoRevision.PENDIENTE, resuelta_en__isnull=True)
                | (~Q(estado=EstadoRevision.PENDIENTE) & Q(resuelta_en__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.etapa} {self.estado}"


class ComentarioDocumento(models.Model):
    """A remark on one paragraph of a version (``parrafo`` is its key; empty: on the whole)."""

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="comentarios")
    version = models.ForeignKey(VersionDocumento, on_delete=models.PROTECT, related_name="+")
    parrafo = models.CharField(max_length=60, blank=True)
    texto = models.CharField(_("comentario"), max_length=2000)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    creado_en = models.DateTimeField()
    atendido_en = models.DateTimeField(null=True)
    atendido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("comentario de documento")
        verbose_name_plural = _("comentarios de documento")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.parrafo}"
