"""A fact, its record and its consequences are one transaction."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import transaction

from portal.core import events
from portal.core.actors import SYSTEM, CitizenActor
from portal.core.models import EventRecord, Latido, StreamHead
from portal.core.record import GENESIS

from .events import SomethingHappened, SomethingWhispered

NOW = dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_subscribers(monkeypatch):
    monkeypatch.setattr(events, "_handlers", defaultdict(list))


@transaction.atomic
def happen(event=None) -> EventRecord | None:
    return events.publish(event or SomethingHappened(), actor=SYSTEM, now=NOW)


def leave_a_trace(event, context) -> None:
    Latido.objects.create(proceso=f"{event.thing_id}", visto_en=context.now)


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        events.publish(SomethingHappened(), actor=SYSTEM, now=NOW)
    assert not EventRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_error_in_a_subscriber_undoes_the_fact_and_the_other_consequences():
    def fail(event, context) -> None:
        raise ZeroDivisionError

    events.subscribe(SomethingHappened, leave_a_trace)
    events.subscribe(SomethingHappened, fail)
    with pytest.raises(ZeroDivisionError):
        happen()
    assert not EventRecord.objects.exists()
    assert not StreamHead.objects.exists()
    assert not Latido.objects.exists()


@pytest.mark.django_db
def test_subscribers_get_the_event_and_who_when_and_the_link():
    seen = []
    events.subscribe(SomethingHappened, lambda event, context: seen.append((event, context)))
    record = happen(SomethingHappened(thing_id=7))
    (event, context), *rest = seen
    assert not rest
    assert event.thing_id == 7
    assert (context.actor, context.now, context.record) == (SYSTEM, NOW, record)


@pytest.mark.django_db
def test_subscribing_twice_runs_once():
    events.subscribe(SomethingHappened, leave_a_trace)
    events.subscribe(SomethingHappened, leave_a_trace)
    happen()
    assert Latido.objects.count() == 1


@pytest.mark.django_db
def test_an_unrecorded_event_reaches_subscribers_and_leaves_no_link():
    events.subscribe(SomethingWhispered, leave_a_trace)
    assert happen(SomethingWhispered()) is None
    assert Latido.objects.exists()
    assert not EventRecord.objects.exists()


@pytest.mark.django_db
def test_each_stream_is_a_chain_of_its_own_from_the_beginning():
    first, other, second = (happen(SomethingHappened(thing_id=n)) for n in (1, 2, 1))
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert (other.sequence, other.previous_hash) == (1, GENESIS)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    head = StreamHead.objects.get(pk="prueba:1")
    assert (head.sequence, head.hash) == (2, second.hash)


@pytest.mark.django_db
def test_the_record_keeps_who_acted_and_no_more():
    with transaction.atomic():
        record = events.publish(SomethingHappened(), actor=CitizenActor(peticion_id=3), now=NOW)
    assert (record.actor_kind, record.actor_id) == ("ciudadano", None)
    assert record.payload == {"thing_id": 1, "number": 0}
