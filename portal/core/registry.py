"""What rooms contribute to shared pages, filled in ``AppConfig.ready`` and read by the shells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NavEntry:
    """A line of the staff navigation; ``visible(user)`` decides who sees it."""

    label: Any
    url_name: str
    icon: str
    group: Any = ""
    order: int = 100
    visible: Callable[[Any], bool] = field(default=lambda user: True)
    count: Callable[[Any], int | None] = field(default=lambda user: None)


@dataclass(frozen=True)
class Block:
    """A block of a shared page: ``context(request)`` gives the template's variables or ``None``."""

    template: str
    context: Callable[[Any], dict | None]
    order: int = 100


_navigation: list[NavEntry] = []
_blocks: dict[str, list[Block]] = {}
_notices: list[Callable[[Any], Iterable[dict]]] = []


def add_navigation(entry: NavEntry) -> None:
    """Add a line to the staff navigation."""
    if entry not in _navigation:
        _navigation.append(entry)


def navigation_for(user) -> list[NavEntry]:
    """The lines ``user`` may see, in order."""
    return [e for e in sorted(_navigation, key=lambda e: e.order) if e.visible(user)]


def add_block(page: str, block: Block) -> None:
    """Add a block to the page called ``page`` ("inicio", "tablero")."""
    if block not in _blocks.setdefault(page, []):
        _blocks[page].append(block)


def blocks_for(page: str) -> list[Block]:
    """The blocks of ``page`` in order."""
    return sorted(_blocks.get(page, []), key=lambda b: b.order)


def add_notice(source: Callable[[Any], Iterable[dict]]) -> None:
    """Add a source of notices for the strip over every page: ``source(request)`` yields dicts."""
    if source not in _notices:
        _notices.append(source)


def notices_for(request) -> list[dict]:
    """Every notice to show on this request: ``{"texto", "url", "clase", "para"}``."""
    return [notice for source in _notices for notice in source(request)]
