"""Handing the outbox's sweep and its health to the kernel."""

from importlib import import_module
from importlib.util import find_spec

from portal.core.time import now

from .selectors import health_report
from .services.sweeping import sweep

SWEEP_SECONDS = 60


def register() -> None:
    """Called once, when the app is ready. A kernel without one of the two goes without it."""
    if find_spec("portal.core.periodic"):
        periodic = import_module("portal.core.periodic")
        periodic.register_periodic("avisos", SWEEP_SECONDS, lambda _moment: sweep(clock=now))
    if find_spec("portal.core.health"):
        import_module("portal.core.health").register_check("avisos", health_report)
