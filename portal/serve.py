"""The embedded install: web, sockets and background worker in one process, on one port."""

import asyncio
import contextlib
import fcntl
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

HOST = os.environ.get("HOST", "127.0.0.1")
GRACE_SECONDS = 5


class StartError(Exception):
    """The install cannot start; the message is one line for the person who typed the command."""


def read_port() -> int:
    """``PORT`` from the environment, 8000 if absent."""
    raw = os.environ.get("PORT", "8000")
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise StartError(f"PORT debe ser un número entre 1 y 65535, y es «{raw}».")
    return int(raw)


def claim_folder(folder: Path, address: str):
    """
    Hold the data folder for this process; the open file must be kept as long as it runs.

    :raises StartError: another process serves from the folder, or it cannot be written.
    """
    try:
        file = open(folder / "en-marcha", "a+")  # noqa: SIM115 - held while the process lives
    except OSError as error:
        raise StartError(f"No se puede escribir en «{folder}»: {error.strerror}.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        where = file.read().strip()
        raise StartError(f"Ventanilla ya está en marcha con estos datos: {where}") from error
    file.truncate(0)
    file.write(f"{address} (proceso {os.getpid()})\n")
    file.flush()
    return file


def bind(port: int) -> socket.socket:
    """
    The listening socket.

    :raises StartError: something else listens on the port, or it is not ours to use.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
    except OSError as error:
        sock.close()
        raise StartError(
            f"No se puede usar el puerto {port} ({error.strerror}). "
            f"Elija otro, por ejemplo: PORT={port + 1} ./run"
        ) from error
    sock.listen(512)
    return sock


def make_server(sock: socket.socket):
    """The HTTP and WebSocket server, stopped by SIGINT or SIGTERM with exit status 0."""
    import uvicorn

    from portal.asgi import application

    class EmbeddedServer(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            # The stock server raises the signal again on leaving, which would end us with an
            # error status before the worker has finished its task.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self.handle_exit)
            yield

    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
        ws_max_size=64 * 1024,
        # What is worth it is packed once for all screens; packing it anew for each is not.
        ws_per_message_deflate=False,
        http="httptools",
    )
    return EmbeddedServer(config)


def run_forever(sock: socket.socket) -> None:
    """Serve until a signal says stop; then let the running task finish and return."""
    import uvloop

    from portal.core.realtime import use_loop
    from portal.core.worker import start_worker
    from portal.memory import share_memory
    from portal.threads import share_fairly

    share_memory()
    share_fairly()

    stop = threading.Event()
    server = make_server(sock)

    async def main() -> None:
        use_loop(asyncio.get_running_loop())
        await server.serve(sockets=[sock])

    worker = start_worker(stop)
    try:
        uvloop.run(main())
    finally:
        use_loop(None)
        stop.set()
        worker.join(timeout=15)


def demo_pair_lines() -> list[str]:
    """Where the pairs to sign with in the demo are, and how they open; nothing without any."""
    try:
        from tablero.documentos.demo.signers import demo_pairs
        from tramites.demo.accounts import demo_password
    except ImportError:
        return []
    pairs = demo_pairs()
    if not pairs:
        return []
    names = ", ".join(path.stem for path in pairs)
    return [
        "  Firma electrónica de prueba (un .cer y un .key por cuenta):",
        f"    {pairs[0].parent}: {names}",
        f"    contraseña de la llave: {demo_password()}",
        "",
    ]


def greet(address: str) -> None:
    """Print where things are and who can sign in."""
    from django.conf import settings

    lines = [
        "",
        f"  {settings.MUNICIPIO['ayuntamiento']} · Ventanilla",
        "",
        f"  Sitio ciudadano     {address}/",
        f"  Tablero del personal {address}/tablero/",
        f"  API                 {address}/api/v1/",
        "",
    ]
    try:
        from tramites.demo.accounts import demo_accounts
    except ImportError:
        accounts: list[tuple[str, str]] = []
    else:
        accounts = demo_accounts()
    if accounts:
        lines.append("  Cuentas de demostración (usuario, contraseña):")
        lines += [f"    {user:<24} {password}" for user, password in accounts]
        lines += ["", *demo_pair_lines()]
    lines.append("  Ctrl-C para detener.")
    print("\n".join(lines), flush=True)  # noqa: T201


def main() -> int:
    """Prepare the install if needed and serve it."""
    sock = held = None
    try:
        port = read_port()
        address = f"http://{HOST}:{port}"
        os.environ.setdefault("PUBLIC_URL", address)
        from portal.settings.env import DATA_DIR

        DATA_DIR.mkdir(parents=True, exist_ok=True)
        held = claim_folder(DATA_DIR, address)
        sock = bind(port)
    except StartError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except OSError as error:
        print(f"No se puede preparar la carpeta de datos: {error}", file=sys.stderr)  # noqa: T201
        return 1

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from portal.prepare import prepare

    prepare()
    greet(address)
    run_forever(sock)
    held.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
