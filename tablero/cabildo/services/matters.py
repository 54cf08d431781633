"""The matters an item may be of."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.events import publish
from portal.core.models import ReglaJuridica
from portal.core.saving import assign, check, locked

from ..constants import ClaseRegla
from ..item_events import MatterChanged
from ..models import Materia
from ..policies import CabildoPolicy
from .base import refuse


@transaction.atomic
def save_matter(
    *, materia_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime
) -> Materia:
    """
    Create a matter (``materia_id`` None) or mend it; what was decided keeps what it was.

    :raises NotAllowedError: not their part.
    :raises InvalidInputError: by field; a rule of majority that does not exist.
    """
    CabildoPolicy(actor).require("manage")
    row = locked(Materia, materia_id)
    changed = assign(row, values)
    check(row)
    rules = ReglaJuridica.objects.filter(clave=row.regla_mayoria, clase=ClaseRegla.MAYORIA)
    if not rules.exists():
        raise refuse("regla_mayoria", _("Elija una regla de mayoría de la lista."))
    if changed:
        row.save()
        publish(MatterChanged(materia_id=row.pk, campos=changed), actor=actor, now=now)
    return row
