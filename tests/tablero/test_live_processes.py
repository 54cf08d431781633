"""An act in one process reaches an open page of another within a second; and in one process too."""

import json
import os

import pytest
from websockets.sync.client import connect

from tests.tablero.house import Browser, House

pytestmark = pytest.mark.slow


def act_and_listen(house: House, acting: int, listening: int) -> None:
    """The titular takes the case at one port; the Secretaría's page at the other hears of it."""
    with Browser(listening, "secretaria").listen() as live:
        doer = Browser(acting, "titular")
        folio, version = house.cases.pop()
        path = f"/tablero/bandeja/{folio}/acto/atender/"
        html = doer.get(path)
        assert 'name="version"' in html
        with pytest.raises(TimeoutError):
            live.recv(timeout=0.3)
        doer.post(path, version=str(version))
        message = json.loads(live.recv(timeout=1))
    assert message == {"type": "changed", "kind": "PeticionAccepted"}


def test_an_act_reaches_the_open_pages_of_the_same_process(house):
    with house.server() as port:
        act_and_listen(house, acting=port, listening=port)


@pytest.mark.redis
def test_an_act_in_one_process_reaches_the_open_pages_of_another_over_redis(house):
    url = os.environ["TEST_REDIS_URL"]
    with house.server(url) as one, house.server(url) as other:
        act_and_listen(house, acting=one, listening=other)


def test_a_socket_without_a_session_is_closed_with_the_reason(house):
    with house.server() as port:
        base = f"127.0.0.1:{port}"
        with connect(f"ws://{base}/ws/tablero/", origin=f"http://{base}") as live:
            with pytest.raises(Exception) as closed:  # noqa: PT011 - the library's own
                live.recv(timeout=5)
            assert closed.value.rcvd.code == 4401
        with pytest.raises(Exception, match="403"):
            connect(f"ws://{base}/ws/tablero/", origin="http://ajeno.example")
