"""What was tried in a session and could not be."""

import datetime as dt

from django.db import transaction

from portal.core.events import publish

from ..policies import CabildoPolicy
from ..sitting_events import ActRefused


@transaction.atomic
def note_refusal(*, sesion_id: int, acto: str, motivo: str, actor, now: dt.datetime) -> None:
    """
    Leave in the record of a session that an act was refused, and why.

    After the act itself was undone; nothing else of the session changes. ``motivo`` is what its
    author was told: it names nobody.

    :raises NotAllowedError: the actor may not even look at sessions.
    """
    CabildoPolicy(actor).require("view")
    event = ActRefused(sesion_id=sesion_id, acto=acto, motivo=motivo)
    publish(event, actor=actor, now=now)
