"""Drafting an acta from the facts, editing it by sections, sending it round, settling."""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, NotAllowedError, NotFoundError
from portal.core.events import publish
from portal.core.text import clean_text
from portal.core.time import local_date
from portal.documents.services.base import required_reason
from tablero.cabildo.constants import EstadoSesion
from tablero.cabildo.models import Sesion

from ..constants import OBSERVATION_DAYS, EstadoActa, EstadoObservacion
from ..drafting import draft_sections
from ..events import (
    ActaCirculated,
    ActaDrafted,
    ActaObservationSettled,
    ActaObserved,
    ActaSectionSaved,
)
from ..models import Acta, ObservacionActa, SeccionActa
from ..policies import ActaPolicy
from .base import admitting, open_acta, refuse, save_acta

HELD = (EstadoSesion.CONCLUIDA, EstadoSesion.NO_CELEBRADA)
LONGEST = 60_000


@transaction.atomic
def draft_acta(*, sesion_id: int, actor, now: dt.datetime) -> Acta:
    """
    Write the draft from what was recorded; asked again, gives the one there is.

    :raises ConflictError: the session has not ended.
    """
    ActaPolicy(actor).require(manage=True)
    sesion = Sesion.objects.select_for_update(of=("self",)).filter(pk=sesion_id).first()
    if sesion is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    known = Acta.objects.filter(sesion=sesion).first()
    if known is not None:
        return known
    if sesion.estado not in HELD:
        raise ConflictError(_("La sesión no ha terminado: todavía no hay acta que levantar."))
    row = Acta.objects.create(sesion=sesion, creado_en=now, actualizado_en=now)
    SeccionActa.objects.bulk_create(
        SeccionActa(acta=row, orden=place, titulo=title, texto=text)
        for place, (title, text) in enumerate(draft_sections(sesion), 1)
    )
    publish(ActaDrafted(acta_id=row.pk, sesion_id=sesion.pk), actor=actor, now=now)
    return row


@transaction.atomic
def save_section(
    *, seccion_id: int, texto: str, actor, now: dt.datetime, cambios: int | None = None
) -> SeccionActa:
    """
    Write a section anew while the acta is a draft.

    :raises ConflictError: it was sent round: it only changes by settling an observation.
    :raises InvalidInputError: empty or too long.
    """
    found = SeccionActa.objects.filter(pk=seccion_id).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa sección."))
    row = open_acta(acta_id=found.acta_id, actor=actor, cambios=cambios)
    if row.estado != EstadoActa.BORRADOR:
        raise ConflictError(
            _("El acta ya se circuló: sólo cambia al resolver una observación."),
            code="acta_circulada",
        )
    found.texto = _checked(texto)
    found.save(update_fields=["texto"])
    digest = hashlib.sha256(found.texto.encode()).hexdigest()
    event = ActaSectionSaved(acta_id=row.pk, orden=found.orden, huella=digest)
    save_acta(row, event, actor=actor, now=now)
    return found


def _checked(texto: str) -> str:
    text = clean_text(texto or "")
    if not 0 < len(text) <= LONGEST:
        raise refuse("texto", _("Escriba el texto, en hasta 60,000 letras."))
    return text


@transaction.atomic
def circulate_acta(*, acta_id: int, actor, now: dt.datetime, cambios: int | None = None) -> Acta:
    """
    Send it round: members may observe it for ``OBSERVATION_DAYS`` natural days.

    :raises ConflictError: it was sent round before.
    """
    row = open_acta(acta_id=acta_id, actor=actor, cambios=cambios)
    until = local_date(now) + dt.timedelta(days=OBSERVATION_DAYS)
    row.huella = row.fingerprint()
    with admitting(row, _("circularla")):
        row.circulate(until)
    event = ActaCirculated(acta_id=row.pk, huella=row.huella, observar_hasta=until.isoformat())
    save_acta(row, event, actor=actor, now=now)
    return row


@transaction.atomic
def observe_acta(
    *, seccion_id: int, parrafo: int, texto: str, actor, now: dt.datetime
) -> ObservacionActa:
    """
    A member observes a paragraph, numbered from 1.

    :raises NotAllowedError: not a member with an account who was noticed of the session or there.
    :raises ConflictError: it is not being sent round, or its days are over.
    :raises InvalidInputError: no such paragraph, or nothing said.
    """
    found = SeccionActa.objects.filter(pk=seccion_id).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa sección."))
    row = open_acta(acta_id=found.acta_id, actor=actor, manage=False)
    member = ActaPolicy(actor).cabildo.integrante
    if member is None or not _belongs(row, member.pk):
        raise NotAllowedError(_("Sólo observa el acta quien fue convocado o estuvo en la sesión."))
    if row.estado != EstadoActa.CIRCULADA or local_date(now) > row.observar_hasta:
        raise ConflictError(_("El acta ya no recibe observaciones."))
    text = clean_text(texto or "")
    if not 0 < len(text) <= 2000:
        raise refuse("texto", _("Escriba su observación, en hasta 2,000 letras."))
    if not 1 <= parrafo <= len(found.parrafos):
        raise refuse("parrafo", _("Esa sección no tiene ese párrafo."))
    made = ObservacionActa.objects.create(
        acta=row, seccion=found, parrafo=parrafo, integrante=member, texto=text, creado_en=now
    )
    event = ActaObserved(acta_id=row.pk, observacion_id=made.pk, integrante_id=member.pk)
    save_acta(row, event, actor=actor, now=now)
    return made


def _belongs(row: Acta, integrante_id: int) -> bool:
    mine = {"integrante_id": integrante_id}
    session = row.sesion
    return session.convocados.filter(**mine).exists() or session.presencias.filter(**mine).exists()


@transaction.atomic
def settle_observation(
    *,
    observacion_id: int,
    acepta: bool,
    texto: str,
    respuesta: str,
    actor,
    now: dt.datetime,
) -> ObservacionActa:
    """
    Accept an observation, with the paragraph as it reads now, or refuse it with the reason.

    :raises ConflictError: it was settled, or the acta was approved.
    :raises InvalidInputError: the new paragraph, or the reason, is missing.
    """
    known = ObservacionActa.objects.filter(pk=observacion_id).values_list("acta_id", flat=True)
    if not known:
        raise NotFoundError(_("No encontramos esa observación."))
    row = open_acta(acta_id=known[0], actor=actor)
    found = ObservacionActa.objects.select_related("seccion").get(pk=observacion_id)
    if row.estado != EstadoActa.CIRCULADA or found.estado != EstadoObservacion.PENDIENTE:
        raise ConflictError(_("Esa observación ya se resolvió."))
    if acepta:
        _replace(found, texto)
        found.estado, found.respuesta = EstadoObservacion.ACEPTADA, clean_text(respuesta or "")
    else:
        found.respuesta = required_reason(respuesta, field="respuesta", maximum=1000)
        found.estado = EstadoObservacion.RECHAZADA
    found.resuelta_en = now
    found.save()
    row.huella = row.fingerprint()
    event = ActaObservationSettled(
        acta_id=row.pk, observacion_id=found.pk, estado=found.estado, huella=row.huella
    )
    save_acta(row, event, actor=actor, now=now)
    return found


def _replace(found: ObservacionActa, texto: str) -> None:
    """The paragraph as it reads now; it stays one, so that the numbers of the others hold."""
    text = " ".join(_checked(texto).split("\n\n"))
    parts = found.seccion.parrafos
    parts[found.parrafo - 1] = text
    found.seccion.texto = "\n\n".join(parts)
    found.seccion.save(update_fields=["texto"])
