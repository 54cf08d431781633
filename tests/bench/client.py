"""A small load generator: raw keep-alive sockets in processes of their own."""

import itertools
import multiprocessing
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = bytes


@dataclass(frozen=True)
class Measure:
    """Requests a second, latency in milliseconds, and answers that were not fine."""

    rate: float
    p50: float
    p99: float
    errors: int


@dataclass
class Sample:
    """What was asked so far: seconds of each answer, how many were not fine, and seconds in all."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    took: float = 0.0

    def add(self, other: "Sample") -> None:
        self.times += other.times
        self.errors += other.errors
        self.took += other.took

    def measure(self) -> Measure:
        times = sorted(self.times)
        at = lambda share: times[int(len(times) * share)] * 1000  # noqa: E731
        return Measure(len(times) / self.took, at(0.5), at(0.99), self.errors)


def _address() -> str:
    return ".".join(["10", *(str(random.randrange(256)) for _ in range(3))])


def http(method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b""):
    """The bytes of a request to a server on this machine, from an address drawn at random."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"X-Bench-Address: {_address()}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def _read_answer(sock: socket.socket) -> int:
    """Read one whole answer and return its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = sock.recv(65536)
        if not chunk:
            raise ConnectionError
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at >= 0:
        left = int(lower[at + 15 :].split(b"\r\n", 1)[0]) - len(rest)
        while left > 0:
            left -= len(sock.recv(min(left, 1 << 20)))
    elif b"transfer-encoding: chunked" in lower:
        while not rest.endswith(b"0\r\n\r\n"):
            rest = rest[-8:] + sock.recv(65536)
    return int(head[9:12])


def _worker(
    port: int, make: Callable[[], Request], until: float, times: list, errors: list
) -> None:
    sock = None
    while time.monotonic() < until:
        request = make()
        begin = time.perf_counter()
        try:
            if sock is None:
                sock = socket.create_connection(("127.0.0.1", port), timeout=30)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(request)
            status = _read_answer(sock)
        except OSError:
            status, sock = 599, None
        times.append(time.perf_counter() - begin)
        if status >= 400:
            errors.append(status)


def _process(port: int, make, seconds: float, clients: int, seed: int, queue) -> None:
    random.seed(seed)
    times: list[float] = []
    errors: list[int] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_worker, args=(port, make, until, times, errors))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((times, errors))


def run(port: int, make: Callable[[], Request], *, seconds: float, clients: int = 8) -> Sample:
    """Keep ``clients`` connections busy with requests from ``make`` for ``seconds``."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    processes = [
        context.Process(target=_process, args=(port, make, seconds, clients // 2, seed, queue))
        for seed in (1, 2)
    ]
    begin = time.monotonic()
    for process in processes:
        process.start()
    results = [queue.get() for _ in processes]
    for process in processes:
        process.join()
    times = list(itertools.chain.from_iterable(r[0] for r in results))
    errors = sum(len(r[1]) for r in results)
    return Sample(times, errors, time.monotonic() - begin)


def cycle(requests: list[Request]) -> Callable[[], Request]:
    """A maker that draws from ``requests`` at random."""
    return lambda: random.choice(requests)


def counted(make: Callable[[int], Request]) -> Callable[[], Request]:
    """A maker whose requests are told apart by a number that never repeats."""

    def numbers() -> Iterator[int]:
        while True:
            yield random.getrandbits(62)

    source = numbers()
    return lambda: make(next(source))
