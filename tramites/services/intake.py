"""Reading and checking a filing before anything is written: catalogue, place, contact, files."""

import datetime as dt
import math
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError
from portal.core.text import clean_text

from ..constants import MAX_TEXT, Canal, Lugar
from ..models import Colonia, RespuestaPregunta, Servicio, Zona
from ..places import locate
from ..selectors.reference import Reference
from ..uploads import MAX_FILES
from .answers import read_answers
from .inputs import Contact, Filing, Place

_PHONE = re.compile(r"^\+[1-9]\d{7,14}$")
_KEY = re.compile(r"^[A-Za-z0-9._:-]{8,64}\Z")
LANGUAGES = ("es-mx", "en")
OLDEST_LETTER = dt.timedelta(days=366)


@dataclass(kw_only=True)
class Intake:
    """A filing that was accepted, in the form in which it is kept."""

    servicio: Servicio
    descripcion: str
    contacto: Contact
    lugar: Place
    colonia: Colonia | None = None
    zona: Zona | None = None
    datos: list[RespuestaPregunta] = field(default_factory=list)


def read_filing(filing: Filing, now: dt.datetime, reference: Reference) -> Intake:
    """
    Check everything, so that a person mends all of it in one go.

    :raises InvalidInputError: ``fields`` by name: servicio, descripcion, pregunta.CLAVE, lugar,
        contacto, telefono, correo, nombre, domicilio, archivo, canal, clave, recibida_en.
    """
    servicio = _service(filing, reference)
    faults: dict[str, list] = {}
    faults.update(_faults_of_form(filing, now))
    datos, wrong = read_answers(reference.questions.get(servicio.pk, ()), filing.respuestas or {})
    faults.update(wrong)
    contacto, wrong = _contact(servicio, filing.contacto)
    faults.update(wrong)
    lugar, colonia, zona, wrong = _place(servicio, filing.lugar, reference)
    faults.update(wrong)
    if faults:
        raise InvalidInputError(fields=faults)
    return Intake(
        servicio=servicio,
        descripcion=clean_text(filing.descripcion),
        contacto=contacto,
        lugar=lugar,
        colonia=colonia,
        zona=zona,
        datos=datos,
    )


def _service(filing: Filing, reference: Reference) -> Servicio:
    servicio = reference.services.get(filing.servicio_id)
    if servicio is None:
        raise InvalidInputError(fields={"servicio": [_("Elija un servicio del catálogo.")]})
    if not servicio.activo:
        closed = _("«%(name)s» ya no se recibe por este medio. Elija otro servicio.")
        raise InvalidInputError(fields={"servicio": [closed % {"name": servicio}]})
    return servicio


def _faults_of_form(filing: Filing, now: dt.datetime) -> dict[str, list]:
    faults: dict[str, list] = {}
    text = clean_text(filing.descripcion or "")
    if not text:
        faults["descripcion"] = [_("Cuéntenos qué pasa.")]
    elif len(text) > MAX_TEXT:
        line = _("Escriba a lo más %(most)s caracteres; lleva %(now)s.")
        faults["descripcion"] = [line % {"most": MAX_TEXT, "now": len(text)}]
    if filing.canal not in Canal.values:
        faults["canal"] = [_("Elija por qué medio llegó.")]
    if not _KEY.match(filing.clave_idempotencia or ""):
        faults["clave"] = [_("La clave del envío debe tener de 8 a 64 letras, cifras o guiones.")]
    if len(filing.adjuntos) > MAX_FILES:
        faults["archivo"] = [_("Puede agregar hasta %(most)s archivos.") % {"most": MAX_FILES}]
    if filing.recibida_en and not now - OLDEST_LETTER <= filing.recibida_en <= now:
        faults["recibida_en"] = [_("La fecha en que se recibió debe ser de este último año.")]
    return faults


def _contact(servicio: Servicio, given: Contact) -> tuple[Contact, dict[str, list]]:
    faults: dict[str, list] = {}
    contact = Contact(
        nombre=_line(given.nombre, "nombre", 160, faults),
        telefono=clean_text(given.telefono),
        telefono_verificado_en=given.telefono_verificado_en if given.telefono else None,
        correo=clean_text(given.correo),
        correo_verificado_en=given.correo_verificado_en if given.correo else None,
        domicilio=_line(given.domicilio, "domicilio", 300, faults),
        idioma=given.idioma if given.idioma in LANGUAGES else LANGUAGES[0],
        acepta_electronico=given.acepta_electronico,
    )
    if contact.telefono and not _PHONE.match(contact.telefono):
        faults["telefono"] = [_("Escriba el teléfono con 10 dígitos.")]
    if contact.correo and not _is_email(contact.correo):
        faults["correo"] = [_("Revise el correo: debe llevar un nombre, una arroba y un dominio.")]
    if not servicio.anonimo and not contact.reachable:
        faults["contacto"] = [
            _("Este trámite necesita un teléfono, un correo o un domicilio para responderle.")
        ]
    return contact, faults


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _line(value: str, name: str, most: int, faults: dict[str, list]) -> str:
    text = " ".join(clean_text(value or "").split())
    if len(text) > most:
        faults[name] = [_("Escriba a lo más %(most)s caracteres.") % {"most": most}]
    return text


def _place(servicio: Servicio, given: Place | None, reference: Reference):
    faults: dict[str, list] = {}
    if given is None or servicio.lugar == Lugar.NO:
        given = Place()
    place = Place(
        direccion=_line(given.direccion, "lugar", 300, faults),
        referencia=_line(given.referencia, "lugar", 300, faults),
        latitud=given.latitud,
        longitud=given.longitud,
        colonia_id=given.colonia_id,
    )
    colonia = zona = None
    if place.latitud is not None or place.longitud is not None:
        colonia, zona = _locate(place, faults)
    if place.colonia_id is not None and "lugar" not in faults:
        colonia, zona = _chosen_colonia(place, colonia, zona, faults, reference)
    nowhere = zona is None and not place.direccion
    if servicio.lugar == Lugar.REQUERIDO and nowhere and not faults:
        faults["lugar"] = [_("Díganos dónde es: la dirección, la colonia o un punto en el mapa.")]
    return place, colonia, zona, faults


def _locate(place: Place, faults: dict[str, list]):
    point = (place.longitud, place.latitud)
    valid = all(isinstance(n, (int, float)) and math.isfinite(n) for n in point)
    if not valid or abs(point[0]) > 180 or abs(point[1]) > 90:
        faults["lugar"] = [_("El punto del mapa no es válido. Márquelo otra vez.")]
        return None, None
    found = locate(*point)
    if found is None:
        faults["lugar"] = [
            _("Ese punto está fuera del municipio. Márquelo otra vez o elija la colonia.")
        ]
        return None, None
    return found


def _chosen_colonia(place: Place, colonia, zona, faults: dict[str, list], reference: Reference):
    """The neighbourhood chosen by name; the point, if there is one, decides the zone."""
    chosen = reference.colonias.get(place.colonia_id)
    if chosen is None:
        faults["lugar"] = [_("Elija una colonia de la lista.")]
        return colonia, zona
    return (colonia or chosen), (zona or chosen.zona)
