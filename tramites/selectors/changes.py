"""What changed in a case since somebody looked at it."""

from ..models import Peticion
from .timeline import timeline


def changes_since(peticion: Peticion, version: int, actor) -> list[dict]:
    """
    The entries of the timeline added after ``version``, newest first: ``{texto, cuando}``.

    Each act adds one to the version and at least one fact to the record, so as many acts back from
    the end as versions have passed.
    """
    entries = timeline(peticion, actor)
    moments = sorted({entry.when for entry in entries}, reverse=True)
    recent = set(moments[: max(peticion.version - version, 0)])
    return [
        {"texto": f"{entry.title}. {entry.who}", "cuando": entry.when.isoformat()}
        for entry in reversed(entries)
        if entry.when in recent
    ]
