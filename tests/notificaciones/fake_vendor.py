"""
Both vendors on loopback, over real sockets, so that the official SDKs can be led astray.

``fake.script(...)`` says how the next calls end, in order; after that every call is accepted.
"""

import base64
import contextlib
import datetime as dt
import json
import socket
import struct
import threading
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs"
#: Twilio's own test numbers and what they answer.
MAGIC = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


@dataclass
class Reply:
    """
    How a call ends. ``kept``: the vendor takes the message even if the caller never learns it.

    ``hang`` is in seconds, before answering; ``reset`` tears the connection instead of answering.
    """

    status: int = 0
    code: int = 0
    headers: dict = field(default_factory=dict)
    hang: float = 0.0
    reset: bool = False
    garbage: bool = False
    kept: bool = False


@dataclass
class Call:
    """A request as it arrived; ``fields`` is the form or the JSON document."""

    vendor: str
    method: str
    path: str
    fields: dict
    query: dict
    headers: dict
    problems: list[str]


class FakeVendors:
    """The server, what it was asked, and what it keeps."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: list[dict] = []
        self.arrived = threading.Event()
        self._script: list[Reply] = []
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"fake": self})
        self.server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def script(self, *replies: Reply) -> None:
        """How the next calls that would send something end."""
        with self._lock:
            self._script += replies

    def recover(self) -> None:
        """Forget what is left of the script: from now on every call is answered as it should."""
        with self._lock:
            self._script.clear()

    def next_reply(self) -> Reply:
        with self._lock:
            return self._script.pop(0) if self._script else Reply()

    def keep(self, vendor: str, fields: dict) -> dict:
        """Take a message, as a vendor does before anybody hears of it."""
        with self._lock:
            message = {"sid": f"SM{uuid.uuid4().hex}", "vendor": vendor, **fields}
            message["at"] = dt.datetime.now(dt.UTC)
            self.messages.append(message)
        return message

    @property
    def sends(self) -> list[Call]:
        return [call for call in self.calls if call.method == "POST"]

    @property
    def problems(self) -> list[str]:
        return [problem for call in self.calls for problem in call.problems]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A caller that was killed tears its connection: that is what the test is about."""


class _Handler(BaseHTTPRequestHandler):
    fake: FakeVendors
    protocol_version = "HTTP/1.1"

    def log_message(self, *args) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        twilio = self.path.startswith("/2010-04-01/")
        fields = _form(body.decode()) if twilio else json.loads(body)
        vendor = "twilio" if twilio else "sendgrid"
        self._record(vendor, fields)
        reply = self.fake.next_reply()
        magic = MAGIC.get(fields.get("To", "").removeprefix("whatsapp:")) if twilio else None
        if magic and not reply.status:
            reply = Reply(status=400, code=magic)
        accepted = not (reply.status or reply.reset or reply.hang or reply.garbage)
        message = self.fake.keep(vendor, fields) if accepted or reply.kept else None
        self.fake.arrived.set()
        self._end(reply, vendor, message)

    def do_GET(self) -> None:
        query = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self._record("twilio", {}, query)
        reply = self.fake.next_reply()
        if reply.status or reply.reset or reply.hang:
            self._end(reply, "twilio", None)
            return
        found = [m for m in self.fake.messages if m.get("To") == query.get("To")]
        self._json(200, {"messages": [_resource(m) for m in found], "next_page_uri": None})

    def _record(self, vendor: str, fields: dict, query: dict | None = None) -> None:
        problems = violations(vendor, fields) if self.command == "POST" else []
        self.fake.calls.append(
            Call(
                vendor,
                self.command,
                urlsplit(self.path).path,
                fields,
                query or {},
                dict(self.headers),
                problems,
            )
        )

    def _end(self, reply: Reply, vendor: str, message: dict | None) -> None:
        if reply.hang:
            threading.Event().wait(reply.hang)
        if reply.reset:
            self._tear()
        elif reply.garbage:
            self.wfile.write(b"this is not HTTP\r\n\r\n")
            self.close_connection = True
        elif reply.status:
            self._refuse(reply, vendor)
        elif vendor == "twilio":
            self._json(201, _resource(message or {"sid": "SM0", "at": dt.datetime.now(dt.UTC)}))
        else:
            identifier = message["sid"] if message else "X"
            self._answer(202, b"", {"X-Message-Id": identifier})

    def _tear(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = True

    def _refuse(self, reply: Reply, vendor: str) -> None:
        if vendor == "twilio":
            body = {"status": reply.status, "code": reply.code or None, "message": "refused"}
        else:
            name = "personalizations.0.to.0.email" if reply.code == 1 else None
            body = {"errors": [{"message": "refused", "field": name}]}
        self._json(reply.status, body, reply.headers)

    def _json(self, status: int, body: dict, headers: dict | None = None) -> None:
        headers = {"Content-Type": "application/json", **(headers or {})}
        self._answer(status, json.dumps(body).encode(), headers)

    def _answer(self, status: int, body: bytes, headers: dict) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)


def _form(body: str) -> dict[str, str]:
    return {k: v[0] for k, v in parse_qs(body, keep_blank_values=True).items()}


def _resource(message: dict) -> dict:
    """What Twilio shows of a message."""
    moment = message["at"].strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {
        "sid": message["sid"],
        "body": message.get("Body"),
        "to": message.get("To"),
        "status": message.get("status", "queued"),
        "num_segments": "0",
        "date_created": moment,
        "date_sent": None,
        "price": None,
        "error_code": None,
    }


def specs_present() -> bool:
    """Whether the vendors' own descriptions lie beside the checkout."""
    return SPECS.is_dir()


def violations(vendor: str, fields: dict) -> list[str]:
    """What the vendor's own description finds wrong with a request; nothing when it is absent."""
    if not specs_present():
        return []
    if vendor == "twilio":
        spec = json.loads((SPECS / "twilio_messages.strict.json").read_text())
        post = spec["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
        content = post["requestBody"]["content"]["application/x-www-form-urlencoded"]
        fields = _typed(fields, content["schema"]["properties"])
    else:
        spec = json.loads((SPECS / "sendgrid_mail_send.strict.json").read_text())
        content = spec["components"]["requestBodies"]["PostMailSend"]["content"]["application/json"]
    schema = {**content["schema"], "components": spec["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{vendor} {list(e.path)}: {e.message[:120]}" for e in validator.iter_errors(fields)]


def _typed(form: dict[str, str], properties: dict) -> dict:
    """A form carries only text; read figures and truths as the description types them."""
    readers = {"integer": int, "number": float, "boolean": lambda value: value == "true"}
    return {
        name: readers.get(properties.get(name, {}).get("type"), str)(value)
        for name, value in form.items()
    }


def basic_auth(call: Call) -> str:
    """The user and password a call carried."""
    return base64.b64decode(call.headers["Authorization"].removeprefix("Basic ")).decode()
