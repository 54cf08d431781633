"""Signed links to one case. They do not expire; a new PIN revokes the ones given before it."""

import hashlib

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError

from .models import Peticion

_signer = Signer(sep=".", salt="tramites.seguimiento")
MAX_TOKEN = 200


def _generation(peticion: Peticion) -> str:
    return hashlib.sha256(peticion.pin_hash.encode()).hexdigest()[:10]


def follow_up_token(peticion: Peticion) -> str:
    """A token that opens this case to whoever holds it; safe in a URL path."""
    return _signer.sign(f"{peticion.pk:x}-{_generation(peticion)}")


def follow_up_url(peticion: Peticion, idioma: str = "es-mx") -> str:
    """The absolute address of the follow-up page, for notices, receipts and QR codes."""
    language = "/en" if idioma.startswith("en") else ""
    return f"{settings.PUBLIC_URL}{language}/seguimiento/{follow_up_token(peticion)}/"


def peticion_from_token(token: str) -> Peticion:
    """
    The case a token opens, with its service and office; one query.

    :raises NotFoundError: forged, mangled, or revoked by a newer PIN.
    """
    try:
        pk, generation = _signer.unsign(token[:MAX_TOKEN]).split("-", 1)
        rows = Peticion.objects.select_related("servicio", "dependencia", "colonia")
        peticion = rows.defer("busqueda", "colonia__poligono").get(pk=int(pk, 16))
    except (BadSignature, ValueError, OverflowError, Peticion.DoesNotExist):
        raise _unknown() from None
    if generation != _generation(peticion):
        raise _unknown()
    return peticion


def _unknown() -> NotFoundError:
    return NotFoundError(_("Este enlace no es válido o ya no sirve. Use su folio y su PIN."))
