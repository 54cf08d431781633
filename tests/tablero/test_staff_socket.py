"""The staff socket: who may listen to what, what it says, and who shares a case."""

import asyncio
import datetime as dt

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import connections

from portal.accounts.constants import Rol
from portal.core import realtime
from tablero.panel.consumers import StaffConsumer
from tests.factories import (
    NOON,
    DependenciaFactory,
    PeticionFactory,
    StaffFactory,
    desk,
    load_calendar,
)
from tests.waiting import nudges_sent
from tramites import services

pytestmark = pytest.mark.django_db(transaction=True)


class Socket(WebsocketCommunicator):
    """A staff socket of one person."""

    def __init__(self, user, query: str = "") -> None:
        super().__init__(StaffConsumer.as_asgi(), f"/ws/tablero/?{query}")
        self.scope["user"] = user

    async def opened(self) -> "Socket":
        connected, _protocol = await self.connect(timeout=3)
        assert connected
        return self

    async def closed_with(self) -> int:
        await self.connect(timeout=3)
        message = await self.receive_output(timeout=3)
        assert message["type"] == "websocket.close"
        return message["code"]

    async def kinds(self, seconds: float) -> set[str]:
        """The types of message that come within some seconds; a late nudge may be among them."""
        heard = set()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    heard.add((await self.receive_json_from(timeout=seconds + 1))["type"])
        except TimeoutError:
            return heard

    async def next_of(self, kind: str) -> dict:
        """The next message of a type within a second."""
        async with asyncio.timeout(1):
            while True:
                message = await self.receive_json_from(timeout=1)
                if message["type"] == kind:
                    return message


def run(story) -> None:
    """Run a story on a loop and a layer of its own."""

    async def inner():
        get_channel_layer().channels.clear()
        get_channel_layer().groups.clear()
        try:
            await story()
        finally:
            await database_sync_to_async(connections.close_all)()

    nudges_sent()
    try:
        asyncio.run(inner())
    finally:
        realtime.use_loop(None)


act = database_sync_to_async


@pytest.fixture(autouse=True)
def _house():
    load_calendar()
    desk()


def test_a_stranger_is_told_to_sign_in():
    async def story():
        assert await Socket(AnonymousUser()).closed_with() == 4401

    run(story)


def test_who_has_no_post_may_not_listen():
    from tests.factories import UserFactory

    user = UserFactory()

    async def story():
        assert await Socket(user).closed_with() == 4403

    run(story)


def test_somebody_deactivated_is_turned_away_even_with_an_old_session():
    user = StaffFactory(Rol.SECRETARIA, is_active=False)

    async def story():
        assert await Socket(user).closed_with() == 4401

    run(story)


def test_a_case_of_another_office_is_not_there():
    case, other = PeticionFactory(), StaffFactory(Rol.ENLACE)

    async def story():
        assert await Socket(other, f"folio={case.folio}").closed_with() == 4404

    run(story)


def test_an_act_reaches_the_office_and_whoever_sees_all_within_a_second():
    obras = DependenciaFactory()
    case = PeticionFactory(dependencia=obras)
    head, secretaria = StaffFactory(Rol.TITULAR, obras), StaffFactory(Rol.SECRETARIA)
    stranger = StaffFactory(Rol.ENLACE)

    async def story():
        own, every, other = [await Socket(u).opened() for u in (head, secretaria, stranger)]
        await act(services.accept_peticion)(peticion_id=case.pk, actor=head, now=NOON)
        for socket in (own, every):
            message = await socket.next_of("changed")
            assert message == {"type": "changed", "kind": "PeticionAccepted"}
        assert await other.receive_nothing(timeout=0.2)
        for socket in (own, every, other):
            await socket.disconnect()

    run(story)


def test_both_offices_hear_of_a_case_that_moves():
    one, other = DependenciaFactory(), DependenciaFactory()
    case = PeticionFactory(dependencia=one)
    before, after = StaffFactory(Rol.ENLACE, one), StaffFactory(Rol.ENLACE, other)
    secretaria = StaffFactory(Rol.SECRETARIA)

    async def story():
        sockets = [await Socket(user).opened() for user in (before, after)]
        await act(services.assign_peticion)(
            peticion_id=case.pk,
            dependencia_id=other.pk,
            motivo="Le toca.",
            actor=secretaria,
            now=NOON,
        )
        for socket in sockets:
            assert (await socket.next_of("changed"))["kind"] == "PeticionAssigned"
            await socket.disconnect()

    run(story)


def test_a_titular_hears_of_the_offices_below():
    above = DependenciaFactory()
    below = DependenciaFactory(padre=above)
    case = PeticionFactory(dependencia=below)
    head, worker = StaffFactory(Rol.TITULAR, above), StaffFactory(Rol.TITULAR, below)

    async def story():
        socket = await Socket(head).opened()
        await act(services.accept_peticion)(peticion_id=case.pk, actor=worker, now=NOON)
        await socket.next_of("changed")
        await socket.disconnect()

    run(story)


