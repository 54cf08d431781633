"""From a finished draft to a petition with its folio."""

import datetime as dt

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError
from tramites.constants import Canal
from tramites.models import Colonia, Servicio
from tramites.pins import derive_pin, pin_matches
from tramites.services import Contact, Filed, Filing, Place, file_peticion

from ..models import Borrador, Consentimiento
from ..ways import CHANNELS, CORREO, SMS
from .drafts import locked_draft, stored_of


@transaction.atomic
def file_draft(*, borrador_id: int, idioma: str, actor, now: dt.datetime) -> Filed:
    """
    File the draft once: the draft's key makes the same form sent twice one folio.

    :raises InvalidInputError: an answer is missing or no longer acceptable; ``fields`` says which.
    :raises NotFoundError: the draft is gone.
    """
    borrador = locked_draft(borrador_id, now)
    if borrador.peticion_id is not None:
        return _filed_before(borrador)
    filed = file_peticion(filing=filing_of(borrador, idioma), actor=actor, now=now)
    _note_consent(borrador, filed, now)
    # The rows go, the files stay: they are the petition's now.
    borrador.adjuntos.all().delete()
    borrador.codigos.all().delete()
    borrador.datos = {}
    borrador.peticion = filed.peticion
    borrador.actualizado_en = now
    borrador.save(update_fields=["datos", "peticion", "actualizado_en"])
    return filed


def _note_consent(borrador: Borrador, filed: Filed, now: dt.datetime) -> None:
    version = (borrador.datos.get("contacto") or {}).get("aviso")
    if version:
        Consentimiento.objects.create(peticion=filed.peticion, version=version, aceptado_en=now)


def _filed_before(borrador: Borrador) -> Filed:
    """The same form again, from another tab or a second press: the same folio and PIN."""
    peticion = borrador.peticion
    return Filed(peticion, receipt_pin(borrador), created=False)


def receipt_pin(borrador: Borrador) -> str:
    """
    The PIN of a filed draft, derived again so that it is kept nowhere; empty after a reset.
    """
    peticion = borrador.peticion
    pin = derive_pin(clave_idempotencia=borrador.clave_idempotencia, folio=peticion.folio)
    kept = pin_matches(folio=peticion.folio, pin=pin, pin_hash=peticion.pin_hash)
    return pin if kept else ""


def filing_of(borrador: Borrador, idioma: str) -> Filing:
    """
    What the draft asks to file.

    :raises InvalidInputError: the service was closed meanwhile.
    """
    datos = borrador.datos
    servicio = Servicio.objects.filter(clave=datos.get("servicio", ""), activo=True).first()
    if servicio is None:
        raise InvalidInputError(
            fields={"servicio": [_("Ese servicio ya no recibe solicitudes. Elija otro.")]}
        )
    return Filing(
        servicio_id=servicio.pk,
        descripcion=datos.get("descripcion", ""),
        canal=Canal.WEB,
        clave_idempotencia=borrador.clave_idempotencia,
        respuestas=datos.get("respuestas", {}),
        lugar=_place(datos),
        contacto=_contact(datos, idioma),
        adjuntos=[stored_of(adjunto) for adjunto in borrador.adjuntos.all()],
    )


def _place(datos: dict) -> Place | None:
    given = datos.get("lugar") or {}
    if not any(given.get(key) for key in ("direccion", "referencia", "colonia", "latitud")):
        return None
    colonia_id = None
    if given.get("colonia"):
        colonia_id = (
            Colonia.objects.filter(clave=given["colonia"]).values_list("pk", flat=True).first()
        )
    return Place(
        direccion=given.get("direccion", ""),
        referencia=given.get("referencia", ""),
        latitud=given.get("latitud"),
        longitud=given.get("longitud"),
        colonia_id=colonia_id,
    )


def _contact(datos: dict, idioma: str) -> Contact:
    """Only the ways that were chosen: what was typed for the others stays behind."""
    given = datos.get("contacto") or {}
    channels, proofs = CHANNELS.get(given.get("via"), ()), given.get("verificados") or {}
    return Contact(
        nombre=given.get("nombre", ""),
        telefono=given.get("telefono", "") if SMS in channels else "",
        telefono_verificado_en=_moment(proofs.get(SMS)) if SMS in channels else None,
        correo=given.get("correo", "") if CORREO in channels else "",
        correo_verificado_en=_moment(proofs.get(CORREO)) if CORREO in channels else None,
        domicilio=given.get("domicilio", ""),
        idioma=idioma,
        acepta_electronico=bool(given.get("acepta_electronico")),
    )


def _moment(text: str | None) -> dt.datetime | None:
    return parse_datetime(text) if text else None
