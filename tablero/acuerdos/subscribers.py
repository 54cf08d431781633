"""What the room does when the Cabildo decides and when a department finishes."""

from django.db import transaction

from portal.core.events import EventContext, subscribe
from tablero.cabildo.sitting_events import ItemDecided
from tablero.coordinacion.events import ChargeEnded

from .constants import CLASS
from .events import AcuerdoAdopted
from .models import Acuerdo
from .services import follow_decision
from .tasks import seal
from .threads import tell_petition


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(ItemDecided, adopt)
    subscribe(AcuerdoAdopted, seal_soon)
    subscribe(ChargeEnded, tell_end)


def adopt(event: ItemDecided, context: EventContext) -> None:
    """A vote in favour is an acuerdo, in the same transaction."""
    follow_decision(votacion_id=event.votacion_id, actor=context.actor, now=context.now)


def seal_soon(event: AcuerdoAdopted, context: EventContext) -> None:
    """The worker seals its document once the vote is kept."""
    transaction.on_commit(lambda: seal.enqueue(event.acuerdo_id))


def tell_end(event: ChargeEnded, context: EventContext) -> None:
    """The petition it all began with learns how far it is fulfilled."""
    if event.origen_clase != CLASS:
        return
    row = Acuerdo.objects.select_related("asunto").filter(folio=event.origen_clave).first()
    if row is not None:
        tell_petition(row, actor=context.actor, now=context.now)
