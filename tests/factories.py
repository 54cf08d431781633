"""
Rows for tests; each trait names a situation.

Cases come from the real services, so they have their folio, record, deadline and routing. All of it
happens around ``NOON``, a Monday with no holiday near, unless a test says when.
"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import factory

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, User
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.calendar import Day, load_year
from portal.core.models import CalendarioVersion, ReglaJuridica
from tests.accounts.factories import (
    LONG_AGO,
    AdscripcionFactory,
    DependenciaFactory,
    SuplenciaFactory,
    UserFactory,
)
from tramites import services
from tramites.constants import Canal, Lugar, Resultado, Tipo, TipoPregunta
from tramites.models import Colonia, Peticion, Pregunta, ReglaTurno, Servicio, Tema, Zona
from tramites.services import Contact, Filing, Place
from tramites.text import service_text
from tramites.uploads import StoredFile

__all__ = [
    "MEXICO",
    "NOON",
    "ColoniaFactory",
    "DependenciaFactory",
    "PeticionFactory",
    "PreguntaFactory",
    "ReglaFactory",
    "ReglaTurnoFactory",
    "ServicioFactory",
    "StaffFactory",
    "SuplenciaFactory",
    "TemaFactory",
    "UserFactory",
    "ZonaFactory",
    "citizen_of",
    "desk",
    "filing",
    "load_calendar",
    "local",
    "stored_file",
]

MEXICO = ZoneInfo("America/Mexico_City")
#: Monday 5 October 2026, at noon in the municipality.
NOON = dt.datetime(2026, 10, 5, 12, 0, tzinfo=MEXICO)
YEARS = (2026, 2027)


def local(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """A moment in the municipality's zone."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=MEXICO)


def load_calendar(*days: Day) -> None:
    """The federal calendar of 2026 and 2027, once, with municipal ``days`` of 2026."""
    if CalendarioVersion.objects.exists():
        return
    for year in YEARS:
        load_year(
            ejercicio=year,
            fundamento="LFT, artículo 74",
            dias=[day for day in days if day.fecha.year == year],
            actor=SYSTEM,
            now=local(2026, 1, 2),
        )


def desk():
    """The triage desk, made on first use."""
    found = Dependencia.objects.filter(es_ventanilla=True).first()
    return found or DependenciaFactory(
        clave="ventanilla", nombre="Ventanilla Única", mesa_de_turno=True
    )


def StaffFactory(rol: str = Rol.ENLACE, office=None, **user) -> User:  # noqa: N802
    """A person with one post: ``StaffFactory(rol=Rol.TITULAR, office=obras)``."""
    if office is None:
        office = desk() if rol == Rol.VENTANILLA else DependenciaFactory()
    person = UserFactory(**user)
    AdscripcionFactory(usuario=person, dependencia=office, rol=rol)
    return User.objects.get(pk=person.pk)


class ReglaFactory(factory.django.DjangoModelFactory):
    """Ten business days, correction in the first third, extension up to half."""

    class Meta:
        model = ReglaJuridica
        django_get_or_create = ("clave", "version")

    class Params:
        urgente = factory.Trait(
            clave="urgente-24h",
            valor={
                "plazo": {"cantidad": 24, "unidad": "horas"},
                "silencio": "ninguna",
                "alerta_dias": 1,
                "conclusion_dias": 5,
            },
        )
        interrumpe = factory.Trait(
            clave="transparencia-20",
            valor={
                "plazo": {"cantidad": 20, "unidad": "habiles"},
                "prevencion": {
                    "efecto": "interrumpe",
                    "dias_cumplir": 10,
                    "fraccion": "1/4",
                    "fundamento": "LGTAIP, artículo 130",
                },
                "prorroga": {"tope": "1/2", "fundamento": "LGTAIP, artículo 134"},
                "silencio": "ninguna",
                "alerta_dias": 5,
                "conclusion_dias": 15,
            },
        )

    clave = "reporte-10"
    version = 1
    nombre = "Reporte: 10 días hábiles"
    valor = factory.LazyFunction(
        lambda: {
            "plazo": {"cantidad": 10, "unidad": "habiles"},
            "prevencion": {
                "efecto": "suspende",
                "dias_cumplir": 5,
                "fraccion": "1/3",
                "fundamento": "LFPA, artículo 17-A",
            },
            "prorroga": {"tope": "1/2", "fundamento": "LFPA, artículo 31"},
            "silencio": "ninguna",
            "alerta_dias": 3,
            "conclusion_dias": 10,
        }
    )
    fundamento = "Reglamento de Atención Ciudadana, artículo 18"
    vigente_desde = LONG_AGO


class TemaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tema
        django_get_or_create = ("clave",)

    clave = "calles"
    nombre = "Calles y baches"


class ServicioFactory(factory.django.DjangoModelFactory):
    """A service with its office and its rule; ``regla`` takes a trait of ``ReglaFactory``."""

    class Meta:
        model = Servicio

    class Params:
        reservado = factory.Trait(sensible=True)
        con_contacto = factory.Trait(anonimo=False)
        con_lugar = factory.Trait(lugar=Lugar.REQUERIDO)
        cerrado = factory.Trait(activo=False)
        de_la_mesa = factory.Trait(dependencia=factory.LazyFunction(desk))

    clave = factory.Sequence(lambda n: f"servicio-{n}")
    nombre = factory.Sequence(lambda n: f"Bache {n}")
    descripcion = "Avise de un bache en la calle."
    tipo = Tipo.SOLICITUD
    tema = factory.SubFactory(TemaFactory)
    dependencia = factory.SubFactory(DependenciaFactory)
    regla = factory.LazyFunction(lambda: ReglaFactory().clave)
    lugar = Lugar.OPCIONAL

    @factory.post_generation
    def searchable(servicio, create, extracted, **kwargs):  # noqa: N805
        servicio.busqueda = service_text(servicio)
        servicio.save(update_fields=["busqueda"])


class PreguntaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pregunta

    servicio = factory.SubFactory(ServicioFactory)
    clave = factory.Sequence(lambda n: f"pregunta-{n}")
    etiqueta = "¿De qué tamaño es?"
    tipo = TipoPregunta.TEXTO


