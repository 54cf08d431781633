"""The screens of a session are nudged; who may not know of it is not let in."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from portal.accounts.constants import Rol
from tablero.cabildo.consumers import (
    FORBIDDEN,
    NOT_FOUND,
    UNAUTHENTICATED,
    PublicSessionConsumer,
    SessionConsumer,
)
from tablero.cabildo.groups import group_for_session
from tablero.cabildo.models import Sesion
from tests.accounts.factories import UserFactory
from tests.factories import NOON, StaffFactory
from tests.waiting import nudges_sent

from .factories import SesionFactory
from .sitting import Sitting

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


async def _heard(consumer, user, pk: int) -> dict:
    nudges_sent()
    socket = socket_of(consumer, user, pk)
    await socket.connect()
    group = group_for_session(pk)
    for _turn in range(50):
        if await socket.receive_nothing(timeout=0.02) and group in get_channel_layer().groups:
            break
    await get_channel_layer().group_send(group, {"type": "changed", "kind": "sesion", "id": 7})
    message = await socket.receive_json_from(timeout=3)
    await socket.disconnect()
    return message


def test_a_change_is_told_without_saying_what():
    pk = noticed().pk
    expected = {"type": "changed", "kind": "sesion"}
    staff = StaffFactory(rol=Rol.CONSULTA)
    assert async_to_sync(_heard)(SessionConsumer, staff, pk) == expected
    assert async_to_sync(_heard)(PublicSessionConsumer, AnonymousUser(), pk) == expected


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
