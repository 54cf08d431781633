"""Creating bodies and seats, and mending their data."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.events import publish
from portal.core.models import ReglaJuridica
from portal.core.saving import assign, check, locked

from ..constants import CARGOS_OF, Cargo, ClaseRegla, TipoOrgano
from ..events import BodyChanged, SeatChanged
from ..models import Asiento, Organo
from ..policies import CabildoPolicy
from .base import open_body, refuse


@transaction.atomic
def save_body(
    *, organo_id: int | None, values: Mapping[str, Any], actor, now: dt.datetime
) -> Organo:
    """
    Create a body (``organo_id`` None) or mend its data; nothing is recorded without a change.

    :raises NotAllowedError: not their part.
    :raises InvalidInputError: by field; a rule of quorum that does not exist; a second Ayuntamiento
        in force at once.
    """
    CabildoPolicy(actor).require("manage")
    row = locked(Organo, organo_id)
    changed = assign(row, values)
    check(row)
    rules = ReglaJuridica.objects.filter(clave=row.regla_quorum, clase=ClaseRegla.QUORUM)
    if not rules.exists():
        raise refuse("regla_quorum", _("Elija una regla de quórum de la lista."))
    _require_only_one(row)
    if changed:
        row.save()
        publish(BodyChanged(organo_id=row.pk, campos=changed), actor=actor, now=now)
    return row


def _require_only_one(row: Organo) -> None:
    """The municipality has one Ayuntamiento at a time."""
    if row.tipo != TipoOrgano.AYUNTAMIENTO:
        return
    others = Organo.objects.filter(tipo=TipoOrgano.AYUNTAMIENTO).exclude(pk=row.pk)
    for other in others:
        ends_before = other.vigente_hasta is not None and other.vigente_hasta < row.vigente_desde
        begins_after = row.vigente_hasta is not None and other.vigente_desde > row.vigente_hasta
        if not (ends_before or begins_after):
            line = _("En esas fechas ya hay un Ayuntamiento: «%(name)s».")
            raise refuse("vigente_desde", line % {"name": other})


@transaction.atomic
def save_seat(
    *,
    organo_id: int,
    asiento_id: int | None,
    values: Mapping[str, Any],
    actor,
    now: dt.datetime,
) -> Asiento:
    """
    Create a seat of a body (``asiento_id`` None) or mend its data.

    :raises InvalidInputError: by field; an office that such a body does not have; a second seat of
        the presidency.
    """
    organo = open_body(organo_id, actor)
    row = locked(Asiento, asiento_id)
    if row.pk is None:
        row.organo = organo
    elif row.organo_id != organo.pk:
        raise NotFoundError(_("No encontramos ese asiento."))
    changed = assign(row, values)
    check(row)
    if row.cargo not in CARGOS_OF[organo.tipo]:
        raise refuse("cargo", _("Ese cargo no es de un órgano de este tipo."))
    same = organo.asientos.filter(cargo=Cargo.PRESIDENCIA, vigente_hasta=None).exclude(pk=row.pk)
    if row.cargo == Cargo.PRESIDENCIA and row.vigente_hasta is None and same.exists():
        raise refuse("cargo", _("El órgano ya tiene presidencia."))
    if changed:
        row.save()
        event = SeatChanged(organo_id=organo.pk, asiento_id=row.pk, campos=changed)
        publish(event, actor=actor, now=now)
    return row
