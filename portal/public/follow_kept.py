"""
The page of a case as it was last rendered, for as long as nothing that it shows has changed.

Whoever asks has already been let in, by one statement that reads the case again. The key is made
of what that statement gave and of everything else on the page:

- the case itself: every act gives it a new version and a new moment of last activity, and the
  columns that change without an act (names of the catalogue, the last day to disagree) are in it;
- what the moment decides: the local day, the reading of the clock, the acts still in time;
- the address (its language and its way in), the theme, the strip over the page;
- the names of other offices that its story mentions, read again each time there are any.

A case that waits for its citizen, or that was merged into another, shows rows that change without
it: it is rendered every time, and so is a page that has something to say once.
"""

import datetime as dt
from collections.abc import Hashable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from portal.accounts.selectors import office_names
from portal.ui.context_processors import notices
from portal.ui.kept import TOKEN_MARK, Kept, frozen
from portal.ui.themes import theme_of
from tramites.constants import Estado
from tramites.links import Glance
from tramites.selectors import PublicCase, citizen_acts

from .working import local_today

RESTLESS = (Estado.PREVENIDA, Estado.ACUMULADA)
#: Room for some two hundred pages; bytes.
pages = Kept(4_000_000)
_MARK = TOKEN_MARK.encode()


class KeptCase:
    """The page of one case for one request at ``now`` (aware)."""

    def __init__(self, request: HttpRequest, glance: Glance, llave: str, now: dt.datetime) -> None:
        self.request, self.now = request, now
        self.tablon = notices(request)
        once = request.GET or len(get_messages(request)) or settings.DEBUG
        self.key = None if once or glance.estado in RESTLESS else self._key(glance, llave)

    def _key(self, glance: Glance, llave: str) -> Hashable:
        return (
            glance,
            *(local_today(self.now), glance.semaforo(self.now)),
            *(glance.vence_en is not None and glance.vence_en < self.now,),
            *citizen_acts(glance, self.now),
            *(self.request.path, llave, get_language(), theme_of(self.request)),
            frozen(self.tablon),
        )

    def find(self) -> bytes | None:
        """The page for this reader, ``None`` if it has to be made."""
        others = pages.find((self.key, "otras")) if self.key else None
        if others is None:
            return None
        page = pages.find((self.key, _named(others)))
        return page and self._with_token(page)

    def render(self, template: str, context: dict, case: PublicCase) -> bytes:
        """The page made now, and kept if it may be."""
        context = {**context, "tablon": self.tablon, "csrf_token": TOKEN_MARK}
        page = render_to_string(template, context, self.request).encode()
        if self.key:
            others = case.otras_dependencias
            pages.put((self.key, "otras"), others)
            pages.put((self.key, _named(others)), page)
        return self._with_token(page)

    def _with_token(self, page: bytes) -> bytes:
        """A page with forms gets this browser's token; one without leaves no cookie."""
        return page.replace(_MARK, get_token(self.request).encode()) if _MARK in page else page


def _named(others: tuple[int, ...]) -> Hashable:
    return tuple(office_names(others)) if others else ()
