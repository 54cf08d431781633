"""Tokens with which a person's programs speak to the API in their name."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken

from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.events import publish

from ..events import ApiTokenIssued, ApiTokenRevoked
from ..models import User
from ..policies import StaffPolicy

MOST_TOKENS = 10
LIFETIMES = (30, 90, 365)


@transaction.atomic
def issue_token(*, days: int, actor: User, now: dt.datetime) -> str:
    """
    A new token of the actor's own, valid for ``days`` (30, 90 or 365); it is shown this once.

    :raises NotAllowedError: the actor holds no post.
    :raises ConflictError: there are ten already.
    """
    if not StaffPolicy(actor).is_staff_member:
        raise NotAllowedError
    if days not in LIFETIMES:
        raise InvalidInputError(fields={"days": [_("Elija 30, 90 o 365 días.")]})
    User.objects.select_for_update().get(pk=actor.pk)
    if AuthToken.objects.filter(user=actor).count() >= MOST_TOKENS:
        raise ConflictError(_("Ya tiene diez fichas. Revoque una que no use."))
    row, token = AuthToken.objects.create(user=actor, expiry=dt.timedelta(days=days))
    event = ApiTokenIssued(
        usuario_id=actor.pk, ficha=row.token_key, caduca=row.expiry.date().isoformat()
    )
    publish(event, actor=actor, now=now)
    return token


@transaction.atomic
def revoke_token(*, ficha: str, actor: User, now: dt.datetime) -> None:
    """
    End one of the actor's own tokens, known by its visible beginning.

    :raises NotFoundError: there is none.
    """
    count, _by_model = AuthToken.objects.filter(user=actor, token_key=ficha).delete()
    if not count:
        raise NotFoundError
    publish(ApiTokenRevoked(usuario_id=actor.pk, ficha=ficha), actor=actor, now=now)
