"""Bounded counts: never more rows are looked at than the page would say."""

import datetime as dt

from django.db.models import QuerySet

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.core.time import now as present
from tramites.policies import PeticionPolicy
from tramites.selectors import InboxFilters, filtered_cases
from tramites.selectors.open_cases import only_open

from .inbox import Inbox

#: Above this the page says «99+».
MOST = 99


def bounded(rows: QuerySet) -> int:
    """
    How many rows there are, counting up to one more than ``MOST``.

    Their ids are read and counted here: it takes the database as long, and building a statement
    that counts within another takes longer than reading a hundred numbers.
    """
    return len(rows.order_by().values_list("pk", flat=True)[: MOST + 1])


def shown(n: int) -> str:
    """A bounded count as it is read."""
    return f"{MOST}+" if n > MOST else str(n)


def tabs(inbox: Inbox, now: dt.datetime) -> list[dict]:
    """The views of the inbox with their counts, as ``components/tabs.html`` takes them."""
    return [
        {
            "label": view.label,
            "url": f"?vista={view.slug}",
            "current": view is inbox.view,
            "count": _count(inbox, view, now) if view.counted else None,
        }
        for view in inbox.views
    ]


def _count(inbox: Inbox, view, now: dt.datetime) -> str:
    filters = InboxFilters(**dict(view.filters))
    return shown(bounded(only_open(filtered_cases(viewer=inbox.viewer, filters=filters, now=now))))


def opens_cases(user) -> bool:
    """Whether any post of ``user`` opens cases; administration reads figures only."""
    return bool(StaffPolicy(user).roles - {Rol.ADMINISTRADOR})


def pending_of(user) -> int | None:
    """
    What waits for a person, for the navigation: of the desk what must be assigned, of the rest
    their own open cases. ``None`` when nothing does.
    """
    staff = StaffPolicy(user)
    rows = only_open(PeticionPolicy(user).visible())
    if staff.has(Rol.ENLACE, Rol.TITULAR):
        rows = rows.filter(responsable_id=user.pk)
    elif staff.has(Rol.VENTANILLA):
        rows = rows.filter(estado="recibida")
    else:
        rows = rows.filter(vence_en__lt=present())
    return bounded(rows) or None
