"""Files of an act: rows for what ``tramites.uploads`` has already checked and stored."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.actors import CitizenActor
from portal.core.errors import InvalidInputError
from portal.core.events import publish_all

from ..events import AttachmentAdded
from ..models import Adjunto, Peticion
from ..uploads import MAX_FILES, StoredFile
from .base import author_of, open_case, save_case


def require_count(files: Sequence[StoredFile]) -> None:
    """
    :raises InvalidInputError: more files than one act may carry.
    """
    if len(files) > MAX_FILES:
        line = _("Puede agregar hasta %(most)s archivos.") % {"most": MAX_FILES}
        raise InvalidInputError(fields={"archivo": [line]})


def new_attachments(
    peticion: Peticion,
    files: Sequence[StoredFile],
    *,
    act: str,
    actor,
    now: dt.datetime,
    visible: bool = True,
) -> list[Adjunto]:
    """Write the rows of an act's files. ``visible`` says whether the citizen may see them."""
    if not files:
        return []
    origin = Adjunto.Origen.AUTORIDAD
    if isinstance(actor, CitizenActor) or act == "presentacion":
        origin = Adjunto.Origen.CIUDADANO
    rows = [
        Adjunto(
            peticion=peticion,
            clave=stored.clave,
            ruta=stored.ruta,
            nombre=stored.nombre,
            tipo=stored.tipo,
            tamano=stored.tamano,
            sha256=stored.sha256,
            origen=origin,
            acto=act,
            subido_por=author_of(actor),
            visible_ciudadano=visible,
            creado_en=now,
        )
        for stored in files
    ]
    return Adjunto.objects.bulk_create(rows)


def attachment_events(peticion: Peticion, rows: Sequence[Adjunto], actor) -> list[tuple]:
    """One fact per file, with its hash."""
    return [
        (AttachmentAdded(peticion_id=peticion.pk, adjunto_id=row.pk, sha256=row.sha256), actor)
        for row in rows
    ]


@transaction.atomic
def attach_evidence(
    *,
    peticion_id: int,
    adjuntos: Sequence[StoredFile],
    actor,
    now: dt.datetime,
    visible_ciudadano: bool = False,
) -> list[Adjunto]:
    """
    Add files to a case outside any act; internal unless ``visible_ciudadano``.

    :raises NotFoundError, NotAllowedError: as the policy says.
    :raises InvalidInputError: no file, or too many.
    """
    peticion = open_case("attach", peticion_id=peticion_id, actor=actor)
    if not adjuntos:
        raise InvalidInputError(fields={"archivo": [_("Elija al menos un archivo.")]})
    require_count(adjuntos)
    rows = new_attachments(
        peticion, adjuntos, act="evidencia", actor=actor, now=now, visible=visible_ciudadano
    )
    save_case(peticion, now=now)
    publish_all(attachment_events(peticion, rows, actor), now=now)
    return rows
