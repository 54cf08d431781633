"""The acta of a session, its sections, what was observed of it, and who signed it."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from portal.documents.models import Documento
from tablero.cabildo.models import Integrante, Sesion

from ..constants import EstadoActa, EstadoFirmaActa, EstadoObservacion
from .libros import LibroActas

_E = EstadoActa


class Acta(ConcurrentTransitionMixin, models.Model):
    """
    What happened in a session, in words.

    ``huella`` is the SHA-256 of its text since it was sent round. ``aprobada_por`` is the later
    session that approved it. ``foja_desde`` and ``foja_hasta`` are its leaves in ``libro``.
    ``publica`` is its version with personal data struck out, if it needed one.
    """

    sesion = models.OneToOneField(Sesion, on_delete=models.PROTECT, related_name="acta")
    estado = FSMField(choices=_E.choices, default=_E.BORRADOR, protected=True)
    huella = models.CharField(max_length=64, blank=True)
    observar_hasta = models.DateField(null=True, blank=True)
    aprobada_por = models.ForeignKey(
        Sesion, null=True, blank=True, on_delete=models.PROTECT, related_name="actas_aprobadas"
    )
    documento = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="acta"
    )
    publica = models.OneToOneField(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="acta_publica"
    )
    libro = models.ForeignKey(
        LibroActas, null=True, blank=True, on_delete=models.PROTECT, related_name="actas"
    )
    foja_desde = models.PositiveIntegerField(null=True, blank=True)
    foja_hasta = models.PositiveIntegerField(null=True, blank=True)
    creado_en = models.DateTimeField()
    actualizado_en = models.DateTimeField()
    cambios = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("acta")
        verbose_name_plural = _("actas")
        ordering = ["-sesion__inicia_en", "-pk"]
        constraints = [
            models.CheckConstraint(name="acta_known_state", condition=Q(estado__in=_E.values)),
            models.CheckConstraint(
                name="acta_sent_round_has_fingerprint",
                condition=Q(estado=_E.BORRADOR) | ~Q(huella=""),
            ),
            models.CheckConstraint(
                name="acta_approved_says_where",
                condition=Q(estado__in=[_E.BORRADOR, _E.CIRCULADA]) | Q(aprobada_por__isnull=False),
            ),
            models.CheckConstraint(
                name="acta_signed_is_bound",
                condition=~Q(estado=_E.FIRMADA)
                | (
                    Q(documento__isnull=False)
                    & Q(libro__isnull=False)
                    & Q(foja_desde__isnull=False)
                    & Q(foja_hasta__gte=models.F("foja_desde"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Acta de la %(session)s") % {"session": self.sesion.nombre.lower()})

    def fingerprint(self) -> str:
        """The SHA-256 of its text as it stands."""
        parts = list(self.secciones.order_by("orden").values_list("titulo", "texto"))
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

    @transition("estado", source=_E.BORRADOR, target=_E.CIRCULADA)
    def circulate(self, hasta) -> None:
        """Members may observe it until that day."""
        self.observar_hasta = hasta

    @transition("estado", source=_E.CIRCULADA, target=_E.APROBADA)
    def approve(self, sesion: Sesion) -> None:
        """A later session approved it."""
        self.aprobada_por = sesion

    @transition("estado", source=_E.APROBADA, target=_E.FIRMADA)
    def bind(self, documento: Documento, libro: LibroActas, pages: int) -> None:
        """Signed, and on the next leaves of the book."""
        self.documento, self.libro = documento, libro
        self.foja_desde, self.foja_hasta = libro.fojas + 1, libro.fojas + pages


class SeccionActa(models.Model):
    """A part of the acta; its paragraphs are apart by an empty line, numbered from 1."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="secciones")
    orden = models.PositiveSmallIntegerField()
    titulo = models.CharField(_("título"), max_length=300)
    texto = models.TextField(_("texto"), max_length=60_000)

    class Meta:
        verbose_name = _("sección de un acta")
        verbose_name_plural = _("secciones de actas")
        ordering = ["acta", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["acta", "orden"], name="acta_section_place_once")
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def parrafos(self) -> list[str]:
        """Its paragraphs, in order."""
        return [part.strip() for part in self.texto.split("\n\n") if part.strip()]


class ObservacionActa(models.Model):
    """What a member says of a paragraph, and what came of it."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="observaciones")
    seccion = models.ForeignKey(SeccionActa, on_delete=models.PROTECT, related_name="observaciones")
    parrafo = models.PositiveSmallIntegerField()
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    texto = models.CharField(_("observación"), max_length=2000)
    estado = models.CharField(
        max_length=10,
        choices=EstadoObservacion.choices,
        default=EstadoObservacion.PENDIENTE,
    )
    respuesta = models.CharField(max_length=1000, blank=True)
    creado_en = models.DateTimeField()
    resuelta_en = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("observación de un acta")
        verbose_name_plural = _("observaciones de actas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="observation_refused_says_why",
                condition=~Q(estado=EstadoObservacion.RECHAZADA) | ~Q(respuesta=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.acta_id}:{self.pk}"


class FirmaActa(models.Model):
    """Whether a member who was there signed; ``huella`` is of the text signed in the system."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="firmas")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="+")
    cargo = models.CharField(max_length=160)
    orden = models.PositiveSmallIntegerField()
    estado = models.CharField(
        max_length=12, choices=EstadoFirmaActa.choices, default=EstadoFirmaActa.PENDIENTE
    )
    en = models.DateTimeField(null=True)
    huella = models.CharField(max_length=64, blank=True)
    motivo = models.CharField(max_length=1000, blank=True)
    recordada_en = models.DateField(null=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("firma de un acta")
        verbose_name_plural = _("firmas de actas")
        ordering = ["acta", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["acta", "integrante"], name="acta_signed_once"),
            models.CheckConstraint(
                name="acta_refusal_says_why",
                condition=~Q(estado=EstadoFirmaActa.REHUSADA) | ~Q(motivo=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acta_id}:{self.integrante_id}"
