"""How the threads of a server share its processor."""

import sys

#: Seconds a thread may run on while another waits; Python's own is ten times as long.
TURN = 0.0005


def share_fairly() -> None:
    """
    Shorten the turns of threads.

    A thread that comes back from the database waits for a turn. In a filing it comes back twenty
    times with the folio's counter locked, so the length of a turn is what the others wait for.
    """
    sys.setswitchinterval(TURN)
