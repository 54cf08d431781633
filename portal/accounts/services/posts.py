"""Posts (adscripciones) and substitutions (suplencias), each with its dates."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text
from portal.core.time import local_date

from ..constants import Rol
from ..events import PostEnded, PostGiven, SubstitutionBegun, SubstitutionEnded
from ..models import Adscripcion, Dependencia, Suplencia, User
from ..models.user import in_force_on
from ..policies import AccountsPolicy


@transaction.atomic
def give_post(
    *,
    usuario_id: int,
    dependencia_id: int,
    rol: str,
    puesto: str = "",
    vigente_desde: dt.date,
    vigente_hasta: dt.date | None = None,
    actor,
    now: dt.datetime,
) -> Adscripcion:
    """
    Give a person a role in an office from a date on.

    :raises NotAllowedError: the actor does not manage accounts.
    :raises InvalidInputError: an unknown role, person or office, or dates in the wrong order.
    :raises ConflictError: the person already holds that role there on that date.
    """
    AccountsPolicy(actor).require()
    _require_order(vigente_desde, vigente_hasta)
    _require_role_and_office(rol, dependencia_id)
    user = User.objects.select_for_update().filter(pk=usuario_id, is_active=True).first()
    if user is None:
        raise InvalidInputError(fields={"usuario": [_("Elija una persona con cuenta activa.")]})
    same = Adscripcion.objects.filter(
        in_force_on(vigente_desde), usuario=user, dependencia_id=dependencia_id, rol=rol
    )
    if same.exists():
        raise ConflictError(_("La persona ya tiene ese cargo en esa dependencia."))
    post = Adscripcion.objects.create(
        usuario=user,
        dependencia_id=dependencia_id,
        rol=rol,
        puesto=clean_text(puesto)[:120],
        vigente_desde=vigente_desde,
        vigente_hasta=vigente_hasta,
    )
    publish(_given(post), actor=actor, now=now)
    return post


def _given(post: Adscripcion) -> PostGiven:
    return PostGiven(
        usuario_id=post.usuario_id,
        adscripcion_id=post.pk,
        dependencia_id=post.dependencia_id,
        rol=post.rol,
    )


@transaction.atomic
def end_post(*, adscripcion_id: int, hasta: dt.date, actor, now: dt.datetime) -> None:
    """
    End a post on ``hasta``, its last day.

    :raises ConflictError: it ended already, or it is what lets the actor administer.
    :raises InvalidInputError: it would end before it began.
    """
    AccountsPolicy(actor).require()
    post = Adscripcion.objects.select_for_update().filter(pk=adscripcion_id).first()
    if post is None:
        raise NotFoundError
    if post.vigente_hasta is not None and post.vigente_hasta <= hasta:
        raise ConflictError(_("Ese cargo ya terminó."))
    if post.usuario_id == actor.pk and post.rol == Rol.ADMINISTRADOR:
        raise ConflictError(_("No puede quitarse a sí mismo la administración."))
    _require_order(post.vigente_desde, hasta)
    post.vigente_hasta = hasta
    post.save(update_fields=["vigente_hasta"])
    event = PostEnded(
        usuario_id=post.usuario_id,
        adscripcion_id=post.pk,
        dependencia_id=post.dependencia_id,
        rol=post.rol,
        vigente_hasta=hasta.isoformat(),
    )
    publish(event, actor=actor, now=now)


@transaction.atomic
def begin_substitution(
    *,
    ausente_id: int,
    suplente_id: int,
    vigente_desde: dt.date,
    vigente_hasta: dt.date,
    fundamento: str,
    actor,
    now: dt.datetime,
) -> Suplencia:
    """
    Let one person act with the posts of another between two dates, both included.

    :raises InvalidInputError: the same person twice, no basis, dates in the wrong order or past.
    :raises ConflictError: the absent person already has a substitute in those dates.
    """
    AccountsPolicy(actor).require()
    _require_order(vigente_desde, vigente_hasta)
    fundamento = clean_text(fundamento)[:300]
    if not fundamento:
        raise InvalidInputError(fields={"fundamento": [_("Escriba el oficio o acuerdo.")]})
    if vigente_hasta < local_date(now):
        raise InvalidInputError(fields={"vigente_hasta": [_("Esa fecha ya pasó.")]})
    _require_free(ausente_id, suplente_id, vigente_desde, vigente_hasta)
    substitution = Suplencia.objects.create(
        ausente_id=ausente_id,
        suplente_id=suplente_id,
        vigente_desde=vigente_desde,
        vigente_hasta=vigente_hasta,
        fundamento=fundamento,
    )
    publish(_begun(substitution), actor=actor, now=now)
    return substitution


def _begun(substitution: Suplencia) -> SubstitutionBegun:
    return SubstitutionBegun(
        usuario_id=substitution.ausente_id,
        suplencia_id=substitution.pk,
        suplente_id=substitution.suplente_id,
        vigente_desde=substitution.vigente_desde.isoformat(),
        vigente_hasta=substitution.vigente_hasta.isoformat(),
    )


@transaction.atomic
def end_substitution(*, suplencia_id: int, actor, now: dt.datetime) -> None:
    """
    End a substitution early: today is its last day, or it never begins.

    :raises ConflictError: it ended already.
    """
    AccountsPolicy(actor).require()
    row = Suplencia.objects.select_for_update().filter(pk=suplencia_id).first()
    if row is None:
        raise NotFoundError
    today = local_date(now)
    if row.vigente_hasta < today:
        raise ConflictError(_("Esa suplencia ya terminó."))
    last = max(today - dt.timedelta(days=1), row.vigente_desde)
    event = SubstitutionEnded(
        usuario_id=row.ausente_id,
        suplencia_id=row.pk,
        suplente_id=row.suplente_id,
        vigente_hasta=last.isoformat(),
    )
    if row.vigente_desde >= today:
        row.delete()
    else:
        row.vigente_hasta = last
        row.save(update_fields=["vigente_hasta"])
    publish(event, actor=actor, now=now)


def _require_role_and_office(rol: str, dependencia_id: int) -> None:
    if rol not in Rol.values:
        raise InvalidInputError(fields={"rol": [_("Elija un rol de la lista.")]})
    if not Dependencia.objects.filter(pk=dependencia_id, activa=True).exists():
        raise InvalidInputError(fields={"dependencia": [_("Elija una dependencia activa.")]})


def _require_free(ausente_id: int, suplente_id: int, first: dt.date, last: dt.date) -> None:
    """Two active people, and nobody else substituting the absent one in those dates."""
    people = User.objects.select_for_update().filter(
        pk__in=[ausente_id, suplente_id], is_active=True
    )
    if len(people) != 2:
        line = _("Elija dos personas distintas con cuenta activa.")
        raise InvalidInputError(fields={"suplente": [line]})
    overlapping = Suplencia.objects.filter(
        ausente_id=ausente_id, vigente_desde__lte=last, vigente_hasta__gte=first
    )
    if overlapping.exists():
        raise ConflictError(_("Esa persona ya tiene suplente en esas fechas."))


def _require_order(first: dt.date, last: dt.date | None) -> None:
    if last is not None and last < first:
        line = _("La fecha final no puede ser anterior a la inicial.")
        raise InvalidInputError(fields={"vigente_hasta": [line]})
