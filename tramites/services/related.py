"""Telling a petition, and its citizen, how it goes on elsewhere: in the Cabildo, in an acuerdo."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from portal.core.events import publish

from ..events import PeticionLinked
from ..models import Vinculo
from .base import locked, save_case


@dataclass(frozen=True, kw_only=True)
class Step:
    """How something a petition led to stands now. See ``Vinculo``; ``avisar``: tell the citizen."""

    clase: str
    clave: str
    titulo: str
    texto: str
    texto_en: str
    url: str = ""
    url_publica: str = ""
    avisar: bool = False


@transaction.atomic
def link_peticion(*, peticion_id: int, step: Step, actor, now: dt.datetime) -> Vinculo:
    """
    Write down how what a petition led to stands; the case and its citizen see it.

    Whoever calls it has decided that the actor may: it is a consequence of an act of another room.
    The same step told twice is written once.

    :raises NotFoundError: there is no such petition.
    """
    peticion = locked(peticion_id)
    rows = peticion.vinculos.filter(clase=step.clase, clave=step.clave)
    last = rows.order_by("-pk").first()
    if last is not None and (last.texto, last.titulo) == (step.texto[:400], step.titulo[:300]):
        return last
    row = Vinculo.objects.create(
        peticion=peticion,
        clase=step.clase,
        clave=step.clave,
        titulo=step.titulo[:300],
        texto=step.texto[:400],
        texto_en=step.texto_en[:400],
        url=step.url,
        url_publica=step.url_publica,
        creado_en=now,
    )
    save_case(peticion, now=now)
    event = PeticionLinked(
        peticion_id=peticion.pk,
        vinculo_id=row.pk,
        clase=step.clase,
        clave=step.clave,
        avisar=step.avisar,
    )
    publish(event, actor=actor, now=now)
    return row
