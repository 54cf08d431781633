"""Acuerdos and charges, for the tests of both rooms."""

import datetime as dt

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.constants import Rol
from portal.accounts.models import Dependencia
from tablero.acuerdos.models import Acuerdo, EntradaGaceta, Gaceta
from tablero.cabildo.models import Punto, Votacion
from tablero.coordinacion.models import Encargo
from tablero.coordinacion.services import Charge, give_charge
from tests.accounts.factories import DependenciaFactory
from tests.cabildo.factories import AsuntoFactory, SesionFactory, a_pdf, rule
from tests.cabildo.sitting import Sitting
from tests.factories import NOON, StaffFactory, load_calendar


def paper(name: str = "entrega.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as somebody uploads it."""
    return SimpleUploadedFile(name, a_pdf(1) if content is None else content)


class EncargoFactory(factory.django.DjangoModelFactory):
    """A charge as the service leaves it, without its record."""

    class Meta:
        model = Encargo

    folio = factory.Sequence(lambda n: f"ENC-2026-9{n:05d}")
    origen_clase = "acuerdo"
    origen_clave = "ACU-2026-000001"
    origen_titulo = "ACU-2026-000001, Luminarias"
    instruccion = "Cambiar las luminarias."
    dependencia = factory.SubFactory(DependenciaFactory)
    indicador = "120 luminarias"
    vence = factory.LazyFunction(lambda: NOON.date() + dt.timedelta(days=30))
    creado_en = NOON
    actualizado_en = NOON


def an_acuerdo(**changes) -> Acuerdo:
    """An acuerdo as the service leaves it, without its record nor its document."""
    item = AsuntoFactory()
    session = SesionFactory(
        organo=item.organo, estado="concluida", numero=1, ejercicio=2026, convocada_en=NOON
    )
    point = Punto.objects.create(
        sesion=session, orden=1, clase="asunto", titulo=item.titulo, asunto=item
    )
    vote = Votacion.objects.create(
        sesion=session,
        punto=point,
        texto=item.propuesta,
        forma="economica",
        regla=rule("mayoria"),
        estado="cerrada",
        abierta_en=NOON,
        cerrada_en=NOON,
        integrantes=5,
        presentes=5,
        favor=4,
        contra=1,
        abstencion=0,
        resultado="aprobado",
    )
    number = Acuerdo.objects.count() + 1
    values = {
        "folio": f"ACU-2026-{number:06d}",
        "numero": number,
        "ejercicio": 2026,
        "organo": item.organo,
        "sesion": session,
        "asunto": item,
        "votacion": vote,
        "titulo": item.titulo,
        "texto": item.propuesta,
        "adoptado_en": NOON,
    }
    return Acuerdo.objects.create(**values | changes)


def a_gaceta(acuerdo: Acuerdo) -> Gaceta:
    """The number in preparation, with one entry."""
    number = Gaceta.objects.create(creado_en=NOON)
    EntradaGaceta.objects.create(gaceta=number, acuerdo=acuerdo, orden=1)
    return number


class Duty:
    """The Secretaría, an office with its enlace, and a charge that the service gave."""

    def __init__(self, **changes) -> None:
        load_calendar()
        self.secretary = StaffFactory(rol=Rol.SECRETARIA, email="secretaria@x.example")
        self.clerk = StaffFactory(rol=Rol.ENLACE, email="enlace@x.example")
        self.office = Dependencia.objects.get(adscripciones__usuario=self.clerk)
        self.now = NOON
        self.charge = self.give(**changes)

    def give(self, **changes) -> Encargo:
        """One more charge."""
        values = {
            "instruccion": "Cambiar las luminarias.",
            "dependencia_id": self.office.pk,
            "indicador": "120 luminarias",
            "origen_clase": "acuerdo",
            "origen_clave": "ACU-2026-000001",
            "origen_titulo": "Luminarias",
            "dias": 10,
        }
        if "vence" in changes:
            values.pop("dias")
        return give_charge(charge=Charge(**values | changes), **self.by(self.secretary))

    def by(self, actor) -> dict:
        """Who acts and when; a minute passes."""
        self.now += dt.timedelta(minutes=1)
        return {"actor": actor, "now": self.now}

    def fresh(self) -> Encargo:
        """The charge as it stands."""
        self.charge = Encargo.objects.get(pk=self.charge.pk)
        return self.charge


def decided(sides: str = "ffffc", **sitting) -> tuple[Sitting, Acuerdo | None]:
    """A session in which the first item was voted, and the acuerdo that made."""
    sitting.setdefault("items", 2)
    held = Sitting(seats=5, **sitting)
    held.roll()
    vote_on(held, 0, sides)
    return held, Acuerdo.objects.first()


def vote_on(held: Sitting, place: int, sides: str, **motion):
    """Open, cast and close the vote of an item."""
    vote = held.open(place, **motion)
    held.cast_all(vote, sides)
    return held.close(vote)
