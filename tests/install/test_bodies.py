"""Bodies arrive whole before a thread is given to their request, or not at all."""

import asyncio

import pytest
from django.urls import reverse

from portal import bodies
from portal.bodies import DRAINED, LONGEST, SECRET_LONGEST, WholeBody

FORM = b"descripcion=Se+cayo+un+arbol"


class Sender:
    """Gives the messages one by one; then falls silent."""

    def __init__(self, *messages: dict) -> None:
        self.messages = list(messages)

    async def __call__(self) -> dict:
        if not self.messages:
            await asyncio.sleep(60)
        return self.messages.pop(0)


def piece(body: bytes, more: bool = False) -> dict:
    return {"type": "http.request", "body": body, "more_body": more}


def run(sender: Sender, length: int | None = None, silence: float = 0.05, path: str = "/"):
    """What the view behind got, as (length told, body), ``None`` if nothing; and the answer."""
    got, answered = [], []
    named = (b"transfer-encoding", b"chunked") if length is None else None
    header = named or (b"content-length", str(length).encode())

    async def app(scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        got.append((dict(scope["headers"])[b"content-length"], body))

    async def send(message: dict) -> None:
        answered.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"host", b"x"), header]}
    asyncio.run(WholeBody(app, silence=silence)(scope, sender, send))
    return (got[0] if got else None), answered


def test_a_body_in_pieces_is_one_body_with_its_length():
    sender = Sender(piece(FORM[:5], True), piece(FORM[5:9], True), piece(FORM[9:]))
    assert run(sender)[0] == (str(len(FORM)).encode(), FORM)


def test_a_body_beyond_memory_arrives_byte_for_byte():
    long = bytes(range(256)) * 4096
    sender = Sender(*(piece(long[i : i + 65536], True) for i in range(0, len(long), 65536)))
    sender.messages.append(piece(b""))
    assert run(sender, len(long))[0] == (str(len(long)).encode(), long)


def test_half_a_form_of_a_sender_who_left_reaches_no_view():
    sender = Sender(piece(FORM[:5], True), {"type": "http.disconnect"})
    assert run(sender, len(FORM)) == (None, [])


def test_a_sender_who_falls_silent_takes_no_thread_and_is_told():
    got, answered = run(Sender(piece(FORM[:5], True)), len(FORM))
    assert got is None
    assert answered[0]["status"] == 408
    assert "Revise su conexión" in answered[1]["body"].decode()


def test_of_a_body_too_long_only_the_length_is_passed_on(monkeypatch):
    monkeypatch.setattr(bodies, "LONGEST", 10)
    assert run(Sender(piece(FORM[:8], True), piece(FORM[8:])))[0] == (b"28", b"")


def test_a_body_longer_than_anybody_means_is_not_even_read():
    sender = Sender(piece(b"x"))
    assert run(sender, DRAINED + 1)[0] == (str(DRAINED + 1).encode(), b"")
    assert sender.messages
    assert LONGEST < DRAINED


def test_a_full_disk_is_told(monkeypatch):
    class Full(bodies.SpooledTemporaryFile):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(bodies, "SpooledTemporaryFile", Full)
    got, answered = run(Sender(piece(FORM)), len(FORM))
    assert got is None
    assert answered[0]["status"] == 503


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_request_without_body_goes_straight_on(method):
    reached = []

    async def app(scope, receive, send) -> None:
        reached.append((scope["method"], receive))

    scope, sender = {"type": "http", "method": method, "headers": []}, Sender()
    asyncio.run(WholeBody(app)(scope, sender, None))
    assert reached == [(method, sender)]


@pytest.mark.parametrize(
    "path", ["/tablero/documentos/7/firmar/", "/tablero/documentos/firmar-lote/"]
)
@pytest.mark.parametrize("length", [1000, SECRET_LONGEST, SECRET_LONGEST + 1, 2_000_000])
def test_a_body_with_a_key_never_reaches_the_disk(monkeypatch, path, length):
    def on_disk(self):
        raise AssertionError("written to a file")

    monkeypatch.setattr(bodies.SpooledTemporaryFile, "rollover", on_disk)
    pieces = [piece(b"x" * min(65536, length - at), True) for at in range(0, length, 65536)]
    got, _answered = run(Sender(*pieces, piece(b"")), length, path=path)
    assert got == (str(length).encode(), b"x" * length if length <= SECRET_LONGEST else b"")


def test_any_other_body_is_kept_on_disk_beyond_a_little(monkeypatch):
    rolled = []
    monkeypatch.setattr(bodies.SpooledTemporaryFile, "rollover", lambda file: rolled.append(file))
    run(Sender(piece(b"x" * (bodies.IN_MEMORY + 1))), bodies.IN_MEMORY + 1, path="/presentar/")
    assert rolled


def test_the_addresses_that_take_a_key_are_those_of_the_room():
    for address in (reverse("documentos:firmar", args=[7]), reverse("documentos:firmar_lote")):
        assert bodies.SECRET.fullmatch(address)
