"""``./run bench``: what a request costs, beside a bare SELECT and a bare INSERT in the same run."""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import data
from .client import Measure, Sample, counted, cycle, http, run

BASE = {"presentar": "insert", "insert": "insert"}
#: In which the seconds of each page are asked.
ROUNDS = 4
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "es-MX"}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--motor", choices=["sqlite", "postgres", "ambos"], default="ambos")
    parser.add_argument("--casos", type=int, nargs="+", default=[10_000, 193_975])
    parser.add_argument("--segundos", type=float, default=6)
    parser.add_argument("--carpeta", type=Path, default=data.ROOT / "var" / "bench")
    parser.add_argument("--sin-memoria", action="store_true")
    return parser.parse_args()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("El servidor no respondió.")


def wait_for_answer(port: int, seconds: float = 120) -> None:
    """The embedded server takes its port before it prepares itself; wait until it answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as sock:
            sock.settimeout(5)
            sock.sendall(http("GET", "/bench/select", headers={"Connection": "close"}))
            if sock.recv(12).endswith(b"200"):
                return
    raise SystemExit("El servidor no contestó.")


@contextlib.contextmanager
def web_server(env: dict[str, str]) -> Iterator[int]:
    """Production's web process: gunicorn with 2 workers of 4 threads."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}"),
        *("--keep-alive", "30", "--log-level", "error"),
    ]
    process = subprocess.Popen(command, cwd=data.ROOT, env=env)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def scenarios(facts: dict) -> dict:
    """Name to maker of requests, the bare ones first."""
    staff = {**HEADERS, "Cookie": f"{facts['cookie']}={facts['session']}"}
    get = lambda path, headers=HEADERS: http("GET", path, headers=headers)  # noqa: E731

    def file(number: int) -> bytes:
        body = {
            "servicio": "luminaria-apagada",
            "descripcion": "La luminaria frente a la primaria lleva tres noches apagada.",
            "respuestas": facts["answers"],
            "lugar": {"colonia": "centro", "direccion": "Calle Morelos 12"},
        }
        headers = {**HEADERS, "Content-Type": "application/json"}
        headers["Idempotency-Key"] = f"bench-{number:x}"
        return http("POST", "/api/v1/peticiones/", headers=headers, body=json.dumps(body).encode())

    words = ["landlord", "bicycles", "food+stamps", "queens", "luminaria", "eviction+brooklyn"]
    return {
        "select": cycle([get("/bench/select")]),
        "insert": cycle([http("POST", "/bench/insert", headers=HEADERS)]),
        "presentar": counted(file),
        "seguimiento": cycle([get(f"/seguimiento/{token}/") for token in facts["tokens"]]),
        "bandeja": cycle([get("/tablero/bandeja/?vista=todas", staff)]),
        "buscar": cycle([get(f"/tablero/bandeja/?vista=todas&q={w}", staff) for w in words]),
        "expediente": cycle([get(f"/tablero/bandeja/{f}/", staff) for f in facts["folios"]]),
        "panel": cycle([get("/tablero/panel/", staff)]),
    }


def read_facts(env: dict[str, str]) -> dict:
    command = [sys.executable, "-m", "tests.bench.facts"]
    done = subprocess.run(command, cwd=data.ROOT, env=env, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return json.loads(done.stdout)


def measure(envs: dict[int, dict[str, str]], seconds: float) -> dict[str, dict[str, Measure]]:
    """
    For each page, by number of cases, and the bare view beside it as ``base``.

    All are asked in turns, so that what slows the machine for a while slows each of them.
    """
    results = {}
    largest = max(envs)
    with contextlib.ExitStack() as stack:
        ports = {rows: stack.enter_context(web_server(env)) for rows, env in envs.items()}
        makers = {rows: scenarios(read_facts(env)) for rows, env in envs.items()}
        for name in makers[largest]:
            turns = {str(rows): (ports[rows], makers[rows][name]) for rows in envs}
            turns["base"] = (ports[largest], makers[largest][BASE.get(name, "select")])
            results[name] = in_turns(turns, seconds)
            print(f"    {name:<12} {results[name]}", file=sys.stderr, flush=True)
    return results


def in_turns(turns: dict[str, tuple], seconds: float) -> dict[str, Measure]:
    """``seconds`` of each, in rounds, forwards and backwards by turns, after a warm round."""
    samples = {key: Sample() for key in turns}
    for port, make in turns.values():
        run(port, make, seconds=1)
    for number in range(ROUNDS):
        for key in list(turns)[:: 1 if number % 2 else -1]:
            port, make = turns[key]
            samples[key].add(run(port, make, seconds=seconds / ROUNDS))
    return {key: sample.measure() for key, sample in samples.items()}


def print_table(engine: str, sizes: list[int], pages: dict[str, dict[str, Measure]]) -> None:
    """Requests a second, their share of the bare view, and the cost of more cases."""
    print(f"\n{engine}: peticiones por segundo (p50 / p99 ms), 2 procesos, 8 clientes\n")
    print(
        "| | "
        + " | ".join(f"{n:,} casos" for n in sizes)
        + " | parte de la vista | veces más lenta |"
    )
    print("|---|" + "---|" * (len(sizes) + 2))
    for name, page in pages.items():
        rows = [page[str(n)] for n in sizes]
        small, large = rows[0], rows[-1]
        cells = [f"{m.rate:.0f} ({m.p50:.1f} / {m.p99:.0f})" for m in rows]
        bare = name in ("select", "insert")
        share = f"{large.rate / page['base'].rate:.0%} {BASE.get(name, 'select')}"
        cells.append("" if bare else share)
        slower = f"{small.rate / large.rate:.2f}"
        wrong = sum(m.errors for m in rows)
        cells += [slower + (f", {wrong} errores" if wrong else "")]
        print(f"| {name} | " + " | ".join(cells) + " |")


def embedded_memory(env: dict[str, str], seconds: float) -> str:
    """The most memory the one-process install held while every page was asked for."""
    port = free_port()
    env = {**env, "PORT": str(port), "PORTAL_DEMO": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.serve"], cwd=data.ROOT, env=env, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        wait_for_answer(port)
        rates = {}
        for name, make in scenarios(read_facts(env)).items():
            rates[name] = run(port, make, seconds=seconds).measure().rate
        status = Path(f"/proc/{process.pid}/status").read_text()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    figures = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    peak, now = (int(figures[key].split()[0]) * 1024 / 1e6 for key in ("VmHWM", "VmRSS"))
    lines = ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items())
    return (
        f"Proceso único: memoria máxima {peak:.0f} MB, al final {now:.0f} MB. Por segundo: {lines}"
    )


def main() -> None:
    options = arguments()
    engines = ["sqlite", "postgres"] if options.motor == "ambos" else [options.motor]
    for engine in engines:
        envs = {}
        for rows in sorted(options.casos):
            print(f"{engine}, {rows} casos", file=sys.stderr, flush=True)
            envs[rows], said = data.prepare(options.carpeta, engine, rows)
            print("    " + said.replace("\n", "\n    "), file=sys.stderr, flush=True)
        print_table(engine, list(envs), measure(envs, options.segundos))
        if engine == "sqlite" and not options.sin_memoria and os.path.exists("/proc"):
            print("\n" + embedded_memory(envs[max(envs)], min(3, options.segundos)))


if __name__ == "__main__":
    main()
