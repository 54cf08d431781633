"""
The whole body of a request before a thread is given to it.

A view runs in one of few threads and reads its body there, so some slow senders could hold them
all. Here the body arrives first, beside the threads, into a temporary file; and a sender that
goes away in the middle leaves no half of a form behind to be taken for the whole.
"""

import asyncio
import re
from tempfile import SpooledTemporaryFile

#: Kept in memory up to here, then on disk; bytes.
IN_MEMORY = 64 * 1024
#: Longest body that any view takes: files of one form and their fields; bytes.
LONGEST = 60_000_000
#: Bodies that carry somebody's private key: these are never on disk, not even for a moment.
SECRET = re.compile(r"/tablero/documentos/(\d+/firmar|firmar-lote)/")
SECRET_LONGEST = 300_000
#: Read and thrown away up to here: a browser shows no answer until it has sent all; bytes.
DRAINED = 300_000_000
#: Longest silence of a sender, in seconds.
SILENCE = 30
CHUNK = 256 * 1024

TOO_SLOW = "Su envío tardó demasiado en llegar. Revise su conexión e intente otra vez."
NO_ROOM = "Por ahora no podemos recibir archivos. Intente más tarde; nada se guardó."


class WholeBody:
    """
    ASGI middleware for ``http``: reads the body, then calls ``app`` with it.

    Of a body over ``LONGEST`` (``SECRET_LONGEST`` where it carries a key) only the length is passed
    on, for the view to refuse it in words.
    """

    def __init__(self, app, *, silence: float = SILENCE) -> None:
        self.app = app
        self.silence = silence

    async def __call__(self, scope, receive, send) -> None:
        """Answer 408 to a sender that fell silent, 503 when the disk takes no more."""
        headers = dict(scope["headers"])
        declared = _length(headers.get(b"content-length", b"0"))
        if not declared and b"transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        secret = SECRET.fullmatch(scope.get("path", "")) is not None
        longest = SECRET_LONGEST if secret else LONGEST
        with SpooledTemporaryFile(max_size=longest if secret else IN_MEMORY) as kept:
            try:
                size = declared if declared > DRAINED else await self._read(receive, kept, longest)
            except TimeoutError:
                await _refuse(send, 408, TOO_SLOW)
                return
            except OSError:
                await _refuse(send, 503, NO_ROOM)
                return
            if size is not None:
                kept.seek(0)
                await self.app(_with_length(scope, size), _replay(kept, receive), send)

    async def _read(self, receive, kept, longest: int) -> int | None:
        """The length of the body, now in ``kept``; ``None`` when its sender has gone away."""
        size, more = 0, True
        while more:
            message = await asyncio.wait_for(receive(), self.silence)
            if message["type"] == "http.disconnect":
                return None
            piece, more = message.get("body", b""), message.get("more_body", False)
            size += len(piece)
            if size <= longest:
                kept.write(piece)
            else:
                kept.truncate(0)
            if size > DRAINED:
                break
        return size


def _length(raw: bytes) -> int:
    return int(raw) if raw.isdigit() else 0


def _with_length(scope: dict, size: int) -> dict:
    """The request as if its sender had always told the length."""
    told = (b"content-length", b"transfer-encoding")
    headers = [pair for pair in scope["headers"] if pair[0] not in told]
    return {**scope, "headers": [*headers, (b"content-length", str(size).encode())]}


def _replay(kept, receive):
    """A ``receive`` that gives what was kept, and afterwards whatever the server has to say."""
    over = False

    async def again() -> dict:
        nonlocal over
        if over:
            return await receive()
        piece = kept.read(CHUNK)
        over = len(piece) < CHUNK
        return {"type": "http.request", "body": piece, "more_body": not over}

    return again


async def _refuse(send, status: int, words: str) -> None:
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
