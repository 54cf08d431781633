"""Keeping a draft from page to page, with its files."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, NotFoundError
from tramites.uploads import MAX_FILES, StoredFile, discard_upload, receive_upload

from ..constants import DRAFT_DAYS
from ..models import Borrador, BorradorAdjunto
from ..selectors.drafts import draft_of, token_hash


@transaction.atomic
def open_draft(*, token: str | None, now: dt.datetime) -> tuple[Borrador, str]:
    """The draft of this browser, or a new one when there is none or the last was filed."""
    found = draft_of(token, now=now)
    if found is not None and found.peticion_id is None:
        return found, token
    fresh = secrets.token_urlsafe(32)
    created = Borrador.objects.create(
        token_hash=token_hash(fresh),
        clave_idempotencia=secrets.token_hex(24),
        creado_en=now,
        actualizado_en=now,
        vence_en=now + dt.timedelta(days=DRAFT_DAYS),
    )
    return created, fresh


def locked_draft(borrador_id: int, now: dt.datetime) -> Borrador:
    """
    The draft, locked until the commit.

    :raises NotFoundError: it expired or was discarded meanwhile.
    """
    found = Borrador.objects.select_for_update().filter(pk=borrador_id, vence_en__gt=now).first()
    if found is None:
        raise NotFoundError(_("Su borrador ya no existe. Empiece de nuevo."))
    return found


@transaction.atomic
def save_step(
    *, borrador_id: int, datos: dict, now: dt.datetime, paso: str = "", olvidar: tuple = ()
) -> Borrador:
    """
    Keep answers; ``paso`` marks its page as done, ``olvidar`` marks pages to be answered again.

    Each save puts off the end of the draft by its whole life.

    :raises NotFoundError: the draft is gone, or was filed in another tab.
    """
    borrador = locked_draft(borrador_id, now)
    if borrador.peticion_id is not None:
        raise NotFoundError(_("Este asunto ya se envió. Empiece uno nuevo."))
    done = [step for step in borrador.datos.get("pasos", ()) if step not in olvidar]
    if paso and paso not in done:
        done.append(paso)
    borrador.datos = {**borrador.datos, **datos, "pasos": done}
    borrador.actualizado_en = now
    borrador.vence_en = now + dt.timedelta(days=DRAFT_DAYS)
    borrador.save(update_fields=["datos", "actualizado_en", "vence_en"])
    return borrador


def attach_file(*, borrador_id: int, archivo, now: dt.datetime) -> BorradorAdjunto:
    """
    Check and store one uploaded file and note it on the draft.

    :raises InvalidInputError: the file is not acceptable, or there are too many.
    :raises UnavailableError: the disk does not take it.
    """
    _require_room(borrador_id)
    stored = receive_upload(archivo)
    try:
        with transaction.atomic():
            if locked_draft(borrador_id, now).peticion_id is not None:
                raise NotFoundError(_("Este asunto ya se envió. Empiece uno nuevo."))
            _require_room(borrador_id)
            return BorradorAdjunto.objects.create(borrador_id=borrador_id, **_columns(stored))
    except Exception:
        discard_upload(stored)
        raise


def _require_room(borrador_id: int) -> None:
    if BorradorAdjunto.objects.filter(borrador_id=borrador_id).count() >= MAX_FILES:
        raise InvalidInputError(
            fields={
                "archivos": [
                    _("Ya hay %(n)s archivos, que es el máximo. Quite uno para subir otro.")
                    % {"n": MAX_FILES}
                ]
            }
        )


def _columns(stored: StoredFile) -> dict:
    return {
        "clave": stored.clave,
        "ruta": stored.ruta,
        "nombre": stored.nombre,
        "tipo": stored.tipo,
        "tamano": stored.tamano,
        "sha256": stored.sha256,
    }


def stored_of(adjunto: BorradorAdjunto) -> StoredFile:
    """The stored file that a row stands for."""
    return StoredFile(
        clave=adjunto.clave,
        ruta=adjunto.ruta,
        nombre=adjunto.nombre,
        tipo=adjunto.tipo,
        tamano=adjunto.tamano,
        sha256=adjunto.sha256,
    )


@transaction.atomic
def remove_file(*, borrador_id: int, clave: str) -> None:
    """Take a file off the draft and off the disk; one that is not there is no error."""
    for adjunto in BorradorAdjunto.objects.filter(borrador_id=borrador_id, clave=clave):
        files = [stored_of(adjunto)]
        adjunto.delete()
        transaction.on_commit(lambda files=files: _forget(files))


def _forget(files: list[StoredFile]) -> None:
    for stored in files:
        discard_upload(stored)


@transaction.atomic
def discard_draft(*, borrador_id: int) -> None:
    """Throw the draft away with its files; a filed one only forgets what the browser knew."""
    borrador = Borrador.objects.select_for_update().filter(pk=borrador_id).first()
    if borrador is None:
        return
    files = [stored_of(adjunto) for adjunto in borrador.adjuntos.all()]
    borrador.delete()
    transaction.on_commit(lambda: _forget(files))


def purge_drafts(*, now: dt.datetime, limit: int = 1000) -> int:
    """Throw away drafts past their days, each in its own transaction; how many went."""
    expired = Borrador.objects.filter(vence_en__lte=now).values_list("pk", flat=True)[:limit]
    ids = list(expired)
    for borrador_id in ids:
        discard_draft(borrador_id=borrador_id)
    return len(ids)
