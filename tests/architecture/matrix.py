"""Every named address of the house, and a small world in which each can be asked for."""

import datetime as dt
import re

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from notificaciones.models import Envio
from portal.accounts.constants import Rol
from portal.accounts.models import User
from portal.documents.models import ComentarioDocumento
from tests.accounts.factories import AdscripcionFactory, SuplenciaFactory, UserFactory
from tests.actas.factories import an_acta
from tests.acuerdos.factories import EncargoFactory, a_gaceta, an_acuerdo
from tests.cabildo.factories import AnexoFactory, AusenciaFactory, SesionFactory, rule
from tests.documentos.factories import a_batch, a_copy, an_appointment
from tests.documents.town import document, notification
from tests.factories import (
    NOON,
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
    """One open case and one draft of a document in an office, with somebody of each role."""

    def __init__(self) -> None:
        self.peticion = PeticionFactory()
        self.office = self.peticion.dependencia
        self.question = PreguntaFactory(servicio=self.peticion.servicio)
        self.line = ReglaTurnoFactory()
        self.substitution = SuplenciaFactory()
        self.post = AdscripcionFactory()
        self.batch = a_batch(self.office)
        self.appointment = an_appointment(self.office)
        self.notice = a_notice()
        Envio.objects.filter(pk=self.notice.pk).update(
            objeto="peticion", objeto_id=self.peticion.pk
        )

        self.absence = AusenciaFactory()
        self.session = SesionFactory()
        self.annex = AnexoFactory(asunto__dependencia=self.office)
        self.charge = EncargoFactory(dependencia=self.office)
        self.acuerdo = an_acuerdo()
        self.acta = an_acta()
        self.gaceta = a_gaceta(self.acuerdo)

        self.documento = document(self.office, kind="memorandum", autor=StaffFactory())
        self.served = notification(self.documento)
        self.copy = a_copy(self.documento)
        self.remark = ComentarioDocumento.objects.create(
            documento=self.documento,
            version=self.documento.versiones.get(),
            texto="Falta la fecha.",
            autor=self.documento.autor,
            creado_en=NOON,
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
            "codigo": "0" * 20,
            "fecha": dt.date(2026, 5, 1),
            "ejercicio": 2030,
            "envio_id": self.notice.pk,
            "ficha": "abcdefgh",
            "llave": "falsa",
            "cargo": self.post.pk,
            "numero": 1,
            "pregunta": self.question.pk,
            "slug": "no-encontrado",
            "resto": "nada",
            "pk": self.post.usuario_id,
            "tipo": "constancia",
            "formato": "csv",
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
        if name.startswith("documentos:"):
            own[name] = {
                "pk": self.documento.pk,
                "clave": self.documento.tipo.clave,
                "acto": "comentar",
                "n": 1,
                "version": 1,
                "comentario": self.remark.pk,
            }
        if re.match(r"ajustes:(servicio|pregunta)", name):
            own[name] = {"pk": service.pk}
        own["documentos:cargo"] = {"pk": self.appointment.pk}
        own["documentos:cargos_relacion"] = {"formato": "xlsx"}
        if re.match(r"documentos:copia(_|$)", name):
            own[name] = {"pk": self.copy.pk, "acto": "pago"}
        own["documentos:copias_registro"] = {"formato": "pdf"}
        if re.match(r"documentos:notificacion(_|$)", name):
            own[name] = {"pk": self.served.pk, "acto": "practicada", "papel": "cedula"}
        own |= self._follow_up(name)
        if name.startswith("cabildo:"):
            own[name] = self._cabildo(name)
        if re.match(r"documentos:lote", name):
            own[name] = {"pk": self.batch.pk}
        return common | own.get(name, {})

    def _follow_up(self, name: str) -> dict:
        """The blanks of charges, acuerdos and the Gaceta."""
        room = name.partition(":")[0]
        number = name.startswith("acuerdos:gaceta")
        blanks = {
            "coordinacion": {"pk": self.charge.pk, "acto": "informar"},
            "acuerdos": {
                "pk": self.gaceta.pk if number else self.acuerdo.pk,
                "acuerdo": self.acuerdo.pk,
            },
            "actas": {
                "pk": self.acta.pk,
                "sesion": self.acta.sesion_id,
                "seccion": self.acta.secciones.get().pk,
                "parrafo": 1,
                "observacion": 0,
                "firma": 0,
            },
            "cabildo_publico": {"pk": 10**6},
            "oparl": {"pk": 10**6},
            "acuerdos_publicos": {"folio": self.acuerdo.folio},
        }
        return {name: blanks[room]} if room in blanks else {}

    def _cabildo(self, name: str) -> dict:
        """The blanks of the Cabildo's addresses."""
        held = self.absence.ocupacion
        of = {
            "votacion": self.acuerdo.votacion_id,
            "organo": held.asiento.organo_id,
            "asiento": held.asiento.organo_id,
            "ocupacion": held.pk,
            "ausencia": held.pk if name.endswith("_nueva") else self.absence.pk,
            "integrante": held.integrante_id,
            "asunto": self.annex.asunto_id,
            "materia": self.annex.asunto.materia_id,
            "sesion": self.session.pk,
            **dict.fromkeys(("sala", "pantalla", "mi_voto"), self.session.pk),
            "punto": self.session.pk,
        }
        pk = next((pk for noun, pk in of.items() if name.startswith(f"cabildo:{noun}")), 0)
        kind = {
            "clave": rule("quorum").clave,
            "clase": "quorum",
            "acto": "entregar",
            "que": "subir",
            "punto": 1,
        }
        if name.startswith("cabildo:asunto"):
            kind["clave"] = self.annex.clave
        return {"pk": pk, "asiento": held.asiento_id, **kind}

    def address(self, name: str) -> str:
        """The address of that name in this world."""
        blanks = named_patterns()[name].pattern.converters
        groups = getattr(named_patterns()[name].pattern, "regex", re.compile("")).groupindex
        values = self.values(name)
        return reverse(name, kwargs={key: values[key] for key in {*blanks, *groups}})
