import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..constants import Canal, Categoria, Estado, Modo, Motivo


class Envio(models.Model):
    """
    One message to one address through one channel: the outbox row and the truth about it.

    The text is rendered once, when the row is made, so that every attempt sends the same bytes.
    ``objeto`` and ``objeto_id`` say what it is about ("peticion", 12) without knowing what that is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clave = models.CharField(max_length=200, unique=True)
    evento = models.SlugField(_("evento"), max_length=40)
    categoria = models.CharField(max_length=14, choices=Categoria.choices)
    canal = models.CharField(_("canal"), max_length=10, choices=Canal.choices)
    destino = models.CharField(_("destino"), max_length=254)
    idioma = models.CharField(max_length=8)
    objeto = models.SlugField(max_length=30, blank=True)
    objeto_id = models.BigIntegerField(null=True)

    asunto = models.CharField(_("asunto"), max_length=200, blank=True)
    cuerpo = models.TextField(_("texto"))
    cuerpo_html = models.TextField(blank=True)
    codificacion = models.CharField(max_length=6, blank=True)
    caracteres = models.PositiveIntegerField(default=0)
    segmentos = models.PositiveSmallIntegerField(default=0)
    sensible = models.BooleanField(default=False)
    modo = models.CharField(max_length=12, choices=Modo.choices)

    estado = models.CharField(
        _("estado"), max_length=20, choices=Estado.choices, default=Estado.PENDIENTE
    )
    motivo = models.CharField(max_length=20, choices=Motivo.choices, blank=True)
    nota = models.CharField(_("nota"), max_length=300, blank=True)
    ultimo_codigo = models.CharField(max_length=20, blank=True)
    intentos = models.PositiveSmallIntegerField(default=0)
    dudas = models.PositiveSmallIntegerField(default=0)
    proximo_en = models.DateTimeField()
    caduca_en = models.DateTimeField()
    ficha = models.UUIDField(null=True)
    arriendo_hasta = models.DateTimeField(null=True)
    encolado_en = models.DateTimeField()

    proveedor = models.CharField(max_length=20, blank=True)
    proveedor_id = models.CharField(max_length=120, blank=True, db_index=True)
    sustituye = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sustitutos"
    )
    creado_en = models.DateTimeField(_("creado"))
    actualizado_en = models.DateTimeField()
    aceptado_en = models.DateTimeField(null=True)
    entregado_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        indexes = [
            models.Index(
                fields=["proximo_en"], condition=Q(estado=Estado.PENDIENTE), name="envio_due"
            ),
            models.Index(
                fields=["estado", "arriendo_hasta"],
                condition=Q(estado__in=[Estado.ENVIANDO, Estado.INCIERTO, Estado.ACEPTADO]),
                name="envio_in_flight",
            ),
            models.Index(fields=["-creado_en", "-id"], name="envio_recent"),
            models.Index(fields=["objeto", "objeto_id", "-creado_en"], name="envio_about"),
            models.Index(fields=["estado", "-creado_en", "-id"], name="envio_by_state"),
        ]
        constraints = [
            models.CheckConstraint(name="envio_known_state", condition=Q(estado__in=Estado.values)),
            models.CheckConstraint(name="envio_known_channel", condition=Q(canal__in=Canal.values)),
            models.CheckConstraint(name="envio_known_mode", condition=Q(modo__in=Modo.values)),
            models.CheckConstraint(
                name="envio_sending_has_lease",
                condition=Q(
                    estado=Estado.ENVIANDO, ficha__isnull=False, arriendo_hasta__isnull=False
                )
                | (~Q(estado=Estado.ENVIANDO) & Q(arriendo_hasta__isnull=True)),
            ),
            models.CheckConstraint(
                name="envio_delivered_has_moment",
                condition=~Q(estado=Estado.ENTREGADO) | Q(entregado_en__isnull=False),
            ),
            models.CheckConstraint(
                name="envio_subject_one_line", condition=~Q(asunto__contains="\n")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def referencia(self) -> str:
        """What the notice is about, as the caller gave it: ``peticion:12``, or empty."""
        return f"{self.objeto}:{self.objeto_id}" if self.objeto else ""
