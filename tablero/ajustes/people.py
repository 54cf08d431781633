"""The list of the staff, in pages by user name."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from portal.accounts.models import Adscripcion, User
from portal.accounts.models.user import in_force_on
from portal.accounts.selectors import search_people

PAGE = 50


@dataclass(frozen=True)
class PeoplePage:
    """Rows with ``posts`` in force, and the cursors of the pages beside ('' when none)."""

    rows: list[User]
    previous: str
    following: str


def people_page(*, text: str, rol: str, after: str, before: str, on: dt.date) -> PeoplePage:
    """One page after or before a user name; two queries whatever the number of people."""
    posts = Adscripcion.objects.filter(in_force_on(on)).select_related("dependencia")
    people = search_people(text=text, rol=rol, on=on).prefetch_related(
        Prefetch("adscripciones", queryset=posts, to_attr="posts")
    )
    if before:
        found = list(people.filter(username__lt=before).order_by("-username")[: PAGE + 1])
        more = len(found) > PAGE
        rows = found[:PAGE][::-1]
        return PeoplePage(rows, rows[0].username if more else "", rows[-1].username if rows else "")
    if after:
        people = people.filter(username__gt=after)
    found = list(people[: PAGE + 1])
    rows = found[:PAGE]
    return PeoplePage(
        rows,
        rows[0].username if after and rows else "",
        rows[-1].username if len(found) > PAGE else "",
    )
