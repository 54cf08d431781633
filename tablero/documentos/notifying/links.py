"""The address at which somebody receives a document they are notified of."""

import datetime as dt

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.documents.constants import LINK_DAYS
from portal.documents.models import NotificacionDocumento

_signer = Signer(sep=".", salt="documentos.recibir")
MAX_TOKEN = 120
LARGEST = 2**63 - 1


def receive_token(row: NotificacionDocumento) -> str:
    """What opens the page of this notification to whoever holds it; safe in a URL path."""
    return _signer.sign(f"{row.pk:x}")


def receive_url(row: NotificacionDocumento) -> str:
    """The absolute address that is sent to the person."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/recibir/{receive_token(row)}/"


def notification_from_token(token: str, *, now: dt.datetime) -> NotificacionDocumento:
    """
    The notification a token opens, with its document; one query.

    :raises NotFoundError: forged, mangled, given up, or a month has gone by since it was sent: in
        the same words. One that was acknowledged goes on opening.
    """
    try:
        pk = int(_signer.unsign(token[:MAX_TOKEN]), 16)
    except (BadSignature, ValueError):
        raise _unknown() from None
    if pk > LARGEST:
        raise _unknown()
    rows = NotificacionDocumento.objects.select_related("documento__tipo", "documento__dependencia")
    row = rows.filter(pk=pk, enviada_en__isnull=False).first()
    if row is None or not _opens(row, now):
        raise _unknown()
    return row


def _opens(row: NotificacionDocumento, now: dt.datetime) -> bool:
    if row.practicada_en is not None:
        return True
    return row.pendiente and now - row.enviada_en <= dt.timedelta(days=LINK_DAYS)


def _unknown() -> NotFoundError:
    return NotFoundError(
        _("Este enlace no es válido o ya venció. Pida otro a la oficina que se lo envió.")
    )
