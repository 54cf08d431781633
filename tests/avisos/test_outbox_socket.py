"""The outbox moves by itself: a notice that changes nudges whoever may look."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from portal.accounts.constants import Rol
from tablero.avisos.consumers import FORBIDDEN, GROUP, UNAUTHENTICATED, OutboxConsumer
from tests.factories import StaffFactory
from tests.waiting import nudges_sent

pytestmark = [pytest.mark.django_db(transaction=True)]


def socket_of(user) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(OutboxConsumer.as_asgi(), "/ws/tablero/avisos/")
    socket.scope["user"] = user
    return socket


async def _closed_with(user) -> int:
    socket = socket_of(user)
    await socket.connect()
    message = await socket.receive_output()
    return message["code"]


@pytest.mark.parametrize(
    ("rol", "code"),
    [(None, UNAUTHENTICATED), (Rol.CONSULTA, FORBIDDEN)],
    ids=["nobody", "consulta"],
)
def test_who_may_not_read_the_outbox_is_not_told_of_it(rol, code):
    user = StaffFactory(rol) if rol else AnonymousUser()
    assert async_to_sync(_closed_with)(user) == code


async def _heard(user) -> dict:
    nudges_sent()
    socket = socket_of(user)
    await socket.connect()
    # The consumer asks the database before it joins the group.
    for _turn in range(50):
        if await socket.receive_nothing(timeout=0.02) and GROUP in get_channel_layer().groups:
            break
    await get_channel_layer().group_send(
        GROUP, {"type": "changed", "kind": "aviso", "id": "secreto"}
    )
    message = await socket.receive_json_from(timeout=3)
    await socket.disconnect()
    return message


def test_a_change_is_told_without_saying_which():
    user = StaffFactory(Rol.VENTANILLA)
    assert async_to_sync(_heard)(user) == {"type": "changed", "kind": "aviso"}
