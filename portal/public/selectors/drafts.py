"""Reading drafts."""

import datetime as dt
import hashlib

from ..models import Borrador


def token_hash(token: str) -> str:
    """What the database keeps of a draft's cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def draft_of(token: str | None, *, now: dt.datetime) -> Borrador | None:
    """The live draft behind a cookie, with its files; ``None`` without one or past its days."""
    if not token or len(token) > 100:
        return None
    return (
        Borrador.objects.filter(token_hash=token_hash(token), vence_en__gt=now)
        .prefetch_related("adjuntos")
        .first()
    )
