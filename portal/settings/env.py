"""Where configuration is read: the environment, and the data folder of an embedded install."""

import os
import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

#: Folder of everything the embedded install keeps: database, uploads, static files, secrets.
DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default="") or BASE_DIR / "var").resolve()

#: "production" refuses to start without its secrets; "embedded" makes and keeps its own.
PORTAL_ENV = env.str("PORTAL_ENV", default="embedded")
PRODUCTION = PORTAL_ENV == "production"


def kept_secret(name: str) -> str:
    """
    The secret ``name`` from the environment, or one made once and kept in the data folder.

    :raises environ.ImproperlyConfigured: in production, when the environment does not give it.
    """
    if PRODUCTION or name in os.environ:
        return env.str(name)
    path = DATA_DIR / "secretos" / f"{name.lower()}.txt"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        value = secrets.token_urlsafe(50)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(value)
        except FileExistsError:
            return path.read_text().strip()
        return value