def square(lon: float, lat: float, side: float) -> dict:
    """A GeoJSON square with its lower left corner there."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return {
        "type": "Polygon",
        "coordinates": [[[lon + x, lat + y] for x, y in corners]],
    }


class ZonaFactory(factory.django.DjangoModelFactory):
    """One degree by one degree; the n-th lies n degrees east of the first."""

    class Meta:
        model = Zona

    clave = factory.Sequence(lambda n: f"zona-{n}")
    nombre = factory.Sequence(lambda n: f"Zona {n}")
    poligono = factory.LazyFunction(lambda: square(-103.0, 20.0, 1.0))


class ColoniaFactory(factory.django.DjangoModelFactory):
    """The lower left quarter of its zone."""

    class Meta:
        model = Colonia

    clave = factory.Sequence(lambda n: f"colonia-{n}")
    nombre = factory.Sequence(lambda n: f"Colonia {n}")
    zona = factory.SubFactory(ZonaFactory)
    poligono = factory.LazyFunction(lambda: square(-103.0, 20.0, 0.5))


class ReglaTurnoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReglaTurno

    orden = factory.Sequence(lambda n: n + 1)
    dependencia = factory.SubFactory(DependenciaFactory)
    nota = "Le toca a esa área."


def stored_file(**changed) -> StoredFile:
    """A file as ``receive_upload`` leaves it; nothing is on disk."""
    clave = uuid.uuid4().hex
    values = {
        "clave": clave,
        "ruta": f"{clave[:2]}/{clave}.jpg",
        "nombre": "bache.jpg",
        "tipo": "image/jpeg",
        "tamano": 1000,
        "sha256": "a" * 64,
    }
    return StoredFile(**{**values, **changed})


def filing(servicio: Servicio | None = None, **changed) -> Filing:
    """What a citizen hands in; complete unless ``changed`` says otherwise."""
    values = {
        "descripcion": "Hay un bache muy hondo frente a mi casa.",
        "canal": Canal.WEB,
        "clave_idempotencia": uuid.uuid4().hex,
        "respuestas": {},
        "lugar": Place(direccion="Calle Hidalgo 12"),
        "contacto": Contact(),
        "adjuntos": [],
    }
    if "servicio_id" not in changed:
        values["servicio_id"] = (servicio or ServicioFactory()).pk
    return Filing(**{**values, **changed})


def citizen_of(peticion: Peticion) -> CitizenActor:
    """The person who holds the proof of this case."""
    return CitizenActor(peticion_id=peticion.pk)


#: Situations in the order in which a case may come to them.
SITUATIONS = (
    "devuelta",
    "atendida",
    "prevenida",
    "cumplida",
    "ampliada",
    "respondida",
    "concluida",
    "reabierta",
    "desechada",
    "no_competente",
    "cancelada",
)


class PeticionFactory:
    """
    A case filed at ``at`` (``NOON``) and taken to a situation by the services, an hour an act.

    ``PeticionFactory()`` is turned to the service's office by the rules; ``mesa=True`` leaves it at
    the desk. Then, one of: ``devuelta``, ``atendida``, ``prevenida``, ``cumplida`` (the correction
    was received), ``ampliada``, ``respondida``, ``concluida``, ``reabierta``, ``desechada``,
    ``no_competente``, ``cancelada``. ``sensible=True`` uses a sensitive service; ``contacto`` is a
    ``Contact``; ``pin_of(peticion)`` is in ``pins``.
    """

    pins: dict[int, str] = {}

    def __new__(cls, *, at: dt.datetime = NOON, mesa=False, sensible=False, **given) -> Peticion:
        wanted = [name for name in SITUATIONS if given.pop(name, False)]
        load_calendar()
        desk()
        servicio = given.pop("servicio", None) or cls._service(mesa, sensible, given)
        handed_in = filing(servicio, **given)
        filed = services.file_peticion(filing=handed_in, actor=CitizenActor(), now=at)
        cls.pins[filed.peticion.pk] = filed.pin
        for name in wanted:
            _Story(filed.peticion, at).come_to(name)
        return fresh(filed.peticion)

    @staticmethod
    def _service(mesa: bool, sensible: bool, given: dict) -> Servicio:
        office = given.pop("dependencia", None)
        values = {"dependencia": office} if office else {}
        return ServicioFactory(reservado=sensible, de_la_mesa=mesa, **values)


def fresh(peticion: Peticion) -> Peticion:
    """The case as it stands in the database."""
    rows = Peticion.objects.select_related("servicio", "dependencia", "responsable")
    return rows.get(pk=peticion.pk)


def worker_of(office) -> User:
    """A titular of ``office``, made on first use."""
    post = Adscripcion.objects.filter(dependencia=office, rol=Rol.TITULAR).first()
    return User.objects.get(pk=post.usuario_id) if post else StaffFactory(Rol.TITULAR, office)


class _Story:
    """Takes a case through the acts that lead to a situation, each an hour after the last."""

    NEEDS = {
        "prevenida": ("atendida",),
        "cumplida": ("prevenida",),
        "ampliada": ("atendida",),
        "respondida": ("atendida",),
        "concluida": ("respondida",),
        "reabierta": ("respondida",),
    }

    def __init__(self, peticion: Peticion, at: dt.datetime) -> None:
        self.peticion, self.now = peticion, at

    def come_to(self, situation: str) -> None:
        """Do what comes before, then the act itself."""
        for needed in self.NEEDS.get(situation, ()):
            if not self._already(needed):
                self.come_to(needed)
        self.now += dt.timedelta(hours=1)
        office = fresh(self.peticion).dependencia
        getattr(self, f"_{situation}")(peticion_id=self.peticion.pk, now=self.now, who=office)

    def _already(self, situation: str) -> bool:
        estado = fresh(self.peticion).estado
        return estado == {"atendida": "en_atencion"}.get(situation, situation)

    def _devuelta(self, *, who, **base):
        services.return_peticion(motivo="No es nuestra.", actor=worker_of(who), **base)

    def _atendida(self, *, who, **base):
        services.accept_peticion(actor=worker_of(who), **base)

    def _prevenida(self, *, who, **base):
        services.request_correction(
            texto="Falta la dirección exacta.", actor=worker_of(who), **base
        )

    def _cumplida(self, *, who, **base):
        services.receive_correction(
            texto="Es en Hidalgo 12.", actor=citizen_of(self.peticion), **base
        )

    def _ampliada(self, *, who, **base):
        services.extend_term(cantidad=5, motivo="Hay lluvias.", actor=worker_of(who), **base)

    def _respondida(self, *, who, **base):
        services.answer_peticion(
            resultado=Resultado.RESUELTA,
            texto="Se reparó el bache.",
            actor=worker_of(who),
            **base,
        )

    def _concluida(self, *, who, **base):
        services.conclude_peticion(actor=citizen_of(self.peticion), **base)

    def _reabierta(self, *, who, **base):
        services.reopen_peticion(texto="Sigue igual.", actor=citizen_of(self.peticion), **base)

    def _desechada(self, *, who, **base):
        services.dismiss_peticion(
            texto="No procede.", fundamento="Artículo 20", actor=worker_of(who), **base
        )

    def _no_competente(self, *, who, **base):
        services.declare_not_competent(
            autoridad_competente="CFE", texto="Acuda a CFE.", actor=worker_of(who), **base
        )

    def _cancelada(self, *, who, **base):
        services.cancel_peticion(motivo="Ya se resolvió.", actor=citizen_of(self.peticion), **base)
