"""Bodies, their seats, and who holds each from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold

from ..constants import Calidad, Cargo, TipoAusencia, TipoOrgano

_IN_ORDER = Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde"))


class Organo(models.Model):
    """
    A body that deliberates and votes: the Ayuntamiento or a commission of it.

    ``regla_quorum`` is the key of the rule by which it sits; validity is that of its term.
    """

    clave = models.SlugField(_("clave"), max_length=60, unique=True)
    nombre = models.CharField(_("nombre"), max_length=160)
    tipo = models.CharField(_("tipo"), max_length=16, choices=TipoOrgano.choices)
    regla_quorum = models.SlugField(_("regla de quórum"), max_length=60)
    atribuciones = models.TextField(_("atribuciones"), blank=True, max_length=4000)
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("órgano colegiado")
        verbose_name_plural = _("órganos colegiados")
        ordering = ["tipo", "nombre"]
        constraints = [models.CheckConstraint(condition=_IN_ORDER, name="organo_validity_in_order")]

    def __str__(self) -> str:
        return self.nombre


class Integrante(models.Model):
    """
    Somebody who holds or held a seat. ``usuario`` is their account, once they have one: with it
    they have their own screens.
    """

    nombre = models.CharField(_("nombre completo"), max_length=160)
    partido = models.CharField(_("partido o candidatura"), max_length=80, blank=True)
    correo = models.EmailField(_("correo"), blank=True)
    consentimiento = models.CharField(
        _("cómo aceptó ser convocado por correo"), max_length=300, blank=True
    )
    domicilio = models.CharField(_("domicilio para notificarle"), max_length=300, blank=True)
    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="integrante",
        verbose_name=_("cuenta"),
    )
    busqueda = models.CharField(max_length=260, editable=False, default="")

    class Meta:
        verbose_name = _("integrante")
        verbose_name_plural = _("integrantes")
        ordering = ["nombre", "pk"]

    def __str__(self) -> str:
        return self.nombre

    def save(self, *args, **kwargs) -> None:
        """Keep the folded text by which they are searched."""
        self.busqueda = fold(f"{self.nombre} {self.partido}")[:260]
        super().save(*args, **kwargs)


class Asiento(models.Model):
    """One seat of a body. ``orden`` is the order of the roll call."""

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="asientos")
    cargo = models.CharField(_("cargo"), max_length=12, choices=Cargo.choices)
    nombre = models.CharField(_("nombre del asiento"), max_length=120)
    orden = models.PositiveSmallIntegerField(_("orden de lista"))
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("asiento")
        verbose_name_plural = _("asientos")
        ordering = ["organo", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organo", "nombre"], name="asiento_named_once"),
            models.CheckConstraint(condition=_IN_ORDER, name="asiento_validity_in_order"),
        ]

    def __str__(self) -> str:
        return self.nombre


class Ocupacion(models.Model):
    """
    Somebody in a seat, as its holder or as the substitute elected with them, from a date on.

    ``protesta`` is the day they took the oath; before it nobody acts.
    """

    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="ocupaciones")
    integrante = models.ForeignKey(Integrante, on_delete=models.PROTECT, related_name="ocupaciones")
    calidad = models.CharField(_("calidad"), max_length=12, choices=Calidad.choices)
    protesta = models.DateField(_("rindió protesta"), null=True, blank=True)
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("ocupación de un asiento")
        verbose_name_plural = _("ocupaciones de asientos")
        ordering = ["asiento", "calidad", "vigente_desde"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="ocupacion_validity_in_order"),
            models.UniqueConstraint(
                fields=["asiento", "calidad"],
                condition=Q(vigente_hasta__isnull=True),
                name="ocupacion_one_open_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.integrante_id} @ {self.asiento_id}"


class Ausencia(models.Model):
    """
    Somebody does not hold their seat from ``desde`` to ``hasta`` (both included; ``None``: until
    further notice). The substitute holds it from ``suplente_desde``; without it the seat is empty.
    """

    ocupacion = models.ForeignKey(Ocupacion, on_delete=models.PROTECT, related_name="ausencias")
    tipo = models.CharField(_("tipo"), max_length=16, choices=TipoAusencia.choices)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)
    suplente_desde = models.DateField(_("entra su suplente"), null=True, blank=True)
    motivo = models.CharField(_("motivo y acuerdo que la concede"), max_length=400)

    class Meta:
        verbose_name = _("ausencia")
        verbose_name_plural = _("ausencias")
        ordering = ["desde", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="ausencia_in_order",
            ),
            models.CheckConstraint(
                condition=Q(suplente_desde__isnull=True) | Q(suplente_desde__gte=F("desde")),
                name="ausencia_substitute_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(tipo=TipoAusencia.FALTA_ABSOLUTA) | Q(hasta__isnull=True),
                name="ausencia_absolute_has_no_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ocupacion_id} {self.desde}"
