"""Signed links to one case. They do not expire; a new PIN revokes the ones given before it."""

import datetime as dt
import hashlib
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError

from .constants import Semaforo
from .deadlines import clock_reading
from .models import Peticion

_signer = Signer(sep=".", salt="tramites.seguimiento")
MAX_TOKEN = 200
#: The last id a database can hold.
LARGEST = 2**63 - 1


def _generation(pin_hash: str) -> str:
    return hashlib.sha256(pin_hash.encode()).hexdigest()[:10]


def follow_up_token(peticion: Peticion) -> str:
    """A token that opens this case to whoever holds it; safe in a URL path."""
    return _signer.sign(f"{peticion.pk:x}-{_generation(peticion.pin_hash)}")


def follow_up_url(peticion: Peticion, idioma: str = "es-mx") -> str:
    """The absolute address of the follow-up page, for notices, receipts and QR codes."""
    language = "/en" if idioma.startswith("en") else ""
    return f"{settings.PUBLIC_URL}{language}/seguimiento/{follow_up_token(peticion)}/"


class Glance(NamedTuple):
    """The columns by which one sees whether a case still reads as it did; moments are aware."""

    pin_hash: str
    pk: int
    folio: str
    huella: str
    version: int
    actualizada_en: dt.datetime
    estado: str
    reloj: str
    vence_en: dt.datetime | None
    por_vencer_en: dt.datetime | None
    concluye_en: dt.datetime | None
    dependencia: str
    servicio: str
    servicio_en: str
    colonia: str | None

    def semaforo(self, now: dt.datetime) -> Semaforo:
        """As ``Peticion.semaforo``."""
        return clock_reading(self.reloj, self.vence_en, self.por_vencer_en, now)


_GLANCED = (
    *Glance._fields[:-4],
    *("dependencia__nombre", "servicio__nombre", "servicio__nombre_en", "colonia__nombre"),
)


def glance_from_token(token: str) -> Glance:
    """
    The case a token opens, only as far as to tell whether anything in it changed; one query.

    :raises NotFoundError: as ``peticion_from_token``.
    """
    pk, generation = _read(token)
    rows = Peticion.objects.filter(pk=pk).order_by().values_list(*_GLANCED)
    glance = next((Glance(*row) for row in rows), None)
    if glance is None:
        raise _unknown()
    if generation != _generation(glance.pin_hash):
        raise _unknown()
    return glance


def peticion_from_token(token: str) -> Peticion:
    """
    The case a token opens, with its service and office; one query.

    :raises NotFoundError: forged, mangled, or revoked by a newer PIN.
    """
    pk, generation = _read(token)
    rows = Peticion.objects.select_related("servicio", "dependencia", "colonia")
    try:
        peticion = rows.defer("busqueda", "colonia__poligono").get(pk=pk)
    except Peticion.DoesNotExist:
        raise _unknown() from None
    if generation != _generation(peticion.pin_hash):
        raise _unknown()
    return peticion


def _read(token: str) -> tuple[int, str]:
    """The case and the generation of the PIN that a token names."""
    try:
        pk, generation = _signer.unsign(token[:MAX_TOKEN]).split("-", 1)
        number = int(pk, 16)
    except (BadSignature, ValueError):
        raise _unknown() from None
    if number > LARGEST:
        raise _unknown()
    return number, generation


def _unknown() -> NotFoundError:
    return NotFoundError(_("Este enlace no es válido o ya no sirve. Use su folio y su PIN."))
