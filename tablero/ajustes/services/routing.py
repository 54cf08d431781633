"""The routing table: in order, the first line that matches wins."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import ConflictError, InvalidInputError
from portal.core.events import publish
from portal.core.saving import assign, check, locked
from tramites.models import ReglaTurno

from ..events import RoutingChanged
from ..policies import SettingsPolicy

STEP = 10


@transaction.atomic
def save_line(
    *, regla_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime
) -> ReglaTurno:
    """
    Add a line at the end of the table, or change one where it stands.

    :raises NotAllowedError: the actor does not administer.
    :raises InvalidInputError: no condition at all, or an office that takes no cases.
    """
    SettingsPolicy(actor).require("administer")
    row = locked(ReglaTurno, regla_id)
    changed = assign(row, values)
    if not (row.servicio_id or row.zona_id or row.canal or row.palabras):
        line = _("Ponga al menos una condición: sin ninguna, todo iría a esa dependencia.")
        raise InvalidInputError(fields={"servicio": [line]})
    if row.activa and not row.dependencia.activa:
        raise InvalidInputError(fields={"dependencia": [_("Esa dependencia no está activa.")]})
    if row.pk is None:
        last = ReglaTurno.objects.order_by("-orden").values_list("orden", flat=True).first()
        row.orden = (last or 0) + STEP
    check(row)
    row.save()
    if changed:
        publish(RoutingChanged(regla_id=row.pk, campos=changed), actor=actor, now=now)
    return row


@transaction.atomic
def move_line(*, regla_id: int, up: bool, actor, now: dt.datetime) -> None:
    """
    Move a line one place up or down; the table is numbered again in tens.

    :raises ConflictError: it is already first, or last.
    """
    SettingsPolicy(actor).require("administer")
    rows = list(ReglaTurno.objects.select_for_update(of=("self",)).order_by("orden", "pk"))
    row = locked(ReglaTurno, regla_id)
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        raise ConflictError(_("La regla ya está en ese extremo de la lista."))
    rows[place], rows[other] = rows[other], rows[place]
    for number, line in enumerate(rows, start=1):
        line.orden = number * STEP
    ReglaTurno.objects.bulk_update(rows, ["orden"])
    publish(RoutingChanged(regla_id=row.pk, campos=["orden"]), actor=actor, now=now)
