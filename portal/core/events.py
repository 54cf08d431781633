"""Domain events: a fact, its record and its consequences, all in the caller's transaction."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model

from .models import EventRecord
from .record import Link, append_records


@dataclasses.dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """
    Something that happened. Fields are ids and primitives (JSON-serialisable).

    ``recorded`` events join the hash chain of ``stream()``; the others (a verification code was
    issued) are only handed to subscribers and leave no trace of their own.
    """

    recorded: ClassVar[bool] = True

    def stream(self) -> str:
        """The chain the event belongs to, such as ``peticion:41``."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """The fields, as the record keeps them."""
        return dict(vars(self))

    @classmethod
    def event_type(cls) -> str:
        """Stable name kept in the record."""
        return cls.__name__


@dataclasses.dataclass(frozen=True)
class EventContext:
    """
    Who did it, when (aware), and the link it became (``None`` for unrecorded events).

    ``created`` is the row that this act brought into being and its facts are about, or ``None``:
    what a subscriber would ask the database of it stands there already.
    """

    actor: Any
    now: dt.datetime
    record: EventRecord | None
    created: Model | None = None


Handler = Callable[[Any, EventContext], None]
_handlers: dict[type[DomainEvent], list[Handler]] = defaultdict(list)
_once_an_act: set[Handler] = set()


def subscribe(
    event_class: type[DomainEvent], handler: Handler, *, once_an_act: bool = False
) -> None:
    """
    Register ``handler(event, context)``; called from ``AppConfig.ready``, once per pair.

    ``once_an_act`` is for a handler that looks at what the act left behind, not at each fact: of
    the facts published together it gets the last it listens to, after the other handlers.
    """
    if handler not in _handlers[event_class]:
        _handlers[event_class].append(handler)
    if once_an_act:
        _once_an_act.add(handler)


def subscribers_of(event_class: type[DomainEvent]) -> tuple[Handler, ...]:
    """The handlers of an event class, in order of registration."""
    return tuple(_handlers[event_class])


def all_event_classes() -> list[type[DomainEvent]]:
    """Every event class of the house, for the tests about the system."""
    found, queue = [], list(DomainEvent.__subclasses__())
    while queue:
        cls = queue.pop()
        queue += cls.__subclasses__()
        found.append(cls)
    return found


def publish(event: DomainEvent, *, actor, now: dt.datetime) -> EventRecord | None:
    """
    Record ``event`` and run its subscribers inside the caller's transaction.

    Subscribers may write rows of their own app only; what must wait for the commit they hand to
    ``transaction.on_commit``. An error in one of them undoes the fact itself.
    """
    return publish_all([(event, actor)], now=now)[0]


def publish_all(
    facts: Sequence[tuple[DomainEvent, Any]], *, now: dt.datetime, created: Model | None = None
) -> list[EventRecord | None]:
    """
    Record several ``(event, actor)`` of one stream at the cost of one, then run the subscribers
    of each in order. ``created`` is the row the stream is about, if this transaction made it:
    then nobody else can be writing the stream (``fresh`` of ``append_records``).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() needs a transaction: call it from a service")
    recorded = [(event, actor) for event, actor in facts if event.recorded]
    links = [Link(event.event_type(), event.payload(), actor) for event, actor in recorded]
    written = iter(
        append_records(
            stream=recorded[0][0].stream(), links=links, now=now, fresh=created is not None
        )
        if links
        else ()
    )
    records = [next(written) if event.recorded else None for event, _ in facts]
    put_off: dict[Handler, tuple[DomainEvent, EventContext]] = {}
    for (event, actor), record in zip(facts, records, strict=True):
        context = EventContext(actor, now, record, created)
        for handler in subscribers_of(type(event)):
            if handler in _once_an_act:
                put_off[handler] = (event, context)
            else:
                handler(event, context)
    for handler, (event, context) in put_off.items():
        handler(event, context)
    return records
