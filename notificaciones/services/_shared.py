"""What every change of the outbox has in common."""

import datetime as dt
from collections.abc import Iterable

from portal.core.models import Latido
from portal.core.realtime import nudge

from ..models import Envio

#: Group of the pages that show the outbox.
GROUP = "avisos"
_BEAT_EVERY = dt.timedelta(seconds=20)


def nudge_pages(rows: Iterable[Envio]) -> None:
    """After the commit, tell open outbox pages which notices to look at again."""
    for row in rows:
        nudge(GROUP, "aviso", id=str(row.pk))


def beat(*, now: dt.datetime) -> None:
    """Sign of life of whoever sends notices, written at most every 20 s."""
    updated = Latido.objects.filter(proceso="avisos", visto_en__lte=now - _BEAT_EVERY).update(
        visto_en=now
    )
    if not updated:
        Latido.objects.get_or_create(proceso="avisos", defaults={"visto_en": now})
