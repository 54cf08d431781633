"""Kinds of documents and the templates by which each is written."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.constants import Rol

from ..constants import NivelFirma, OrdenFirma


def drafting_roles() -> list[str]:
    """Who drafts a kind of document unless it says otherwise."""
    return [Rol.ENLACE.value, Rol.TITULAR.value, Rol.SECRETARIA.value, Rol.JURIDICO.value]


class TipoDocumento(models.Model):
    """
    A kind of document: its series, who drafts it, what it must pass, and how it is signed.

    ``automatico`` kinds are issued by an act of the house (a receipt, an answer) and never drafted
    by hand. ``publico`` lets whoever holds the verification code read the document itself.
    """

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=120)
    descripcion = models.CharField(_("para qué sirve"), max_length=300, blank=True)
    serie = models.CharField(
        _("serie del folio"),
        max_length=20,
        blank=True,
        help_text=_("vacía: el folio lo da el asunto del que trata"),
    )
    serie_archivo = models.CharField(_("serie del archivo"), max_length=40, blank=True)
    fundamento = models.CharField(_("fundamento"), max_length=400, blank=True)
    nivel_firma = models.CharField(
        _("firma que exige"),
        max_length=10,
        choices=NivelFirma.choices,
        default=NivelFirma.RUBRICA,
    )
    orden_firma = models.CharField(
        _("orden de las firmas"),
        max_length=12,
        choices=OrdenFirma.choices,
        default=OrdenFirma.EN_ORDEN,
    )
    requiere_visto_bueno = models.BooleanField(_("exige visto bueno jurídico"), default=False)
    publico = models.BooleanField(_("el documento es público"), default=False)
    confidencial = models.BooleanField(_("nace confidencial"), default=False)
    automatico = models.BooleanField(_("lo emite el sistema"), default=False)
    roles = models.JSONField(_("quién lo redacta"), default=drafting_roles)
    dias_revision = models.PositiveSmallIntegerField(_("días hábiles para revisar"), default=3)
    dias_visto_bueno = models.PositiveSmallIntegerField(
        _("días hábiles para el visto bueno"), default=3
    )
    dias_firma = models.PositiveSmallIntegerField(_("días hábiles para firmar"), default=3)
    activo = models.BooleanField(_("en uso"), default=True)

    class Meta:
        verbose_name = _("tipo de documento")
        verbose_name_plural = _("tipos de documento")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class PlantillaDocumento(models.Model):
    """
    One version of a kind's template, never changed once saved.

    ``campos``: ``[{clave, etiqueta, tipo, requerido, maximo, opciones, ayuda}]``.
    ``clausulas``: ``[{clave, titulo, texto, clase, opcional, editable}]``, whose text names fields
    as ``{{clave}}``. ``firmantes``: ``[{clave, cargo}]`` in their order. ``diseno`` is typst source
    written by an administrator; what people type never becomes part of it.
    """

    tipo = models.ForeignKey(TipoDocumento, on_delete=models.PROTECT, related_name="plantillas")
    version = models.PositiveIntegerField(_("versión"))
    titulo = models.CharField(_("título impreso"), max_length=200)
    campos = models.JSONField(_("campos"), default=list)
    clausulas = models.JSONField(_("cláusulas"), default=list)
    firmantes = models.JSONField(_("firmantes"), default=list)
    diseno = models.TextField(_("diseño"))
    fundamento = models.CharField(_("fundamento"), max_length=400, blank=True)
    pie_de_recurso = models.TextField(_("medio de defensa"), blank=True)
    vigente = models.BooleanField(_("vigente"), default=True)
    huella = models.CharField(max_length=64)
    creada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creada_en = models.DateTimeField()

    class Meta:
        verbose_name = _("plantilla de documento")
        verbose_name_plural = _("plantillas de documento")
        ordering = ["tipo", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["tipo", "version"], name="plantilla_version_once"),
            models.UniqueConstraint(
                fields=["tipo"], condition=Q(vigente=True), name="plantilla_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo_id} v{self.version}"
