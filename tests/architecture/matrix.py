"""Every named address of the house, and a small world in which each can be asked for."""

import datetime as dt
import re

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.accounts.models import User
from tests.accounts.factories import AdscripcionFactory, SuplenciaFactory, UserFactory
from tests.factories import (
    PeticionFactory,
    PreguntaFactory,
    ReglaTurnoFactory,
    StaffFactory,
    desk,
)
from tests.notificaciones.factories import envio as a_notice


def named_patterns() -> dict[str, URLPattern]:
    """Every address with a name, by its full name (``ajustes:regla``)."""
    found: dict[str, URLPattern] = {}
    queue: list = [("", get_resolver())]
    while queue:
        prefix, resolver = queue.pop()
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                queue.append((space, entry))
            elif entry.name:
                found.setdefault(prefix + entry.name, entry)
    return found


def all_names() -> list[str]:
    """The names, in order; what the admin site and the login system bring is theirs to test."""
    theirs = re.compile(r"^(admin:|account_|mfa_)")
    return sorted(name for name in named_patterns() if not theirs.match(name))


class World:
    """One open case in an office, with somebody of each role; made once a test."""

    def __init__(self) -> None:
        self.peticion = PeticionFactory()
        self.office = self.peticion.dependencia
        self.question = PreguntaFactory(servicio=self.peticion.servicio)
        self.line = ReglaTurnoFactory()
        self.substitution = SuplenciaFactory()
        self.post = AdscripcionFactory()
        self.notice = a_notice()
        Envio.objects.filter(pk=self.notice.pk).update(
            objeto="peticion", objeto_id=self.peticion.pk
        )

    def person(self, rol: str) -> User:
        """
        Somebody with that role in the office of the case; the desk's people at the desk.
        ``enlace_ajeno`` and ``titular_ajeno`` work in another office; ``sin_cargo`` holds no post.
        """
        if rol == "sin_cargo":
            return UserFactory()
        role, _, elsewhere = rol.partition("_")
        if elsewhere:
            return StaffFactory(rol=role)
        return StaffFactory(rol=rol, office=desk() if rol == Rol.VENTANILLA else self.office)

    def values(self, name: str) -> dict:
        """What fills the blanks of the addresses of a room."""
        case, service = self.peticion, self.peticion.servicio
        common = {
            "folio": case.folio,
            "acto": "nota",
            "attempt": 1,
            "clave": service.clave,
            "fecha": dt.date(2026, 5, 1),
            "ejercicio": 2030,
            "envio_id": self.notice.pk,
            "ficha": "abcdefgh",
            "llave": "falsa",
            "cargo": self.post.pk,
            "pregunta": self.question.pk,
            "slug": "no-encontrado",
            "resto": "nada",
            "pk": self.post.usuario_id,
        }
        own = {
            "ajustes:regla": {"clave": service.regla},
            "ajustes:regla_version": {"clave": service.regla},
            "ajustes:dependencia": {"pk": self.office.pk},
            "ajustes:tema": {"pk": service.tema_id},
            "ajustes:turno_editar": {"pk": self.line.pk},
            "ajustes:turno_mover": {"pk": self.line.pk},
            "ajustes:suplencia_terminar": {"pk": self.substitution.pk},
        }
        if re.match(r"ajustes:(servicio|pregunta)", name):
            own[name] = {"pk": service.pk}
        return common | own.get(name, {})

    def address(self, name: str) -> str:
        """The address of that name in this world."""
        blanks = named_patterns()[name].pattern.converters
        groups = getattr(named_patterns()[name].pattern, "regex", re.compile("")).groupindex
        values = self.values(name)
        return reverse(name, kwargs={key: values[key] for key in {*blanks, *groups}})
