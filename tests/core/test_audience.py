"""Screens told together: drawn once, whole, and nobody waits for a slow one."""

import asyncio
import gzip
import json

import pytest
from channels.layers import get_channel_layer

from portal.core.audience import Audience, Listener, audience_of

pytestmark = pytest.mark.django_db(transaction=True)
GROUP = "prueba.publico"


class Screen(Listener):
    """An open socket that keeps what it was sent; while ``line`` is closed it takes no more."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind, self.take)
        self.got: list = []
        self.raw: list = []
        self.line = asyncio.Event()
        self.line.set()

    async def take(self, text_data=None, bytes_data=None, close=None) -> None:
        await self.line.wait()
        self.raw.append(bytes_data)
        told = gzip.decompress(bytes_data) if bytes_data else text_data
        self.got.append(json.loads(told) if told else close)

    async def has(self, count: int) -> None:
        """Wait until it was sent so many things."""
        async with asyncio.timeout(10):
            while len(self.got) < count:
                await asyncio.sleep(0.005)


class Away(Screen):
    """One whose socket is closed already."""

    async def take(self, text_data=None, bytes_data=None, close=None) -> None:
        raise RuntimeError


class Play:
    """What is drawn, and how often."""

    def __init__(self) -> None:
        self.shows: dict = {"a": {"uno": "1", "dos": "2"}, "b": {"uno": "1"}}
        self.asked: list = []

    def draw(self, kinds):
        self.asked.append(kinds)
        return {kind: self.shows[kind] for kind in kinds}


def staged(story, *kinds: str) -> None:
    """Run ``story(play, audience, screens)`` with open screens of these kinds."""

    async def run():
        play = Play()
        audience = audience_of(GROUP, play.draw)
        screens = [Screen(kind) for kind in kinds]
        for screen in screens:
            await audience.join(screen)
            screen.begin()
        try:
            await story(play, audience, screens)
        finally:
            for screen in screens:
                await audience.leave(screen)

    asyncio.run(run())


async def change() -> None:
    await get_channel_layer().group_send(GROUP, {"type": "changed", "kind": "algo"})


NUDGE = {"type": "changed", "kind": "algo"}


def test_it_is_drawn_and_packed_once_for_all_that_see_the_same():
    async def story(play, _audience, screens):
        await change()
        for screen in screens:
            await screen.has(1)
        assert play.asked == [{"a", "b"}]
        first, second, other = screens
        assert first.got[0] == {"type": "parts", "kind": "algo", "parts": play.shows["a"]}
        assert first.raw[0] is second.raw[0]
        assert other.got[0]["parts"] == play.shows["b"]

    staged(story, "a", "a", "b")


def test_what_did_not_change_comes_again_for_whoever_asked_their_page_meanwhile():
    async def story(play, _audience, screens):
        for number in (1, 2):
            await change()
            await screens[0].has(number)
        assert screens[0].got[1]["parts"] == play.shows["a"]

    staged(story, "a")


def test_who_may_not_see_is_only_told_that_something_changed():
    async def story(play, _audience, screens):
        play.shows["a"] = None
        await change()
        await screens[0].has(1)
        assert screens[0].got == [NUDGE]

    staged(story, "a")


def test_what_cannot_be_drawn_is_asked_for_and_the_next_change_is_drawn():
    async def story(play, audience, screens):
        audience.draw = lambda kinds: 1 / 0
        await change()
        await screens[0].has(1)
        assert screens[0].got == [NUDGE]
        audience.draw = play.draw
        await change()
        await screens[0].has(2)
        assert screens[0].got[1]["parts"] == play.shows["a"]

    staged(story, "a")


def test_a_slow_line_keeps_nobody_and_asks_once_it_is_free():
    async def story(play, _audience, screens):
        slow, quick = screens
        slow.line.clear()
        for number in (1, 2, 3):
            play.shows = {"a": {"uno": f"vez {number}"}}
            await change()
            await quick.has(number)
        assert quick.got[-1]["parts"] == {"uno": "vez 3"}
        slow.line.set()
        await slow.has(2)
        assert [told["type"] for told in slow.got] == ["parts", "changed"]

    staged(story, "a", "a")


def test_what_changes_while_a_socket_opens_is_told_when_it_is_open():
    async def story(_play, audience, screens):
        late = Screen("a")
        await audience.join(late)
        await change()
        await screens[0].has(1)
        assert late.got == []
        late.begin()
        await late.has(1)
        assert late.got[0]["type"] == "changed"
        await audience.leave(late)

    staged(story, "a")


def test_with_the_last_screen_the_group_is_left_and_a_new_one_begins_anew():
    async def run():
        play = Play()
        audience = audience_of(GROUP, play.draw)
        screen = Screen("a")
        await audience.join(screen)
        assert audience_of(GROUP, play.draw) is audience
        screen.begin()
        await change()
        await screen.has(1)
        await audience.leave(screen)
        await change()
        await asyncio.sleep(0.05)
        assert len(play.asked) == 1
        again = audience_of(GROUP, play.draw)
        await again.join(screen)
        await change()
        await screen.has(2)
        assert screen.got[1]["parts"] == play.shows["a"]
        await again.leave(screen)

    asyncio.run(run())


def test_without_its_layer_every_screen_is_closed_so_that_it_comes_back():
    class Gone:
        async def receive(self, channel):
            raise ConnectionError

    async def run():
        audience = Audience(GROUP, Play().draw)
        away, screen = Away("a"), Screen("a")
        screen.begin()
        audience.listeners |= {away, screen}
        audience._following = asyncio.create_task(audience._follow(Gone()))
        await audience._following
        assert screen.got == [1011]
        # Whoever comes next finds it at work again, though not all have left.
        late = Screen("a")
        await audience.join(late)
        late.begin()
        await change()
        await late.has(1)
        assert late.got[0]["type"] == "parts"
        for listener in (away, screen, late):
            await audience.leave(listener)

    asyncio.run(run())
