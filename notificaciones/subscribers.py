"""What the outbox does about its own facts: a due notice gets its task, in the same transaction."""

import datetime as dt

from portal.core.events import EventContext, subscribe

from .events import NoticeDue
from .tasks import deliver


def register() -> None:
    """Called once, when the app is ready."""
    subscribe(NoticeDue, queue_delivery)


def queue_delivery(event: NoticeDue, context: EventContext) -> None:
    """One row in the queue, ready when the notice is."""
    run_after = dt.datetime.fromisoformat(event.run_after) if event.run_after else None
    deliver.using(priority=event.priority, run_after=run_after).enqueue(event.envio_id)
