"""Handing the outbox's sweep and its health to the kernel."""

from portal.core.health import register_check
from portal.core.periodic import register_periodic
from portal.core.time import now

from .selectors import check_outbox
from .services.sweeping import sweep

SWEEP_SECONDS = 60


def register() -> None:
    """Called once, when the app is ready."""
    register_periodic("avisos", SWEEP_SECONDS, lambda _moment: sweep(clock=now))
    register_check("avisos", check_outbox)
