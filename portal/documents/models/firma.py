"""Who must sign a document, and the signatures that were put."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..constants import EstadoFirmante, NivelFirma
from .documento import Documento


class Firmante(models.Model):
    """
    A person who must sign, in what place and order.

    ``caja`` is the place of the seal in the signed PDF: ``{page, x, y, w, h}`` in points from the
    lower left corner, known once the document is rendered with its folio.
    """

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="firmantes")
    clave = models.CharField(max_length=40)
    orden = models.PositiveSmallIntegerField()
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="por_firmar"
    )
    cargo = models.CharField(_("cargo"), max_length=160)
    estado = models.CharField(
        max_length=10, choices=EstadoFirmante.choices, default=EstadoFirmante.PENDIENTE
    )
    vence = models.DateField(null=True)
    caja = models.JSONField(null=True)
    recordada_en = models.DateField(null=True)

    class Meta:
        verbose_name = _("firmante")
        verbose_name_plural = _("firmantes")
        ordering = ["orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["documento", "clave"], name="firmante_once"),
            models.UniqueConstraint(fields=["documento", "usuario"], name="firmante_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.clave}"


class Firma(models.Model):
    """
    A signature that was put: the detached record beside the one inside the PDF.

    The certificate is public; the key that made the seal is never kept. ``usuario`` is who signed,
    ``en_suplencia_de`` whose post it was signed with; both empty when the institution sealed.
    """

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="firmas")
    firmante = models.OneToOneField(
        Firmante, null=True, on_delete=models.PROTECT, related_name="firma"
    )
    nivel = models.CharField(max_length=10, choices=NivelFirma.choices)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="firmas"
    )
    en_suplencia_de = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nombre = models.CharField(max_length=300)
    cargo = models.CharField(max_length=400)
    firmado_en = models.DateTimeField()
    certificado = models.BinaryField(help_text="DER")
    certificado_titular = models.CharField(max_length=300)
    certificado_serie = models.CharField(max_length=60)
    cadena_original = models.TextField()
    sello = models.TextField(help_text="Base64")
    sha256_antes = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, help_text="of the PDF with this signature")
    nivel_pades = models.CharField(max_length=10, blank=True)
    de_prueba = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("firma")
        verbose_name_plural = _("firmas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="firma_of_somebody_or_sealed",
                condition=Q(nivel=NivelFirma.SELLO) | Q(usuario__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.certificado_serie}"
