"""Reading people and offices."""

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from portal.core.text import fold

from .constants import Rol
from .models import Adscripcion, Dependencia, RequisitoRol, Suplencia, User
from .models.user import in_force_on
from .policies import StaffPolicy
from .tree import OfficeTree, load_tree


def office_tree() -> OfficeTree:
    """Every dependencia's parent and children by id; one query."""
    return load_tree()


def active_offices() -> QuerySet[Dependencia]:
    """The dependencias that take cases, by name."""
    return Dependencia.objects.filter(activa=True)


def office_names(ids: Iterable[int]) -> list[tuple[int, str]]:
    """The ids and present names of some dependencias, by id; one query."""
    rows = Dependencia.objects.filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("pk", "nombre"))


def triage_desk() -> Dependencia | None:
    """The dependencia that takes what no routing rule assigns."""
    return Dependencia.objects.filter(es_ventanilla=True).first()


def people_of_office(office_id: int, *, on: dt.date, roles: tuple = ()) -> QuerySet[User]:
    """Active people with a post of their own in an office on a date, by name."""
    posts = Adscripcion.objects.filter(in_force_on(on), dependencia_id=office_id)
    if roles:
        posts = posts.filter(rol__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("usuario_id")).order_by(
        "first_name", "last_name", "pk"
    )


def people_with_role(*roles: Rol, on: dt.date, office_id: int | None = None) -> QuerySet[User]:
    """Active people who hold one of ``roles`` on a date, in that office if one is given."""
    posts = Adscripcion.objects.filter(in_force_on(on), rol__in=roles)
    if office_id is not None:
        posts = posts.filter(dependencia_id=office_id)
    return User.objects.filter(is_active=True, pk__in=posts.values("usuario_id")).order_by("pk")


def posts_in_force(*, on: dt.date) -> QuerySet[Adscripcion]:
    """The own posts of active people on a date, with person and office, by name."""
    posts = Adscripcion.objects.filter(in_force_on(on), usuario__is_active=True)
    return posts.select_related("usuario", "dependencia").order_by(
        "usuario__first_name", "usuario__last_name", "pk"
    )


def substitutes_of(people_ids, *, on: dt.date) -> QuerySet[User]:
    """Active people who act on a date for any of those people."""
    rows = Suplencia.objects.filter(in_force_on(on), ausente_id__in=people_ids)
    return User.objects.filter(is_active=True, pk__in=rows.values("suplente_id")).order_by("pk")


def search_people(*, text: str = "", rol: str = "", on: dt.date) -> QuerySet[User]:
    """People whose name, user name or address hold every word, by user name."""
    people = User.objects.order_by("username")
    for word in fold(text).split()[:5]:
        people = people.filter(busqueda__contains=word)
    if rol:
        posts = Adscripcion.objects.filter(in_force_on(on), rol=rol)
        people = people.filter(pk__in=posts.values("usuario_id"))
    return people


def second_factor_required(roles) -> bool:
    """Whether any of ``roles`` demands a second factor; one query."""
    wanted = RequisitoRol.objects.filter(exige_segundo_factor=True, rol__in=roles)
    return bool(roles) and wanted.exists()


def second_factor_missing(user) -> bool:
    """
    Whether a role of ``user`` demands a second factor that they have not set up.

    One query, and one more when a role demands it. API tokens are not asked.
    """
    return second_factor_required(StaffPolicy(user).roles) and not has_second_factor(user)


def has_second_factor(user) -> bool:
    """Whether the person set up codes by application or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
