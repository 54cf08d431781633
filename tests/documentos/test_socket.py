"""Open pages of documents are nudged; who may not know of one is not let in."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser

from portal.accounts.constants import Rol
from tablero.documentos.consumers import (
    FORBIDDEN,
    NOT_FOUND,
    UNAUTHENTICATED,
    DocumentsConsumer,
)
from tablero.documentos.groups import LISTS, group_for
from tests.documents.town import document
from tests.factories import StaffFactory, UserFactory
from tests.waiting import nudges_sent

pytestmark = [pytest.mark.django_db(transaction=True)]
PATH = "/ws/tablero/documentos/"


def socket_of(user, query="") -> WebsocketCommunicator:
    socket = WebsocketCommunicator(DocumentsConsumer.as_asgi(), f"{PATH}{query}")
    socket.scope["user"] = user
    return socket


async def _closed_with(user, query) -> int:
    socket = socket_of(user, query)
    await socket.connect()
    return (await socket.receive_output(timeout=3))["code"]


def test_who_may_not_listen_is_told_why():
    secret = document(confidencial=True)
    clerk = StaffFactory(Rol.ENLACE)
    for user, query, code in (
        (AnonymousUser(), "", UNAUTHENTICATED),
        (UserFactory(), "", FORBIDDEN),
        (clerk, f"?documento={secret.pk}", NOT_FOUND),
        (clerk, "?documento=x", NOT_FOUND),
    ):
        assert async_to_sync(_closed_with)(user, query) == code


async def _heard(user, query, group) -> dict:
    nudges_sent()
    socket = socket_of(user, query)
    await socket.connect()
    for _turn in range(50):
        if await socket.receive_nothing(timeout=0.02) and group in get_channel_layer().groups:
            break
    await get_channel_layer().group_send(group, {"type": "changed", "kind": "x", "id": "secreto"})
    message = await socket.receive_json_from(timeout=3)
    await socket.disconnect()
    return message


def test_a_change_is_told_without_saying_which():
    clerk = StaffFactory(Rol.ENLACE)
    known = document(autor=clerk)
    expected = {"type": "changed", "kind": "x"}
    assert async_to_sync(_heard)(clerk, "", LISTS) == expected
    query = f"?documento={known.pk}"
    assert async_to_sync(_heard)(clerk, query, group_for(known.pk)) == expected


def test_every_fact_nudges_the_document_and_the_lists_after_the_commit(room, monkeypatch):
    told = []
    monkeypatch.setattr(
        "tablero.documentos.subscribers.nudge", lambda group, kind: told.append((group, kind))
    )
    documento = room.draft()
    assert told == [
        (group_for(documento.pk), "DocumentoDrafted"),
        (LISTS, "DocumentoDrafted"),
    ]
