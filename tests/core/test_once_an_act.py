"""Handlers that look at what an act left behind run once for all of its facts."""

import dataclasses

import pytest
from django.db import transaction

from portal.core import events
from portal.core.actors import SYSTEM
from portal.core.time import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind():
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class SomethingCounted(events.DomainEvent):
        number: int

        def stream(self) -> str:
            return "prueba:1"

    yield SomethingCounted
    events._handlers.pop(SomethingCounted, None)


def test_a_handler_of_the_act_runs_once_with_the_last_fact_after_the_others(kind):
    told = []

    def each(event, context):
        told.append(("each", event.number))

    def act(event, context):
        told.append(("act", event.number, context.record.sequence))

    events.subscribe(kind, act, once_an_act=True)
    events.subscribe(kind, each)
    with transaction.atomic():
        events.publish_all([(kind(number=n), SYSTEM) for n in (1, 2, 3)], now=now())
    assert told == [("each", 1), ("each", 2), ("each", 3), ("act", 3, 3)]
    events._once_an_act.discard(act)
