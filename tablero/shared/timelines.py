"""The record of a thing in plain words, the same in every room."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.core.models import EventRecord

#: Words and icon of a kind of fact.
Told = tuple[str | Promise, str]


#: What was tried and refused (``portal.core.refusals``); its reason is said with it.
REFUSED: Told = (gettext_lazy("No se admitió un acto"), "alerta")


def timeline_of(
    records: Iterable[EventRecord],
    told: Mapping[str, Told],
    *,
    done: Collection[str] = (),
    text: Callable[[EventRecord], str] = lambda row: "",
) -> list[dict]:
    """
    The records as ``{% timeline %}`` takes them; one query for the people who acted.

    ``told`` has the words and the icon of each kind of fact, ``done`` the kinds that end something,
    ``text`` what is said of a record besides.
    """
    rows = list(records)
    ids = {row.actor_id for row in rows if row.actor_kind == "usuario" and row.actor_id}
    people = User.objects.in_bulk(ids)
    return [
        {
            "when": row.occurred_at,
            "who": str(people.get(row.actor_id) or _("Sistema")),
            "kind": "hecho" if row.event_type in done else "autoridad",
            "icon": told[row.event_type][1],
            "title": told[row.event_type][0],
            "text": row.payload["motivo"] if told[row.event_type] is REFUSED else text(row),
        }
        for row in rows
    ]
