"""The process that composes pages: it may end, be killed or be kept too long."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.documents.press import client
from portal.documents.press.client import CompositionError, ExhaustedError, Sheet

ENDLESS = "#for a in range(90000) { for b in range(90000) { let c = calc.sqrt(a * b) } }"


@pytest.fixture(autouse=True)
def pool(monkeypatch):
    """A pool of our own, with its presses closed after the test."""
    own = client._Pool()
    monkeypatch.setattr(client, "_pool", own)
    yield own
    for press in own._free:
        press.close()


def pages(text: str) -> int:
    return len(Sheet(text, {}).images("svg", ppi=72))


def test_the_same_press_serves_one_after_another(pool):
    assert pages("Uno") == 1
    assert pages("Uno #pagebreak() dos") == 2
    assert [press.uses for press in pool._free] == [2]


def test_a_press_that_ended_meanwhile_is_replaced(pool):
    pages("Uno")
    gone = pool._free[0]
    gone._process.kill()
    gone._process.wait()
    assert pages("Dos") == 1
    assert pool._free[0] is not gone


def test_what_takes_too_long_is_stopped_and_the_next_is_composed(pool, monkeypatch):
    monkeypatch.setattr(client, "WALL_SECONDS", 1)
    with pytest.raises(ExhaustedError):
        pages(ENDLESS)
    assert pool._free == []
    monkeypatch.setattr(client, "WALL_SECONDS", 60)
    assert pages("Sigue") == 1


def test_what_takes_too_much_memory_is_refused_once(pool, monkeypatch):
    started = []
    begin = client._Press.__init__
    monkeypatch.setattr(client._Press, "__init__", lambda it: (started.append(it), begin(it))[1])
    with pytest.raises((ExhaustedError, CompositionError)):
        pages('#let s = ("x" * 1000000000) * 8\n#s.len()')
    assert len(started) == 1


def test_a_source_at_fault_is_told_and_costs_no_press(pool):
    with pytest.raises(CompositionError) as caught:
        pages("#nada()")
    assert "unknown variable: nada" in caught.value.message
    assert len(pool._free) == 1


def test_many_threads_share_the_presses_and_each_gets_its_own_pages(pool):
    with ThreadPoolExecutor(8) as people:
        counts = [1 + number % 4 for number in range(24)]
        asked = ["a #pagebreak() " * (count - 1) + "z" for count in counts]
        assert list(people.map(pages, asked)) == counts
    assert len(pool._free) <= client.AT_ONCE


def test_nobody_who_asks_holds_the_compiler():
    asked = "import sys, portal.documents.rendering; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_a_press_without_work_ends(monkeypatch):
    command = [
        sys.executable,
        "-c",
        "from portal.documents.press import process; process.IDLE_SECONDS = 0.1; process.main()",
        "2000000000",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as idle:
        assert idle.wait(60) == 0
