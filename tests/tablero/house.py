"""A real install in a folder of its own, with real servers, for the tests that need processes."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from websockets.sync.client import connect

ROOT = Path(__file__).parents[2]
PASSWORD = "Jacaranda-de-prueba-1"
SEED = f"""
import json
from portal.accounts.constants import Rol
from portal.core.time import now
from tests.factories import DependenciaFactory, PeticionFactory, ServicioFactory, StaffFactory
obras = DependenciaFactory()
roles = {{"titular": Rol.TITULAR, "secretaria": Rol.SECRETARIA, "ventanilla": Rol.VENTANILLA}}
for name, rol in roles.items():
    person = StaffFactory(rol, None if name == "ventanilla" else obras, username=name)
    person.set_password({PASSWORD!r})
    person.save()
service = ServicioFactory(dependencia=obras, nombre='Bache en la calle')
cases = [PeticionFactory(servicio=service, at=now()) for _ in range(4)]
print(json.dumps([[case.folio, case.version] for case in cases]))
"""


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class House:
    """An install in a folder of its own: migrated, with cases and who answers them."""

    def __init__(self, folder: Path) -> None:
        dropped = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        self.env = {k: v for k, v in os.environ.items() if k not in dropped}
        self.env |= {"PORTAL_DATA_DIR": str(folder), "DEBUG": "1"}
        self.manage("migrate", "-v0")
        self.cases = json.loads(self.manage("shell", "-v0", "-c", SEED).splitlines()[-1])

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def server(self, redis_url: str = ""):
        """A server process of the install; yields its port."""
        port = free_port()
        arguments = ["portal.asgi:application", "--port", str(port), "--lifespan", "off"]
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", *arguments, "--log-level", "warning"],
            cwd=ROOT,
            env=self.env | {"REDIS_URL": redis_url},
        )
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=15)


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Until the process answers."""
    for _ in range(150):
        assert process.poll() is None, "the server ended before it answered"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server never answered")


class Browser:
    """A signed-in person at one server process."""

    def __init__(self, port: int, user: str) -> None:
        self.base, self.cookies = f"http://127.0.0.1:{port}", CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.post("/cuenta/login/", login=user, password=PASSWORD)
        assert self.cookie_header().count("sessionid=") == 1

    def get(self, path: str) -> str:
        return self.opener.open(self.base + path, timeout=20).read().decode()

    def post(self, path: str, **data: str) -> None:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.get(path)).group(1)
        body = urlencode({"csrfmiddlewaretoken": token, **data}).encode()
        self.opener.open(self.base + path, body, timeout=20).read()

    def cookie_header(self) -> str:
        return "; ".join(f"{c.name}={c.value}" for c in self.cookies)

    def listen(self):
        headers = {"Cookie": self.cookie_header()}
        url = self.base.replace("http", "ws") + "/ws/tablero/"
        return connect(url, additional_headers=headers, origin=self.base, open_timeout=10)
