"""Looking at who filed: allowed to whoever works with the case, and never without a trace."""

import datetime as dt

from django.db import transaction

from portal.core.events import publish

from ..events import PersonDataSeen
from ..models import Peticion
from ..policies import PeticionPolicy


@transaction.atomic
def reveal_person(*, peticion: Peticion, actor, now: dt.datetime) -> None:
    """
    Leave on the case's record that ``actor`` read the contact of who filed.

    :raises NotFoundError, NotAllowedError: as the policy says.
    """
    PeticionPolicy(actor).require("see_person", peticion)
    publish(PersonDataSeen(peticion_id=peticion.pk), actor=actor, now=now)