def test_a_filing_is_one_nudge_however_many_facts_it_records():
    secretaria = StaffFactory(Rol.SECRETARIA)

    async def story():
        socket = await Socket(secretaria).opened()
        await act(PeticionFactory)()
        await socket.next_of("changed")
        assert await socket.receive_nothing(timeout=0.2)
        await socket.disconnect()

    run(story)


def test_an_act_undone_tells_nobody():
    from django.db import transaction

    case = PeticionFactory()
    secretaria = StaffFactory(Rol.SECRETARIA)

    def undone():
        with transaction.atomic():
            services.add_note(peticion_id=case.pk, texto="Nota.", actor=secretaria, now=NOON)
            transaction.set_rollback(True)

    async def story():
        socket = await Socket(secretaria).opened()
        await act(undone)()
        assert await socket.receive_nothing(timeout=0.3)
        await socket.disconnect()

    run(story)


def test_what_an_inner_transaction_loses_takes_no_nudge_of_the_outer_along():
    from django.db import transaction

    one, other = PeticionFactory(), PeticionFactory()
    secretaria = StaffFactory(Rol.SECRETARIA)

    def half():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    services.add_note(peticion_id=one.pk, texto="A.", actor=secretaria, now=NOON)
                    raise RuntimeError
            except RuntimeError:
                pass
            services.add_note(peticion_id=other.pk, texto="B.", actor=secretaria, now=NOON)

    async def story():
        kept = await Socket(secretaria, f"folio={other.folio}").opened()
        lost = await Socket(secretaria, f"folio={one.folio}").opened()
        await act(half)()
        await kept.next_of("changed")
        assert await lost.receive_nothing(timeout=0.2)
        for socket in (kept, lost):
            await socket.disconnect()

    run(story)


def test_two_people_on_a_case_see_each_other_and_who_is_answering():
    obras = DependenciaFactory()
    case = PeticionFactory(dependencia=obras)
    ana = StaffFactory(Rol.ENLACE, obras, first_name="Ana", last_name="Robledo")
    jorge = StaffFactory(Rol.ENLACE, obras, first_name="Jorge", last_name="Cueto")

    async def story():
        first = await Socket(ana, f"folio={case.folio}").opened()
        second = await Socket(jorge, f"folio={case.folio}&modo=responde").opened()
        assert (await first.next_of("presence"))["people"] == [
            {"nombre": "Jorge Cueto", "modo": "responde"}
        ]
        assert (await second.next_of("presence"))["people"] == [
            {"nombre": "Ana Robledo", "modo": "mira"}
        ]
        await second.disconnect()
        assert (await first.next_of("presence"))["people"] == []
        await first.disconnect()

    run(story)


def test_the_same_person_twice_is_not_company():
    case = PeticionFactory()
    ana = StaffFactory(Rol.SECRETARIA)

    async def story():
        first = await Socket(ana, f"folio={case.folio}").opened()
        second = await Socket(ana, f"folio={case.folio}").opened()
        assert "presence" not in await first.kinds(0.3)
        for socket in (first, second):
            await socket.disconnect()

    run(story)


def test_a_socket_of_a_list_never_hears_who_looks_at_what():
    obras = DependenciaFactory()
    case = PeticionFactory(dependencia=obras)
    head, worker = StaffFactory(Rol.TITULAR, obras), StaffFactory(Rol.ENLACE, obras)

    async def story():
        listing = await Socket(head).opened()
        on_case = await Socket(worker, f"folio={case.folio}").opened()
        assert "presence" not in await listing.kinds(0.3)
        for socket in (listing, on_case):
            await socket.disconnect()

    run(story)


def test_every_kind_of_event_of_a_case_is_counted_and_nudged():
    from portal.core.events import all_event_classes, subscribers_of
    from tablero.panel.subscribers import count_and_nudge
    from tramites.events import PeticionEvent

    kinds = [
        c for c in all_event_classes() if issubclass(c, PeticionEvent) and c is not PeticionEvent
    ]
    assert len(kinds) > 15
    assert all(count_and_nudge in subscribers_of(kind) for kind in kinds)


def test_who_falls_silent_is_forgotten():
    from tablero.panel.presence import SILENCE, Others

    others = Others(me=1)
    others.here("a", 2, "mira", at=0.0)
    others.here("b", 2, "responde", at=1.0)
    others.here("c", 1, "mira", at=1.0)
    assert others.people() == {2: "responde"}
    others.forget_silent(at=SILENCE + 0.5)
    assert others.people() == {2: "responde"}
    others.forget_silent(at=SILENCE + dt.timedelta(seconds=2).total_seconds())
    assert others.people() == {}
