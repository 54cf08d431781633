"""Nudges: the first at once, equal ones once a moment, none lost."""

import asyncio

import pytest
from channels.layers import get_channel_layer
from django.db import transaction

from portal.core import realtime
from tests.waiting import nudges_sent, until

pytestmark = pytest.mark.django_db(transaction=True)
#: Longer than any test: what waits for the end of such a moment is not sent while we look.
FOR_EVER = 3600


@pytest.fixture(autouse=True)
def _quiet():
    nudges_sent()


def heard(story) -> list[tuple[str, object]]:
    """Kind and id of what reaches the group «prueba» while ``story(got)`` runs in a thread."""

    async def listen():
        realtime.use_loop(asyncio.get_running_loop())
        layer, got = get_channel_layer(), []
        channel = await layer.new_channel()
        await layer.group_add("prueba", channel)

        async def receive():
            while True:
                message = await layer.receive(channel)
                got.append((message["kind"], message.get("id")))

        receiving = asyncio.create_task(receive())
        try:
            await asyncio.to_thread(story, got)
            return got
        finally:
            receiving.cancel()
            await layer.group_discard("prueba", channel)

    try:
        return asyncio.run(listen())
    finally:
        realtime.use_loop(None)


def test_the_first_nudge_does_not_wait_and_equal_ones_of_its_moment_are_one(monkeypatch):
    monkeypatch.setattr(realtime, "MOMENT", FOR_EVER)

    def story(got):
        realtime.nudge("prueba", "algo")
        until(lambda: got)
        for _ in range(50):
            realtime.nudge("prueba", "algo")
        assert len(realtime._post.waiting) == 1

    assert heard(story) == [("algo", None)]


def test_what_waits_leaves_at_the_end_of_the_moment_as_one(monkeypatch):
    monkeypatch.setattr(realtime, "MOMENT", 0.05)

    def story(got):
        for _ in range(50):
            realtime.nudge("prueba", "algo")
        nudges_sent()
        until(lambda: got)

    # One at once, and one for all of each moment that passed while the fifty were told.
    assert 1 <= len(heard(story)) < 50


def test_nudges_that_differ_all_arrive():
    def story(got):
        for number in range(20):
            realtime.nudge("prueba", "algo", id=str(number))
        until(lambda: len(got) == 20)

    assert sorted(int(number) for _, number in heard(story)) == list(range(20))


def test_a_nudge_after_a_quiet_moment_does_not_wait_again(monkeypatch):
    monkeypatch.setattr(realtime, "MOMENT", 0.05)

    def story(got):
        realtime.nudge("prueba", "uno")
        until(lambda: got)
        nudges_sent()
        monkeypatch.setattr(realtime, "MOMENT", FOR_EVER)
        realtime.nudge("prueba", "dos")
        until(lambda: len(got) == 2)

    assert [kind for kind, _ in heard(story)] == ["uno", "dos"]


def test_a_loop_that_ended_with_a_nudge_in_hand_does_not_keep_the_next():
    def story(got):
        realtime.nudge("prueba", "algo")
        until(lambda: got)

    for _ in range(2):
        assert heard(story)


def test_an_act_undone_nudges_nobody():
    def story(got):
        with transaction.atomic():
            realtime.nudge("prueba", "algo")
            transaction.set_rollback(True)
        # What was told after it has arrived, so it would have arrived too.
        realtime.nudge("prueba", "otra")
        until(lambda: ("otra", None) in got)

    assert heard(story) == [("otra", None)]
