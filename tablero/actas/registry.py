"""What rooms above say of a vote in its acta (the number of the acuerdo it made)."""

from collections.abc import Callable

_sources: list[Callable[[list[int]], dict[int, str]]] = []


def add_vote_note(source: Callable[[list[int]], dict[int, str]]) -> None:
    """``source(ids of votes)`` gives a sentence for some of them; called from ``apps.ready``."""
    if source not in _sources:
        _sources.append(source)


def vote_notes(ids: list[int]) -> dict[int, list[str]]:
    """Every sentence of each vote."""
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    for source in _sources:
        for pk, line in source(ids).items():
            found[pk].append(line)
    return found
