"""Reminding whoever answers for a charge that its day is near, or past."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from portal.core.actors import SYSTEM
from portal.core.events import publish
from portal.core.time import local_date

from ..constants import REMIND_EVERY, EstadoEncargo
from ..events import ChargeDue
from ..models import Encargo
from ..selectors import soon_until

OWED = (EstadoEncargo.PENDIENTE, EstadoEncargo.EN_PROCESO)


def remind_charges(now: dt.datetime) -> int:
    """Remind of what is about to expire or has, every ``REMIND_EVERY`` days; how many were."""
    today = local_date(now)
    before = today - dt.timedelta(days=REMIND_EVERY)
    rows = Encargo.objects.filter(estado__in=OWED, vence__lte=soon_until(today))
    rows = rows.filter(Q(recordado_en=None) | Q(recordado_en__lte=before))
    return sum(_remind(pk, today, now) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _remind(encargo_id: int, today: dt.date, now: dt.datetime) -> int:
    row = Encargo.objects.select_for_update(of=("self",)).get(pk=encargo_id)
    if row.recordado_en == today or row.estado not in OWED:
        return 0
    row.recordado_en = today
    row.save(update_fields=["recordado_en"])
    event = ChargeDue(encargo_id=row.pk, vence=row.vence.isoformat(), vencido=row.vence < today)
    publish(event, actor=SYSTEM, now=now)
    return 1
