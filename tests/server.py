"""A real install in a folder of its own, started as a newcomer would."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def environment(folder: Path, port: int) -> dict[str, str]:
    """A clean environment of an embedded install without the demo."""
    outside = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    kept = {k: v for k, v in os.environ.items() if k not in outside}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DEMO": "0",
        "PORT": str(port),
    }


class Install:
    """A running embedded server in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port, self.env = port, environment(folder, port)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.serve"],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as got:
                return got.status, got.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, self.process.stderr.read()
            try:
                self.get("/robots.txt")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def stop(self, number: int) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=40)
        return self.process.returncode, out, err


def prepared(folder, port: int, module: str, *commands: list[str]) -> Any:
    """
    Bring a new install's data into being in processes of their own: its database, ``commands`` of
    ``manage.py``, and ``module``, which prints what it made as its last line, in JSON.
    """
    env = environment(folder, port)
    for command in (["compilar_idiomas"], ["migrate"], *commands):
        line = [sys.executable, "manage.py", *command, "--verbosity", "0"]
        subprocess.run(line, cwd=ROOT, env=env, check=True)
    line = [sys.executable, "-m", module]
    done = subprocess.run(line, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])
