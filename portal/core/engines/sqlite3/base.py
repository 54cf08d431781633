"""
Django's SQLite, whose writers queue.

SQLite lets one transaction write at a time, and whoever finds it busy sleeps, longer each time, up
to a tenth of a second: the file lies idle while everybody sleeps, and the last to come may be the
first served. So the threads of a process queue here for the turn to write, and only the first of
them asks SQLite, often, since the holder may be in another process.
"""

import os
import threading
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

#: Seconds between two askings for the file while another process has it, and at most.
_SOON, _LATER = 0.0005, 0.01

_turn = threading.Lock()


def _renew() -> None:
    """A child process starts with no transaction of its own: nobody there would give the turn."""
    global _turn
    _turn = threading.Lock()


os.register_at_fork(after_in_child=_renew)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins to write when its turn has come, and gives it back at the end."""

    #: The lock this connection holds while it is in a transaction that may write.
    _held: Any = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE" or self.is_in_memory_db():
            return super()._start_transaction_under_autocommit()
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + patience
        turn = _turn
        if not turn.acquire(timeout=patience):
            raise OperationalError("database is locked")
        self._held = turn
        try:
            self._begin(until, patience)
        except BaseException:
            self._give_turn()
            raise

    def _begin(self, until: float, patience: float) -> None:
        """
        Ask for the file without sleeping in SQLite, until it is had.

        :raises OperationalError: it was not to be had in time.
        """
        pause = _SOON
        with self.cursor() as cursor:
            self.connection.execute("PRAGMA busy_timeout = 0")
            try:
                while True:
                    try:
                        cursor.execute("BEGIN IMMEDIATE")
                        return
                    except OperationalError:
                        if time.monotonic() >= until:
                            raise
                    time.sleep(pause)
                    pause = min(pause * 1.2, _LATER)
            finally:
                self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def _give_turn(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.release()

    def _commit(self) -> None:
        super()._commit()
        # Not after a commit that failed: what follows it is a rollback.
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._give_turn()
