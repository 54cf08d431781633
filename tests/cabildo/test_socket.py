"""The screens of a session are brought what changed; who may not know of it is not let in."""

import gzip
import json
from dataclasses import dataclass

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, User
from tablero.cabildo.consumers import (
    FORBIDDEN,
    NOT_FOUND,
    UNAUTHENTICATED,
    PublicSessionConsumer,
    SessionConsumer,
)
from tablero.cabildo.groups import group_for_session
from tablero.cabildo.models import Integrante, Sesion
from tests.accounts.factories import UserFactory
from tests.factories import NOON, StaffFactory
from tests.waiting import nudges_sent

from .factories import SesionFactory
from .sitting import Sitting

NUDGE = {"type": "changed", "kind": "sesion"}
pytestmark = pytest.mark.django_db(transaction=True)


def noticed(**changes) -> Sesion:
    row = SesionFactory()
    values = {"estado": "convocada", "numero": 1, "ejercicio": 2026, "convocada_en": NOON}
    Sesion.objects.filter(pk=row.pk).update(**(values | changes))
    return row


def socket_of(consumer, user, pk: int) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(consumer.as_asgi(), f"/ws/{pk}/")
    socket.scope["user"] = user
    socket.scope["url_route"] = {"kwargs": {"pk": pk}}
    return socket


async def _closed_with(consumer, user, pk: int) -> int:
    socket = socket_of(consumer, user, pk)
    await socket.connect()
    return (await socket.receive_output(timeout=3))["code"]


def test_who_may_not_listen_is_told_why():
    staff = StaffFactory(rol=Rol.CONSULTA)
    known, prepared = noticed(), SesionFactory()
    closed = noticed(caracter="cerrada", fundamento_cierre="Seguridad")
    for consumer, user, pk, code in (
        (SessionConsumer, AnonymousUser(), known.pk, UNAUTHENTICATED),
        (SessionConsumer, UserFactory(), known.pk, FORBIDDEN),
        (SessionConsumer, staff, prepared.pk, NOT_FOUND),
        (PublicSessionConsumer, AnonymousUser(), prepared.pk, NOT_FOUND),
        (PublicSessionConsumer, AnonymousUser(), closed.pk, NOT_FOUND),
    ):
        assert async_to_sync(_closed_with)(consumer, user, pk) == code


@dataclass
class Seat:
    """A socket to open."""

    consumer: type
    user: object
    lang: str = "es"


def _told(payload: bytes | str) -> dict:
    return json.loads(payload if isinstance(payload, str) else gzip.decompress(payload))


async def _packet(socket: WebsocketCommunicator, seconds: float) -> dict | None:
    """What it is sent next; nothing if nothing comes."""
    if await socket.receive_nothing(timeout=seconds):
        return None
    return _told(await socket.receive_from(timeout=1))


async def _shown(sesion: Sesion, seats: list[Seat], acts) -> list[list[dict | None]]:
    """What each socket is sent after each act; the first is sent something after every one."""
    nudges_sent()
    sockets = []
    for seat in seats:
        socket = socket_of(seat.consumer, seat.user, sesion.pk)
        socket.scope["query_string"] = f"lang={seat.lang}".encode()
        assert (await socket.connect())[0]
        sockets.append(socket)
    found = []
    for act in acts:
        await database_sync_to_async(act)()
        found.append([await _packet(s, 10 if s is sockets[0] else 0.4) for s in sockets])
    for socket in sockets:
        await socket.disconnect()
    return found


def _parts(told: dict | None) -> dict:
    assert told["type"] == "parts"
    return told["parts"]


@pytest.fixture
def held():
    """A session of five with its nominal vote open."""
    room = Sitting(seats=5)
    room.roll()
    room.vote = room.open()
    return room


def member_of(room: Sitting, place: int):
    user = UserFactory()
    Integrante.objects.filter(pk=room.members[place].pk).update(usuario=user)
    return user


def test_whoever_looks_is_brought_what_changed_in_their_language(held):
    seats = [Seat(PublicSessionConsumer, AnonymousUser(), lang) for lang in ("es", "en", "xx")]
    acts = [
        lambda: held.cast(held.vote, held.members[1]),
        lambda: held.cast(held.vote, held.members[2]),
    ]
    first, second = async_to_sync(_shown)(held.sesion, seats, acts)
    assert set(_parts(first[0])) == {"ahora", "orden", "votos"}
    assert "1 de 1" in _parts(first[0])["ahora"]
    assert "En votación:" in _parts(first[0])["ahora"]
    assert "En votación:" not in _parts(first[1])["ahora"]
    assert first[2] == first[0]
    assert "2 de 2" in _parts(second[0])["ahora"]
    assert "csrf" not in str(first)


def test_each_member_is_brought_their_own_ballot_and_nobody_else_s(held):
    voter, other = member_of(held, 1), member_of(held, 2)
    staff = StaffFactory(rol=Rol.CONSULTA)
    seats = [Seat(SessionConsumer, user) for user in (voter, other, staff)]
    acts = [lambda: held.cast(held.vote, held.members[1])]
    [told] = async_to_sync(_shown)(held.sesion, seats, acts)
    mine, theirs, looks = map(_parts, told)
    assert "Usted votó" in mine["mio"]
    assert "Usted votó" not in theirs["mio"]
    assert f'name="votacion" value="{held.vote.pk}"' in theirs["mio"]
    assert set(looks) == {"estado", "ultima"}
    assert mine["estado"] == theirs["estado"] == looks["estado"]


def test_who_may_no_longer_look_is_brought_nothing(held):
    gone, staff = member_of(held, 3), StaffFactory(rol=Rol.CONSULTA)
    left = StaffFactory(rol=Rol.CONSULTA)

    def dismissed():
        User.objects.filter(pk=gone.pk).update(is_active=False)
        Adscripcion.objects.filter(usuario=left).delete()
        held.cast(held.vote, held.members[1])

    seats = [Seat(SessionConsumer, user) for user in (staff, gone, left)]
    [told] = async_to_sync(_shown)(held.sesion, seats, [dismissed])
    assert _parts(told[0])
    assert told[1:] == [NUDGE, NUDGE]


def test_of_a_session_that_was_closed_to_the_public_nothing_is_brought(held):
    def closed():
        changes = {"caracter": "cerrada", "fundamento_cierre": "Seguridad"}
        Sesion.objects.filter(pk=held.sesion.pk).update(**changes)
        held.cast(held.vote, held.members[1])

    seats = [Seat(PublicSessionConsumer, AnonymousUser())]
    assert async_to_sync(_shown)(held.sesion, seats, [closed]) == [[NUDGE]]


def test_each_thing_that_happens_nudges_the_session(monkeypatch):
    told = []

    def record(group: str, kind: str) -> None:
        told.append(group)

    monkeypatch.setattr("tablero.cabildo.services.sitting.nudge", record)
    room = Sitting(seats=3)
    room.roll()
    vote = room.open()
    room.cast(vote, room.members[0])
    room.close(vote)
    assert told == [group_for_session(room.sesion.pk)] * 4
