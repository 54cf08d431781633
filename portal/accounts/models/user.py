import datetime as dt
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.text import fold
from portal.core.time import today

from ..constants import Rol
from .dependencia import Dependencia


def in_force_on(day: dt.date) -> Q:
    """Rows whose validity (``vigente_desde`` to ``vigente_hasta``, both included) holds ``day``."""
    return Q(vigente_desde__lte=day) & (Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=day))


class User(AbstractUser):
    """A person of the staff. Citizens have no account."""

    actor_kind = "usuario"

    clave_temporal = models.BooleanField(
        _("contraseña temporal"), default=False, help_text=_("debe cambiarla al entrar")
    )
    busqueda = models.CharField(max_length=600, editable=False, default="")

    class Meta(AbstractUser.Meta):
        verbose_name = _("usuario")
        verbose_name_plural = _("usuarios")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Keep the folded text by which the person is searched."""
        parts = (self.username, self.first_name, self.last_name, self.email)
        self.busqueda = fold(" ".join(parts))[:600]
        if update_fields is not None:
            update_fields = {*update_fields, "busqueda"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @cached_property
    def cargos(self) -> list["Adscripcion"]:
        """Posts held today, own first, then those held as substitute. Read once per request."""
        return posts_on(self, today())


class Adscripcion(models.Model):
    """A role of a person in an office, from a date on."""

    usuario = models.ForeignKey(User, on_delete=models.CASCADE, related_name="adscripciones")
    dependencia = models.ForeignKey(
        Dependencia, on_delete=models.PROTECT, related_name="adscripciones"
    )
    rol = models.CharField(_("rol"), max_length=16, choices=Rol.choices)
    puesto = models.CharField(_("puesto"), max_length=120, blank=True)
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("adscripción")
        verbose_name_plural = _("adscripciones")
        constraints = [
            models.CheckConstraint(
                condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")),
                name="adscripcion_validity_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.usuario_id} {self.rol} @ {self.dependencia_id}"


class Suplencia(models.Model):
    """A dated absence in which one person acts with the powers of another's post."""

    ausente = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ausencias")
    suplente = models.ForeignKey(User, on_delete=models.PROTECT, related_name="suplencias")
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"))
    fundamento = models.CharField(_("fundamento"), max_length=300)

    class Meta:
        verbose_name = _("suplencia")
        verbose_name_plural = _("suplencias")
        constraints = [
            models.CheckConstraint(
                condition=Q(vigente_hasta__gte=F("vigente_desde")),
                name="suplencia_validity_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(ausente=F("suplente")), name="suplencia_between_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suplente_id} por {self.ausente_id}"


class RequisitoRol(models.Model):
    """What a role demands of whoever holds it."""

    rol = models.CharField(_("rol"), max_length=16, choices=Rol.choices, primary_key=True)
    exige_segundo_factor = models.BooleanField(_("exige segundo factor"), default=False)

    class Meta:
        verbose_name = _("requisito de rol")
        verbose_name_plural = _("requisitos de rol")

    def __str__(self) -> str:
        return self.rol


def posts_on(user: User, day: dt.date) -> list[Adscripcion]:
    """
    The posts ``user`` may act from on ``day``: own ones and those of people they substitute.

    A substituted post carries ``suplencia_de_id``, the absent person's id; an own one ``None``.
    """
    absent = Suplencia.objects.filter(in_force_on(day), suplente=user).values("ausente_id")
    posts = list(
        Adscripcion.objects.filter(in_force_on(day))
        .filter(Q(usuario=user) | Q(usuario_id__in=absent))
        .select_related("dependencia")
    )
    for post in posts:
        post.suplencia_de_id = None if post.usuario_id == user.pk else post.usuario_id
    return sorted(posts, key=lambda post: (post.suplencia_de_id is not None, post.pk))
