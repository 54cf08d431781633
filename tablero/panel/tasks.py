"""Background work of the panel."""

from django_tasks import task

from .services import fold_counts


@task()
def fold_counters() -> int:
    """Fold the counters; enqueued by the acts themselves, once in some hundreds of rows."""
    return fold_counts()
