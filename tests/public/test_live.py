"""The socket of one case."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from channels.sessions import SessionMiddlewareStack
from channels.testing import WebsocketCommunicator
from django.test import Client

from portal.public.follow_access import SESSION_KEY
from portal.public.routing import websocket_urlpatterns
from tests.factories import PeticionFactory
from tests.waiting import nudges_sent
from tramites.groups import group_for_case
from tramites.links import follow_up_token

pytestmark = pytest.mark.django_db(transaction=True)
application = SessionMiddlewareStack(URLRouter(websocket_urlpatterns))


async def _listen(path: str, group: str | None, cookie: str = ""):
    nudges_sent()
    headers = [(b"cookie", f"sessionid={cookie}".encode())] if cookie else []
    socket = WebsocketCommunicator(application, path, headers=headers)
    connected, _ = await socket.connect()
    assert connected
    if group is None:
        return await socket.receive_output(timeout=2)
    await get_channel_layer().group_send(group, {"type": "presence.here", "name": "Ana"})
    await get_channel_layer().group_send(
        group, {"type": "changed", "kind": "PeticionAnswered", "peticion": 1}
    )
    told = await socket.receive_json_from(timeout=2)
    await socket.disconnect()
    return told


def test_a_change_is_told_without_anything_about_the_case(town):
    peticion = PeticionFactory()
    path = f"/ws/seguimiento/{follow_up_token(peticion)}/"
    told = async_to_sync(_listen)(path, group_for_case(peticion.pk))
    assert told == {"type": "changed", "kind": "PeticionAnswered"}


def test_a_session_that_gave_the_pin_may_listen_by_folio(town):
    peticion = PeticionFactory()
    browser = Client()
    session = browser.session
    session[SESSION_KEY] = {peticion.folio: follow_up_token(peticion)}
    session.save()
    path = f"/ws/seguimiento/{peticion.folio}/"
    told = async_to_sync(_listen)(path, group_for_case(peticion.pk), session.session_key)
    assert told["kind"] == "PeticionAnswered"


@pytest.mark.parametrize("forged", [True, False])
def test_without_proof_the_socket_closes_and_says_why(town, forged):
    peticion = PeticionFactory()
    llave = "1-0000000000.mala" if forged else peticion.folio
    closed = async_to_sync(_listen)(f"/ws/seguimiento/{llave}/", None)
    assert (closed["type"], closed["code"]) == ("websocket.close", 4403)
