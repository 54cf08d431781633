"""Appending to the hash chain of a stream."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from .models import EventRecord, StreamHead
from .rows import insert_all

#: What the first link of every chain points to.
GENESIS = "0" * 64


def link_hash(
    *,
    stream: str,
    sequence: int,
    event_type: str,
    payload: dict,
    actor_kind: str,
    actor_id: int | None,
    occurred_at: dt.datetime,
    previous_hash: str,
) -> str:
    """SHA-256, in hexadecimal, over the canonical JSON of a link; moments are written in UTC."""
    body = json.dumps(
        [
            stream,
            sequence,
            event_type,
            payload,
            actor_kind,
            actor_id,
            occurred_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            previous_hash,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


def _locked_head(stream: str) -> StreamHead:
    """The stream's head under lock; a new stream's first two writers meet on the primary key."""
    head = StreamHead.objects.select_for_update().filter(pk=stream).first()
    if head is not None:
        return head
    try:
        with transaction.atomic():
            return StreamHead.objects.create(stream=stream, sequence=0, hash=GENESIS)
    except IntegrityError:
        return StreamHead.objects.select_for_update().get(pk=stream)


@dataclass(frozen=True, slots=True)
class Link:
    """A fact about to join a chain. ``payload`` is plain JSON of ids and primitives."""

    event_type: str
    payload: dict
    actor: Any


def append_record(
    *, stream: str, event_type: str, payload: dict, actor, now: dt.datetime
) -> EventRecord:
    """
    Add the next link of ``stream``; runs in the caller's transaction and locks the stream.

    ``payload`` must be plain JSON of ids and primitives, never names, contacts or texts.
    """
    return append_records(stream=stream, links=[Link(event_type, payload, actor)], now=now)[0]


@transaction.atomic(savepoint=False)
def append_records(
    *, stream: str, links: Sequence[Link], now: dt.datetime, fresh: bool = False
) -> list[EventRecord]:
    """
    Add several links at once, in order, at the cost of one.

    ``fresh`` says that the stream's own row was created in this transaction, so that nobody else
    can be writing it: its head is written once, at the end.
    """
    head = StreamHead(stream=stream, sequence=0, hash=GENESIS) if fresh else _locked_head(stream)
    records = []
    for link in links:
        fields = {
            "stream": stream,
            "sequence": head.sequence + 1,
            "event_type": link.event_type,
            "payload": link.payload,
            "actor_kind": link.actor.actor_kind,
            "actor_id": link.actor.pk,
            "occurred_at": now,
            "previous_hash": head.hash,
        }
        record = EventRecord(**fields, hash=link_hash(**fields))
        records.append(record)
        head.sequence, head.hash = record.sequence, record.hash
    if fresh:
        insert_all([*records, head])
    else:
        insert_all(records)
        StreamHead.objects.filter(pk=stream).update(sequence=head.sequence, hash=head.hash)
    return records


def open_streams(links: dict[str, Link], *, now: dt.datetime) -> None:
    """
    Write the first link of many new streams at the cost of two statements.

    For imports: every key of ``links`` must be a stream that does not exist yet; one that does
    makes the whole call fail on its primary key.
    """
    records, heads = [], []
    for stream, link in links.items():
        fields = {
            "stream": stream,
            "sequence": 1,
            "event_type": link.event_type,
            "payload": link.payload,
            "actor_kind": link.actor.actor_kind,
            "actor_id": link.actor.pk,
            "occurred_at": now,
            "previous_hash": GENESIS,
        }
        record = EventRecord(**fields, hash=link_hash(**fields))
        records.append(record)
        heads.append(StreamHead(stream=stream, sequence=1, hash=record.hash))
    with transaction.atomic(savepoint=False):
        EventRecord.objects.bulk_create(records)
        StreamHead.objects.bulk_create(heads)
