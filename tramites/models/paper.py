from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia

from .peticion import Peticion


class DocumentoPorEmitir(models.Model):
    """
    A document that an act owes, with all it will say; the row goes when the document is there.

    Nobody takes it in hand before ``intentar_en``.
    """

    peticion = models.ForeignKey(
        Peticion, on_delete=models.PROTECT, related_name="documentos_por_emitir"
    )
    origen = models.CharField(max_length=80, unique=True)
    tipo = models.SlugField(max_length=40)
    dependencia = models.ForeignKey(Dependencia, on_delete=models.PROTECT, related_name="+")
    asunto = models.CharField(max_length=300)
    destinatario = models.CharField(max_length=300)
    confidencial = models.BooleanField()
    datos = models.JSONField()
    creado_en = models.DateTimeField()
    intentos = models.PositiveSmallIntegerField(default=0)
    intentar_en = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("documento por emitir")
        verbose_name_plural = _("documentos por emitir")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.origen
