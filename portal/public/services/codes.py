"""Proving that a phone or a mail address is the person's: a short code, sent and typed back."""

import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.core import ratelimit
from portal.core.actors import SYSTEM
from portal.core.errors import InvalidInputError, TooManyAttemptsError
from portal.core.events import publish

from ..constants import (
    CODE_DIGITS,
    CODE_MINUTES,
    CODE_SENDS_PER_ADDRESS,
    CODE_SENDS_PER_CALLER,
    CODE_TRIES,
    HOUR,
)
from ..events import CodeIssued
from ..models import CodigoVerificacion


def _digest(*parts: str) -> str:
    """HMAC under the install's key: without it, six figures would be guessed from their hash."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def issue_code(
    *, borrador_id: int, canal: str, destino: str, direccion: str, idioma: str, now: dt.datetime
) -> CodigoVerificacion:
    """
    Send a new code to ``destino`` and void the ones before it.

    ``canal`` is "sms" or "correo"; ``direccion`` is the caller's network address. At most
    3 sends an hour to one contact and 10 from one address.

    :raises TooManyAttemptsError: over either limit; nothing is sent.
    """
    ratelimit.hit("codigo-red", direccion, limit=CODE_SENDS_PER_CALLER, window=HOUR, now=now)
    ratelimit.hit(
        "codigo-destino", f"{canal}:{destino}", limit=CODE_SENDS_PER_ADDRESS, window=HOUR, now=now
    )
    return _issue(borrador_id, canal, destino, idioma, now)


@transaction.atomic
def _issue(borrador_id: int, canal: str, destino: str, idioma: str, now) -> CodigoVerificacion:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    salt = secrets.token_hex(16)
    CodigoVerificacion.objects.filter(
        borrador_id=borrador_id, canal=canal, usado_en__isnull=True, anulado_en__isnull=True
    ).update(anulado_en=now)
    row = CodigoVerificacion.objects.create(
        borrador_id=borrador_id,
        canal=canal,
        destino_hash=_digest("destino", destino),
        sal=salt,
        codigo_hash=_digest("codigo", salt, code),
        creado_en=now,
        vence_en=now + dt.timedelta(minutes=CODE_MINUTES),
    )
    publish(
        CodeIssued(
            codigo_id=row.pk,
            canal=canal,
            idioma=idioma,
            minutos=CODE_MINUTES,
            destino=destino,
            codigo=code,
        ),
        actor=SYSTEM,
        now=now,
    )
    return row


def check_code(
    *, borrador_id: int, canal: str, destino: str, codigo: str, now: dt.datetime
) -> None:
    """
    Accept the code once.

    The try is counted and committed before the comparison, so that an error cannot give it back.
    A code that was never sent and a wrong one get the same answer.

    :raises InvalidInputError: wrong, used or replaced code, or one past its ten minutes.
    :raises TooManyAttemptsError: the code was tried five times; a new one is needed.
    """
    row = _count_try(borrador_id, canal, destino)
    salt, expected = (row.sal, row.codigo_hash) if row else ("", _digest("codigo", "", ""))
    matches = hmac.compare_digest(_digest("codigo", salt, codigo), expected)
    if row is not None and row.intentos > CODE_TRIES:
        raise TooManyAttemptsError(
            _("Ese código ya se intentó muchas veces. Pida uno nuevo y escríbalo aquí."),
            retry_after=60,
        )
    if row is not None and row.vence_en <= now:
        raise InvalidInputError(
            fields={"codigo": [_("El código ya venció. Pida uno nuevo y escríbalo aquí.")]}
        )
    if row is None or not matches or not _use(row, now):
        raise InvalidInputError(
            fields={"codigo": [_("El código no coincide. Revise las 6 cifras o pida uno nuevo.")]}
        )


@transaction.atomic
def _count_try(borrador_id: int, canal: str, destino: str) -> CodigoVerificacion | None:
    row = (
        CodigoVerificacion.objects.select_for_update()
        .filter(
            borrador_id=borrador_id,
            canal=canal,
            destino_hash=_digest("destino", destino),
            usado_en__isnull=True,
            anulado_en__isnull=True,
        )
        .first()
    )
    if row is not None:
        CodigoVerificacion.objects.filter(pk=row.pk).update(intentos=F("intentos") + 1)
        row.intentos += 1
    return row


def _use(row: CodigoVerificacion, now: dt.datetime) -> bool:
    """Mark it used; false when another request got there first."""
    return bool(
        CodigoVerificacion.objects.filter(pk=row.pk, usado_en__isnull=True).update(usado_en=now)
    )


def purge_codes(*, now: dt.datetime) -> int:
    """Delete codes that can no longer be used, a day after they expired; how many went."""
    old = Q(vence_en__lt=now - dt.timedelta(days=1))
    return CodigoVerificacion.objects.filter(old).delete()[0]
