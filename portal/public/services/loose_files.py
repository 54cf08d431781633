"""Files sent through the API ahead of their petition, and petitions filed with them."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError
from tramites.models import Peticion
from tramites.selectors import Reference
from tramites.services import Filed, Filing, file_peticion
from tramites.uploads import StoredFile, discard_upload, receive_upload

from ..models import ArchivoSuelto

_COLUMNS = ("clave", "ruta", "nombre", "tipo", "tamano", "sha256")


def keep_loose_file(*, archivo, now: dt.datetime) -> tuple[ArchivoSuelto, str]:
    """
    Check and store a file; returns its row and, once, the token that claims it.

    :raises InvalidInputError: the file is not acceptable; ``fields["archivo"]`` says why.
    :raises UnavailableError: the disk does not take it.
    """
    stored, token = receive_upload(archivo), secrets.token_urlsafe(24)
    try:
        row = ArchivoSuelto.objects.create(
            token_hash=_hash(token),
            creado_en=now,
            vence_en=now + dt.timedelta(hours=settings.API_ADJUNTO_HORAS),
            **asdict(stored),
        )
    except Exception:
        discard_upload(stored)
        raise
    return row, token


def file_with_loose_files(
    *,
    filing: Filing,
    tokens: Sequence[str],
    actor,
    now: dt.datetime,
    reference: Reference | None = None,
) -> Filed:
    """
    File a petition with the files behind ``tokens``, each good for one petition.
    ``reference``: see ``file_peticion``.

    :raises InvalidInputError: a token is unknown, expired or used (``fields["adjuntos"]``), or as
        in ``file_peticion``, whose other errors pass too.
    """
    if not tokens:
        return file_peticion(filing=filing, actor=actor, now=now, reference=reference)
    with transaction.atomic():
        rows = _claimable(tokens, filing.clave_idempotencia, now)
        files = [_stored(row) for row in rows]
        filing = replace(filing, adjuntos=files)
        filed = file_peticion(filing=filing, actor=actor, now=now, reference=reference)
        if filed.created:
            taken = ArchivoSuelto.objects.filter(pk__in=[row.pk for row in rows])
            taken.update(peticion=filed.peticion)
        return filed


def act_with_loose_files(
    *, act: Callable, peticion_id: int, tokens: Sequence[str], actor, now: dt.datetime, **arguments
):
    """
    Do ``act``, a service that takes ``adjuntos``, with the files behind ``tokens``.

    :raises InvalidInputError: a token is unknown, expired or used (``fields["adjuntos"]``). The
        errors of ``act`` pass, and leave the files to be used again.
    """
    with transaction.atomic():
        rows = _claimable(tokens, "", now)
        done = act(
            peticion_id=peticion_id,
            adjuntos=[_stored(row) for row in rows],
            actor=actor,
            now=now,
            **arguments,
        )
        taken = ArchivoSuelto.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(peticion=peticion_id)
        return done


def _claimable(tokens: Sequence[str], key: str, now: dt.datetime) -> list[ArchivoSuelto]:
    """
    The rows in the order of their tokens, locked. Those that the submission with this ``key``
    took may come back; an act has no key, so to it a taken file is gone.
    """
    hashes = [_hash(token) for token in dict.fromkeys(tokens)]
    found = ArchivoSuelto.objects.select_for_update().filter(
        token_hash__in=hashes, vence_en__gt=now
    )
    rows = {row.token_hash: row for row in found.order_by("pk")}
    taken = [row.peticion_id for row in rows.values() if row.peticion_id]
    foreign = Peticion.objects.filter(pk__in=taken).exclude(clave_idempotencia=key)
    if len(rows) < len(hashes) or (taken and foreign.exists()):
        line = _("Un archivo ya no está: caducó o ya se usó. Envíelo de nuevo a «adjuntos/».")
        raise InvalidInputError(fields={"adjuntos": [line]})
    return [rows[found_hash] for found_hash in hashes]


def purge_loose_files(*, now: dt.datetime, limit: int = 1000) -> int:
    """Forget expired files, and their content where no petition took them; how many went."""
    expired = list(
        ArchivoSuelto.objects.filter(vence_en__lte=now).values_list("pk", flat=True)[:limit]
    )
    for pk in expired:
        _purge(pk)
    return len(expired)


@transaction.atomic
def _purge(pk: int) -> None:
    row = ArchivoSuelto.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return
    if row.peticion_id is None:
        transaction.on_commit(lambda: discard_upload(_stored(row)))
    row.delete()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _stored(row: ArchivoSuelto) -> StoredFile:
    return StoredFile(**{name: getattr(row, name) for name in _COLUMNS})
