"""Who may see a case on the citizen site: the holder of its link, or of its folio and PIN."""

import re
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from portal.core.errors import NotFoundError
from tramites.links import Glance, follow_up_token, glance_from_token, peticion_from_token
from tramites.models import Peticion

T = TypeVar("T")
SESSION_KEY = "casos"
MOST_CASES = 10
FOLIO = re.compile(r"^[A-Z0-9]{1,20}-\d{4}-\d{6,9}$")


class PinNeeded(NotFoundError):
    """The address names a folio that this browser has not opened with its PIN."""

    code = "pin_requerido"

    def __init__(self, folio: str) -> None:
        super().__init__()
        self.folio = folio


def grant(request: HttpRequest, peticion: Peticion) -> None:
    """
    Let this session see the case from now on; the session's key changes as at a login.

    What is kept is the case's signed token, so that a new PIN closes the session's way in too.
    """
    granted = {**request.session.get(SESSION_KEY, {})}
    granted.pop(peticion.folio, None)
    granted[peticion.folio] = follow_up_token(peticion)
    request.session[SESSION_KEY] = dict(list(granted.items())[-MOST_CASES:])
    request.session.cycle_key()


def token_for(session, llave: str) -> str | None:
    """The token that an address stands for: itself, or what the session holds for its folio."""
    if not is_folio(llave):
        return llave
    return (session.get(SESSION_KEY) or {}).get(llave)


def is_folio(llave: str) -> bool:
    """Whether an address names a folio; anything else is a signed token."""
    return bool(FOLIO.match(llave))


def case_for(request: HttpRequest, llave: str) -> Peticion:
    """
    The case behind an address.

    :raises PinNeeded: a folio this browser has not opened.
    :raises NotFoundError: a token that is forged or was revoked.
    """
    return _opened(request, llave, peticion_from_token)


def glance_for(request: HttpRequest, llave: str) -> Glance:
    """
    The same case, only as far as to tell whether anything in it changed.

    :raises PinNeeded, NotFoundError: as ``case_for``.
    """
    return _opened(request, llave, glance_from_token)


def _opened(request: HttpRequest, llave: str, read: Callable[[str], T]) -> T:
    token = token_for(request.session, llave)
    if token is None:
        raise PinNeeded(llave)
    try:
        return read(token)
    except NotFoundError:
        if is_folio(llave):
            raise PinNeeded(llave) from None
        raise
