"""Background work of acuerdos. A task is a nudge to look; the rows hold the truth."""

from django_tasks import task

from portal.core.errors import UnavailableError
from portal.core.time import now

from .services import seal_acuerdo


@task()
def seal(acuerdo_id: int) -> bool:
    """Seal the document of an acuerdo; what cannot be now is tried again by ``seal_missing``."""
    try:
        seal_acuerdo(acuerdo_id=acuerdo_id, now=now())
    except UnavailableError:
        return False
    return True
