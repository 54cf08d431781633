"""What the inbox writes itself: nothing but who looked."""

import datetime as dt

from django.db import transaction

from portal.core.events import publish
from tramites.models import Peticion
from tramites.policies import PeticionPolicy

from .events import PersonDataSeen


@transaction.atomic
def reveal_person(*, peticion: Peticion, actor, now: dt.datetime) -> None:
    """
    Leave on the case's record that ``actor`` read the contact of who filed.

    :raises NotFoundError, NotAllowedError: as the policy says.
    """
    PeticionPolicy(actor).require("see_person", peticion)
    publish(PersonDataSeen(peticion_id=peticion.pk), actor=actor, now=now)
