"""Settings of the test suite: the same house, cheap passwords, a folder that is thrown away."""

import os
import tempfile
from pathlib import Path

from . import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_folder = Path(tempfile.gettempdir()) / "ventanilla-tests"
MEDIA_ROOT = _folder / "archivos"
# Each process of the suite makes its own authority: two would write over each other's.
DOCUMENTS_PKI_DIR = _folder / f"pki-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in an install: threads of an in-memory database lock each other out of its tables.
    _folder.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / f"{os.getpid()}.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# Emptying a cache must not empty that of the suite's other processes: each has a Redis database
# and names for its groups of its own.
if REDIS_URL:  # noqa: F405
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    _server, _, _ = REDIS_URL.rpartition("/")  # noqa: F405
    CACHES["default"]["LOCATION"] = f"{_server}/{10 + int(_worker) % 6}"  # noqa: F405
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"pruebas-{_worker}"  # noqa: F405
