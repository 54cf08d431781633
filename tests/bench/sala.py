"""
How soon a vote is on every screen: members and spectators with their pages open.

``python -m tests.bench.sala [--integrantes 40] [--publico 500] [--votos 12] [--previas 10]`` starts
an install of its own in a folder that is thrown away, holds as many votes as ``--previas`` says,
opens one more and lets members vote one after another, each from their own session. Each screen
does what ``live.js`` does: it unpacks the parts that its socket brings; told only that something
changed, it waits and asks its page. From the moment a vote is sent are counted the time until it is
answered, until each screen hears of it, and until each has what it shows.
"""

import argparse
import asyncio
import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.server import ROOT, Install, environment, free_port

#: What live.js waits for more changes before it asks; seconds.
QUIET = 0.25
LONGEST = 60


def prepare(seats: int, before: int) -> dict:
    """
    A body of so many, all there, that has voted ``before`` times, with one more vote open; and the
    session cookie of each member.
    """
    from django.conf import settings
    from django.test import Client

    from tablero.cabildo.models import Integrante
    from tests.accounts.factories import UserFactory
    from tests.cabildo.sitting import Sitting

    room = Sitting(seats=seats, items=before + 1)
    cookies = []
    for member in room.members:
        user, client = UserFactory(), Client()
        Integrante.objects.filter(pk=member.pk).update(usuario=user)
        client.force_login(user)
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    room.roll()
    for place in range(before):
        vote = room.open(place=place)
        room.cast_all(vote, ("fca" * seats)[:seats])
        room.close(vote)
    vote = room.open(place=before)
    name = settings.SESSION_COOKIE_NAME
    return {"sesion": room.sesion.pk, "votacion": vote.pk, "cookie": name, "cookies": cookies}


class Screen:
    """An open page: ``heard`` and ``shown`` are the seconds at which it last did."""

    def __init__(self, http: aiohttp.ClientSession, page: str, socket: str, cookie: str) -> None:
        self.http, self.page, self.socket = http, page, socket
        self.headers = {"Accept-Language": "es-MX"} | ({"Cookie": cookie} if cookie else {})
        self.heard = self.shown = 0.0
        self.ready = asyncio.Event()

    async def watch(self) -> None:
        """Listen until the measure ends."""
        async with self.http.ws_connect(self.socket, headers=self.headers) as live:
            self.ready.set()
            async for message in live:
                self.heard = time.perf_counter()
                if message.type == aiohttp.WSMsgType.BINARY:
                    json.loads(gzip.decompress(message.data))
                    self.shown = time.perf_counter()
                    continue
                await asyncio.sleep(QUIET)
                await self.look()

    async def look(self) -> str:
        """The page as it stands now."""
        headers = {**self.headers, "HX-Request": "true"}
        async with self.http.get(self.page, headers=headers) as answer:
            html = await answer.text()
            if answer.status != 200:
                raise SystemExit(f"{self.page} answered {answer.status}")
        self.shown = time.perf_counter()
        return html


async def vote(screen: Screen, votacion: int) -> tuple[float, float]:
    """The member of a screen votes in favour; when it was sent, and when it was answered."""
    async with screen.http.get(screen.page, headers=screen.headers) as answer:
        html, cookies = await answer.text(), answer.cookies
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html).group(1)
    crumbs = "; ".join(f"{key}={morsel.value}" for key, morsel in cookies.items())
    headers = {**screen.headers, "Cookie": f"{screen.headers['Cookie']}; {crumbs}"}
    data = {"csrfmiddlewaretoken": token, "votacion": str(votacion), "sentido": "favor"}
    sent = time.perf_counter()
    post = screen.http.post(screen.page, data=data, headers=headers, allow_redirects=False)
    async with post as answer:
        if answer.status != 302:
            raise SystemExit(f"the vote was answered {answer.status}")
    return sent, time.perf_counter()


async def settled(screens: list[Screen], sent: float) -> None:
    """Wait until every screen shows what was heard after ``sent``."""
    end = time.perf_counter() + LONGEST
    while any(s.heard < sent or s.shown < s.heard for s in screens):
        if time.perf_counter() > end:
            raise SystemExit("a screen did not show the vote")
        await asyncio.sleep(0.02)


async def measure(told: dict, port: int, public: int, votes: int) -> tuple[list, list, list]:
    """Milliseconds until answered, and until heard and shown on each screen, of each vote."""
    base, pk = f"http://127.0.0.1:{port}", told["sesion"]
    connector = aiohttp.TCPConnector(limit=0)
    headers = {"Origin": base}
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, headers=headers, cookie_jar=jar) as http:
        mine = f"{base}/tablero/cabildo/sesiones/{pk}/mi-voto/"
        theirs = f"{base}/cabildo/sesiones/{pk}/"
        members = [
            Screen(http, mine, f"{base}/ws/tablero/cabildo/{pk}/", f"{told['cookie']}={cookie}")
            for cookie in told["cookies"]
        ]
        screens = members + [
            Screen(http, theirs, f"{base}/ws/cabildo/{pk}/?lang=es", "") for _ in range(public)
        ]
        tasks = [asyncio.create_task(screen.watch()) for screen in screens]
        await asyncio.gather(*(screen.ready.wait() for screen in screens))
        answered, heard, shown = [], [], []
        for member in members[:votes]:
            sent, done = await vote(member, told["votacion"])
            answered.append((done - sent) * 1000)
            await settled(screens, sent)
            heard += [(s.heard - sent) * 1000 for s in screens]
            shown += [(s.shown - sent) * 1000 for s in screens]
            await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
    return answered, heard, shown


def said(name: str, found: list[float]) -> str:
    """Median and 99th percentile in milliseconds."""
    high = sorted(found)[int(len(found) * 0.99)]
    return f"{name}: p50 {statistics.median(found):.0f} ms, p99 {high:.0f} ms, n={len(found)}"


def main() -> None:
    """Start, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--integrantes", type=int, default=40)
    parser.add_argument("--publico", type=int, default=500)
    parser.add_argument("--votos", type=int, default=12)
    parser.add_argument("--previas", type=int, default=10)
    parser.add_argument("--preparar", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.preparar:
        import django

        django.setup()
        print(json.dumps(prepare(given.integrantes, given.previas)))
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = environment(Path(folder), port)
        for command in (["compilar_idiomas"], ["migrate"]):
            line = [sys.executable, "manage.py", *command, "--verbosity", "0"]
            subprocess.run(line, cwd=ROOT, env=env, check=True)
        line = [sys.executable, "-m", "tests.bench.sala", "--preparar"]
        line += ["--integrantes", str(given.integrantes), "--previas", str(given.previas)]
        done = subprocess.run(line, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        install = Install(Path(folder), port)
        try:
            install.wait()
            told = json.loads(done.stdout.strip().splitlines()[-1])
            answered, heard, shown = asyncio.run(measure(told, port, given.publico, given.votos))
        finally:
            install.process.kill()
            install.process.communicate()
    print(said("voto contestado", answered))
    print(said("aviso en la pantalla", heard))
    print(said("página a la vista", shown))


if __name__ == "__main__":
    main()
