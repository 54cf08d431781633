"""Tasks that exist only in tests."""

from django_tasks import task

from portal.core.worker import beat


@task()
def leave_trace(name: str) -> None:
    from portal.core.time import now

    beat(name, now())


@task(queue_name="avisos")
def explode() -> None:
    raise ZeroDivisionError
