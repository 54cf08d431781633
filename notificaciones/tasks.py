"""Background work of the outbox. A task is a nudge to look; the rows hold the truth."""

from django_tasks import task

from portal.core.time import now

from .services.delivery import deliver as deliver_notice
from .services.delivery import deliver_lost


@task(queue_name="avisos")
def deliver(envio_id: str) -> None:
    """Send one notice, and then a few whose own task was lost."""
    deliver_notice(envio_id, clock=now)
    deliver_lost(clock=now)
