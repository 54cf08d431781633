"""What a receipt says of a case: as it was filed, whatever happened since."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from tramites.links import follow_up_token
from tramites.models import Adjunto, Peticion

from ..working import Working, local_today, working_from_data


@dataclass(frozen=True)
class Receipt:
    """
    Moments are aware; ``cuenta`` is the first computation of the term, with its working.

    ``seguimiento_url`` opens the case to whoever holds it; ``folio_url`` asks for the PIN.
    """

    folio: str
    tipo: str
    asunto: str
    dependencia: str
    lugar: str
    recibida_en: dt.datetime
    huella: str
    canal: str
    archivos: list[Adjunto]
    vence: dt.date | dt.datetime | None
    cuenta: Working | None
    seguimiento_url: str
    folio_url: str


def receipt_of(peticion: Peticion, *, now: dt.datetime) -> Receipt:
    """The receipt of a case; two queries beside the case's own."""
    plazo = peticion.plazos.order_by("creado_en", "pk").first()
    files = peticion.adjuntos.filter(
        origen=Adjunto.Origen.CIUDADANO, acto="presentacion", visible_ciudadano=True
    )
    working = working_from_data(plazo.explicacion, today=local_today(now)) if plazo else None
    return Receipt(
        folio=peticion.folio,
        tipo=str(peticion.get_tipo_display()),
        asunto=str(peticion.servicio),
        dependencia=str(peticion.dependencia),
        lugar=place_of(peticion),
        recibida_en=peticion.recibida_en,
        huella=peticion.huella,
        canal=str(peticion.get_canal_display()),
        archivos=list(files),
        vence=working.vence if working else None,
        cuenta=working,
        seguimiento_url=follow_up_url(peticion),
        folio_url=_absolute("public:seguimiento_caso", peticion.folio),
    )


def place_of(peticion: Peticion) -> str:
    """Street and neighbourhood in one line."""
    parts = [peticion.direccion, peticion.colonia.nombre if peticion.colonia else ""]
    return ", ".join(part for part in parts if part)


def follow_up_url(peticion: Peticion) -> str:
    """The signed address of the case, absolute, for codes on paper and for notices."""
    return _absolute("public:seguimiento_caso", follow_up_token(peticion))


def _absolute(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name, args=args)}"
