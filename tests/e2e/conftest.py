"""A browser and a demo municipality served by the embedded install."""

import subprocess
import sys

import pytest

from tests.server import ROOT, Install, environment, free_port

#: A town of sixty cases loads in seconds and still has every state.
CASES = "60"


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The demo municipality, served in one process; yields its address."""
    folder, port = tmp_path_factory.mktemp("casa"), free_port()
    env = environment(folder, port)
    for command in (
        ["compilar_idiomas", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["cargar_demo", "--casos", CASES, "--verbosity", "0"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    install = Install(folder, port)
    try:
        install.wait()
        yield install.address
    finally:
        install.process.terminate()
        install.process.communicate(timeout=40)


@pytest.fixture
def visitor(chromium, house):
    """``visitor(width=…)`` is a page of somebody with cookies of their own."""
    contexts = []

    def open_page(width: int = 1280, height: int = 900, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="es-MX",
            base_url=house,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
