"""The command that a newcomer types: it starts, it stops, and each obstacle is one clear line."""

import json
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.server import ROOT, START_SECONDS, Install, environment, free_port


@pytest.fixture
def start(tmp_path):
    running = []

    def begin(port: int | None = None, folder: Path = tmp_path) -> Install:
        install = Install(folder, port or free_port())
        running.append(install)
        return install

    yield begin
    for install in running:
        if install.process.poll() is None:
            install.process.kill()
            install.process.communicate()


@pytest.mark.slow
def test_starts_keeps_its_data_and_stops_without_complaint(start, tmp_path):
    first = start()
    first.wait()
    # The worker beats within seconds of the start; until then its own line may still be failing.
    deadline = time.monotonic() + 20
    while (answer := first.get("/salud"))[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.5)
    checks = json.loads(answer[1])
    code, out, err = first.stop(signal.SIGTERM)
    assert "base_datos" in json.dumps(checks)
    assert (code, err) == (0, "")
    assert f"http://127.0.0.1:{first.port}/" in out
    assert (tmp_path / "ventanilla.sqlite3").stat().st_size > 0

    second = start()
    second.wait()
    code, _out, err = second.stop(signal.SIGINT)
    assert (code, err) == (0, "")


@pytest.mark.slow
def test_second_start_on_the_same_data_names_the_first(start, tmp_path):
    first = start()
    first.wait()
    second = start()
    _out, err = second.process.communicate(timeout=START_SECONDS)
    assert second.process.returncode == 1
    assert err.count("\n") == 1
    assert f"http://127.0.0.1:{first.port}" in err


def test_busy_port_is_one_line_that_offers_another(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        install = start(port)
        _out, err = install.process.communicate(timeout=START_SECONDS)
    assert install.process.returncode == 1
    assert err.count("\n") == 1
    assert f"PORT={port + 1}" in err


@pytest.mark.parametrize("port", ["0", "70000", "ocho"])
def test_impossible_port_is_one_line(tmp_path, port):
    env = environment(tmp_path, 1) | {"PORT": port}
    done = subprocess.run(
        [sys.executable, "-m", "portal.serve"], cwd=ROOT, env=env, text=True, capture_output=True
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert port in done.stderr


def test_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "archivo").write_text("no es una carpeta")
    env = environment(tmp_path / "archivo" / "datos", free_port())
    done = subprocess.run(["sh", "run"], cwd=ROOT, env=env, text=True, capture_output=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "PORTAL_DATA_DIR" in done.stderr


def test_too_old_python_is_one_line(tmp_path):
    clone, programs = tmp_path / "copia", tmp_path / "bin"
    clone.mkdir()
    programs.mkdir()
    (clone / "run").write_bytes((ROOT / "run").read_bytes())
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        old = programs / name
        old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.8.10" && exit 0\nexit 1\n')
        old.chmod(old.stat().st_mode | stat.S_IXUSR)
    env = {"PATH": f"{programs}:/usr/bin:/bin"}
    done = subprocess.run(["sh", "run"], cwd=clone, env=env, text=True, capture_output=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "3.11" in done.stderr
    assert "3.8.10" in done.stderr
