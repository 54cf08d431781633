"""Real workers on a real file, killed without warning: nothing is lost and nothing sent twice."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .fake_vendor import FakeVendors, Reply
from .outside_env import environment

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


class Install:
    """An install in a folder of its own, its vendors and its workers."""

    def __init__(self, folder: Path, vendors: FakeVendors) -> None:
        self.vendors = vendors
        self.env = environment(folder, vendors.url)
        self.workers: list[subprocess.Popen] = []

    def ask(self, what: str, argument: str = "") -> dict:
        done = subprocess.run(
            [sys.executable, "-m", "tests.notificaciones.outside", what, str(argument)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

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

    def kill(self, worker: subprocess.Popen) -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.vendors.close()


@pytest.fixture(scope="module")
def empty_install(tmp_path_factory) -> Path:
    """A migrated, empty data folder, to be copied."""
    folder = tmp_path_factory.mktemp("vacia")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env=environment(folder, "http://127.0.0.1:9"),
        check=True,
        timeout=180,
    )
    return folder


@pytest.fixture
def install(empty_install, tmp_path):
    folder = tmp_path / "datos"
    shutil.copytree(empty_install, folder)
    made = Install(folder, FakeVendors())
    yield made
    made.close()


def wait_for(condition, seconds: float = 40) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(hang=60), id="before the vendor took it"),
        pytest.param(Reply(hang=60, kept=True), id="after the vendor took it"),
        pytest.param(Reply(), id="while the answer is on its way"),
    ],
)
def test_a_worker_killed_during_a_call_costs_neither_a_loss_nor_a_second_message(install, reply):
    install.ask("prepare", 1)
    install.vendors.script(reply)
    worker = install.start_worker()
    assert install.vendors.arrived.wait(60)
    install.kill(worker)
    install.ask("later", "2,8,70")
    seen = install.ask("look")
    assert seen["estados"] == ["aceptado"]
    assert seen["abiertos"] == [0]
    assert len(install.vendors.messages) == 1


def test_a_worker_asked_to_stop_finishes_what_it_has_in_hand(install):
    install.ask("prepare", 1)
    install.vendors.script(Reply(hang=1.5))
    worker = install.start_worker()
    assert install.vendors.arrived.wait(60)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert install.ask("look") == {"estados": ["aceptado"], "intentos": [1], "abiertos": [0]}


def test_two_workers_send_each_notice_once(install):
    install.ask("prepare", 30)
    for _ in range(2):
        install.start_worker()
    wait_for(lambda: len(install.vendors.sends) >= 30, 90)
    wait_for(lambda: set(install.ask("look")["estados"]) == {"aceptado"})
    assert install.ask("look")["intentos"] == [1] * 30
    bodies = [message["Body"] for message in install.vendors.messages]
    assert len(bodies) == len(set(bodies)) == 30


def test_workers_killed_again_and_again_lose_nothing_and_double_nothing(install):
    install.ask("prepare", 20)
    kills = 0
    install.vendors.script(*[Reply(), Reply(hang=60, kept=True), Reply(503)] * 3)
    for _round in range(3):
        worker = install.start_worker()
        before = len(install.vendors.sends)
        wait_for(lambda since=before: len(install.vendors.sends) >= since + 2, 60)
        install.kill(worker)
        kills += 1
    install.vendors.recover()
    install.ask("later", "2,8,15,30,70,140")
    seen = install.ask("look")
    assert set(seen["estados"]) == {"aceptado"}
    bodies = [message["Body"] for message in install.vendors.messages]
    assert len(bodies) == len(set(bodies)) == 20
    assert kills == 3
