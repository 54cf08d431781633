"""Reading people and offices."""

import datetime as dt

from django.db.models import Q, QuerySet

from .constants import Rol
from .models import Adscripcion, Dependencia, RequisitoRol, User
from .models.user import in_force_on
from .tree import OfficeTree, load_tree


def office_tree() -> OfficeTree:
    """Every dependencia's parent and children by id; one query."""
    return load_tree()


def active_offices() -> QuerySet[Dependencia]:
    """The dependencias that take cases, by name."""
    return Dependencia.objects.filter(activa=True)


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


def people_with_role(*roles: Rol, on: dt.date) -> QuerySet[User]:
    """Active people who hold one of ``roles`` on a date."""
    posts = Adscripcion.objects.filter(in_force_on(on), rol__in=roles)
    return User.objects.filter(is_active=True, pk__in=posts.values("usuario_id")).order_by("pk")


def search_people(*, text: str = "", rol: str = "", on: dt.date) -> QuerySet[User]:
    """Staff by user name, ordered so that keyset paging on ``username`` works."""
    people = User.objects.order_by("username")
    for word in text.split()[:5]:
        people = people.filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    if rol:
        posts = Adscripcion.objects.filter(in_force_on(on), rol=rol)
        people = people.filter(pk__in=posts.values("usuario_id"))
    return people


def roles_with_second_factor() -> frozenset[str]:
    """Roles that demand a second factor."""
    wanted = RequisitoRol.objects.filter(exige_segundo_factor=True)
    return frozenset(wanted.values_list("rol", flat=True))
