"""People and offices for tests; each trait names a situation."""

import datetime as dt

import factory

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, Suplencia, User

LONG_AGO = dt.date(2020, 1, 1)
FAR_AWAY = dt.date(2099, 12, 31)


class DependenciaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dependencia

    class Params:
        mesa_de_turno = factory.Trait(es_ventanilla=True)

    clave = factory.Sequence(lambda n: f"dependencia-{n}")
    nombre = factory.Sequence(lambda n: f"Dependencia {n}")


class UserFactory(factory.django.DjangoModelFactory):
    """A person without any post."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"persona.{n}")
    first_name = "Ana"
    last_name = factory.Sequence(lambda n: f"Prueba {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@sanjacinto.example")


class AdscripcionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adscripcion

    class Params:
        terminada = factory.Trait(vigente_hasta=dt.date(2020, 12, 31))

    usuario = factory.SubFactory(UserFactory)
    dependencia = factory.SubFactory(DependenciaFactory)
    rol = Rol.ENLACE
    vigente_desde = LONG_AGO


class SuplenciaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suplencia

    ausente = factory.SubFactory(UserFactory)
    suplente = factory.SubFactory(UserFactory)
    vigente_desde = LONG_AGO
    vigente_hasta = FAR_AWAY
    fundamento = "Oficio de designación"


def staff(rol: str, dependencia: Dependencia | None = None, **user) -> User:
    """A person with one post: ``staff(Rol.TITULAR, obras)``."""
    office = dependencia or DependenciaFactory()
    return AdscripcionFactory(usuario=UserFactory(**user), dependencia=office, rol=rol).usuario
