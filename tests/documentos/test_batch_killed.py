"""A real worker killed in the middle of a batch, again and again: each row is issued once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
ROWS = 12


class Install:
    """An install in a folder of its own, and its workers."""

    def __init__(self, folder: Path) -> None:
        dropped = ("DATABASE_URL", "REDIS_URL", "DOCUMENTS_PKI_DIR")
        kept = {k: v for k, v in os.environ.items() if k not in dropped}
        self.env = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_DATA_DIR": str(folder),
            "PORTAL_DEMO": "0",
        }
        self.workers: list[subprocess.Popen] = []
        self.file = folder / "ventanilla.sqlite3"
        self.run("manage.py", "migrate", "-v0")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, what: str, argument: str = ""):
        out = self.run("-m", "tests.documentos.outside_actions", what, argument)
        return json.loads(out.splitlines()[-1])

    def issued(self) -> int:
        """Rows with their document, read from the file itself: a process would come too late."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=20)) as base:
            asked = "SELECT count(*) FROM tablero_documentos_filalote WHERE estado = 'emitida'"
            return base.execute(asked).fetchone()[0]

    def start_worker(self) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "trabajador"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
                worker.wait(10)


@pytest.fixture
def install(tmp_path):
    made = Install(tmp_path)
    yield made
    made.close()


def wait_for(condition, seconds: float = 150) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


def test_a_worker_killed_again_and_again_issues_each_row_once(install):
    install.ask("prepare", str(ROWS))
    for least in (2, 6):
        worker = install.start_worker()
        wait_for(lambda n=least: install.issued() >= n)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        install.ask("later", "5")
    before = install.ask("look")
    assert before["estado"] == "emitiendo"
    for _ in range(2):
        install.start_worker()
    wait_for(lambda: install.issued() == ROWS)
    wait_for(lambda: install.ask("look")["estado"] == "terminado")
    seen = install.ask("look")
    assert seen["folios"] == list(range(1, ROWS + 1))
    assert seen["documentos"] == seen["firmas"] == seen["emitidas"] == ROWS
    assert not seen["rota"]
