"""Background work of the citizen site."""

from django_tasks import task

from portal.core.time import now as read_clock

from .services import purge_codes, purge_drafts


@task()
def purge_expired() -> int:
    """Throw away expired drafts, their files and old codes."""
    moment = read_clock()
    purge_codes(now=moment)
    return purge_drafts(now=moment)
