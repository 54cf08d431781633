"""Letting the person a document is for know of it, and the proof that they do."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.time import local_date

from ..constants import (
    MAX_NAME,
    UNSETTLED_NOTICES,
    EstadoNotificacion,
    FormaNotificacion,
    MedioNotificacion,
)
from .archivo import ArchivoDocumento
from .documento import Documento


class NotificacionDocumento(models.Model):
    """
    One addressee, by one means. Who they are and where they live is here and nowhere else.

    ``vence`` is the last day to notify (LFPA 39). ``cita_en`` is when whoever notifies comes back
    after leaving a citatorio. ``cambios`` grows with every act.
    """

    documento = models.ForeignKey(
        Documento, on_delete=models.PROTECT, related_name="notificaciones"
    )
    destinatario = models.CharField(_("a quién se notifica"), max_length=MAX_NAME)
    medio = models.CharField(_("medio"), max_length=20, choices=MedioNotificacion.choices)
    domicilio = models.CharField(_("domicilio"), max_length=300, blank=True)
    correo = models.EmailField(_("correo"), blank=True)
    consentimiento = models.CharField(
        _("cómo aceptó los medios electrónicos"), max_length=300, blank=True
    )
    estado = models.CharField(
        _("estado"),
        max_length=12,
        choices=EstadoNotificacion.choices,
        default=EstadoNotificacion.PENDIENTE,
    )
    vence = models.DateField(_("vence"))
    cambios = models.PositiveIntegerField(default=1)

    ordenada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordenada_en = models.DateTimeField()
    enviada_en = models.DateTimeField(null=True)
    abierta_en = models.DateTimeField(null=True)
    visita_en = models.DateTimeField(null=True)
    cita_en = models.DateTimeField(null=True)

    forma = models.CharField(max_length=12, choices=FormaNotificacion.choices, blank=True)
    practicada_en = models.DateTimeField(null=True)
    practicada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recibe = models.CharField(_("quién recibió"), max_length=MAX_NAME, blank=True)
    relacion = models.CharField(_("relación con la persona"), max_length=120, blank=True)
    identificacion = models.CharField(_("con qué se identificó"), max_length=200, blank=True)
    referencia = models.CharField(
        _("número de guía, oficio o publicación"), max_length=200, blank=True
    )
    nota = models.CharField(_("observaciones"), max_length=1000, blank=True)
    evidencia = models.ForeignKey(
        ArchivoDocumento, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recordada_en = models.DateField(null=True)

    class Meta:
        verbose_name = _("notificación de documento")
        verbose_name_plural = _("notificaciones de documento")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["estado", "vence"], name="notice_by_due")]
        constraints = [
            models.CheckConstraint(
                name="notice_electronic_has_consent",
                condition=~Q(medio=MedioNotificacion.ELECTRONICA)
                | (~Q(correo="") & ~Q(consentimiento="")),
            ),
            models.CheckConstraint(
                name="notice_practised_says_how",
                condition=~Q(estado=EstadoNotificacion.PRACTICADA)
                | (Q(practicada_en__isnull=False) & ~Q(forma="")),
            ),
            models.UniqueConstraint(
                fields=["documento", "destinatario"],
                condition=Q(estado__in=UNSETTLED_NOTICES),
                name="notice_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documento_id} {self.medio}"

    @property
    def pendiente(self) -> bool:
        """Whether somebody still has to do something."""
        return self.estado in UNSETTLED_NOTICES

    @property
    def efectos(self) -> dt.date | None:
        """The day it takes effect: that on which it is made (LFPA 38)."""
        return local_date(self.practicada_en) if self.practicada_en else None
