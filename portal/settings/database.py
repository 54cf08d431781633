"""Database: SQLite in the data folder unless DATABASE_URL names another."""

from .env import DATA_DIR, env

_url = env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'ventanilla.sqlite3'}"
_default = env.db_url_config(_url)
# One connection for the life of each thread: opening one costs more than most of our statements.
_default["CONN_MAX_AGE"] = None
_default["CONN_HEALTH_CHECKS"] = True
if _default["ENGINE"].endswith("sqlite3"):
    _default["ENGINE"] = "portal.core.engines.sqlite3"
    _default["OPTIONS"] = {
        "timeout": 20,
        # A write transaction takes its lock at BEGIN, so two writers queue instead of failing.
        "transaction_mode": "IMMEDIATE",
        # Every thread has a connection with a cache of its own, and the system keeps the file's
        # pages in memory once for all of them: a large cache here is memory, not speed.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON;PRAGMA cache_size=-2000;PRAGMA temp_store=MEMORY;"
        ),
    }

DATABASES = {"default": _default}
