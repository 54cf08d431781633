"""The citizen's proof of a case: folio and PIN."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import ratelimit
from portal.core.errors import NotFoundError
from portal.core.events import publish

from ..events import PinReset
from ..models import Peticion
from ..pins import hash_pin, normal_folio, pin_matches, random_pin
from .base import open_case, save_case

QUARTER_HOUR, HOUR, DAY = 900, 3600, 86400
#: (scope, attempts, seconds): by folio and address together, by folio, and by address.
LIMITS = (("pin-both", 8, QUARTER_HOUR), ("pin-folio", 60, DAY), ("pin-address", 60, HOUR))
_NOTHING = "0" * 64


def open_by_pin(*, folio: str, pin: str, address: str, now: dt.datetime) -> Peticion:
    """
    The case a folio and its PIN open.

    ``address`` is where the attempt comes from. A wrong folio and a wrong PIN have one answer,
    and take the same time.

    :raises NotFoundError: they do not go together.
    :raises TooManyAttemptsError: too many attempts from there or on that folio.
    """
    folio, pin = normal_folio(folio or ""), "".join((pin or "").split())[:20]
    for (scope, limit, window), key in zip(
        LIMITS, (f"{folio}|{address}", folio, address), strict=True
    ):
        ratelimit.hit(scope, key, limit=limit, window=window, now=now)
    rows = Peticion.objects.select_related(
        "servicio__tema", "dependencia", "colonia", "solicitante"
    )
    peticion = rows.filter(folio=folio).first()
    kept = peticion.pin_hash if peticion else _NOTHING
    if not pin_matches(folio=folio, pin=pin, pin_hash=kept) or peticion is None:
        raise NotFoundError(_("El folio y el PIN no coinciden. Revíselos en su acuse."))
    return peticion


@transaction.atomic
def reset_pin(*, peticion_id: int, actor, now: dt.datetime) -> str:
    """
    Give a new PIN, which revokes the old one and every link given before; returns it, once.

    :raises NotFoundError, NotAllowedError: as the policy says.
    """
    peticion = open_case("reset_pin", peticion_id=peticion_id, actor=actor)
    pin = random_pin()
    peticion.pin_hash = hash_pin(folio=peticion.folio, pin=pin)
    save_case(peticion, now=now)
    publish(PinReset(peticion_id=peticion.pk), actor=actor, now=now)
    return pin
