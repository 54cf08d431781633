"""Requests for certified copies, which are also the register of certifications."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from portal.documents.models import Documento

from ..constants import Cotejo, EstadoCopia


class SolicitudCopia(models.Model):
    """
    Somebody asks for a certified copy: of what, which pages, paid or exempt, and what became of it.

    ``ruta`` and ``sha256`` are of the clean copy that is certified, ``original_sha256`` of the file
    it was made from. ``paginas`` are numbers of the original, which has ``paginas_total``.
    """

    folio = models.CharField(max_length=40, unique=True)
    ejercicio = models.PositiveSmallIntegerField()
    solicitante = models.CharField(_("quién la pide"), max_length=160)
    interes = models.CharField(_("con qué interés"), max_length=300)
    documento = models.ForeignKey(
        Documento, null=True, on_delete=models.PROTECT, related_name="copias_certificadas"
    )
    descripcion = models.CharField(_("de qué es copia"), max_length=300)
    cotejo = models.CharField(_("se coteja con"), max_length=20, choices=Cotejo.choices)
    libro = models.CharField(_("libro o expediente"), max_length=160, blank=True)
    foja = models.CharField(_("fojas"), max_length=60, blank=True)
    tantos = models.PositiveSmallIntegerField(_("tantos"), default=1)

    ruta = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64)
    tamano = models.PositiveIntegerField()
    paginas = models.JSONField()
    paginas_total = models.PositiveIntegerField()

    recibo = models.CharField(_("recibo de pago"), max_length=60, blank=True)
    importe = models.DecimalField(_("importe"), max_digits=10, decimal_places=2, null=True)
    exencion = models.CharField(_("motivo de la exención"), max_length=300, blank=True)

    estado = models.CharField(
        _("estado"), max_length=12, choices=EstadoCopia.choices, default=EstadoCopia.SOLICITADA
    )
    certificacion = models.OneToOneField(
        Documento, null=True, on_delete=models.PROTECT, related_name="copia_que_certifica"
    )
    motivo = models.CharField(max_length=1000, blank=True)
    entregada_a = models.CharField(_("a quién se entregó"), max_length=160, blank=True)
    entregada_en = models.DateTimeField(null=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creada_en = models.DateTimeField()
    cambios = models.PositiveIntegerField(default=1)
    busqueda = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("solicitud de copia certificada")
        verbose_name_plural = _("solicitudes de copia certificada")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["estado", "-id"], name="copy_by_state")]
        constraints = [
            models.CheckConstraint(
                name="copy_certified_has_paper",
                condition=~Q(
                    estado__in=[
                        EstadoCopia.EN_FIRMA,
                        EstadoCopia.CERTIFICADA,
                        EstadoCopia.ENTREGADA,
                    ]
                )
                | Q(certificacion__isnull=False),
            ),
            models.CheckConstraint(
                name="copy_rejected_says_why",
                condition=~Q(estado=EstadoCopia.RECHAZADA) | ~Q(motivo=""),
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    def save(self, *args, **kwargs) -> None:
        """Keep the folded text by which it is searched."""
        self.busqueda = fold(" ".join((self.folio, self.solicitante, self.descripcion)))
        super().save(*args, **kwargs)

    @property
    def parcial(self) -> bool:
        """Whether pages of the original are left out."""
        return len(self.paginas) < self.paginas_total

    @property
    def pagada(self) -> bool:
        """Paid for, or exempt."""
        return bool(self.recibo or self.exencion)
