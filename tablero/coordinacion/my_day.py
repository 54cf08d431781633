"""The room's block on the staff home, and its count in the navigation."""

from portal.core.time import today

from .constants import OPEN_STATES, EstadoEncargo
from .policies import EncargoPolicy
from .presenting import charge_lines

FIRST = 6


def opens_charges(user) -> bool:
    """Whether the room has anything for the person."""
    return EncargoPolicy(user).can_enter()


def _waiting(user):
    """What waits for the person: to validate for the Secretaría, to do for the others."""
    policy = EncargoPolicy(user)
    rows = policy.visible()
    if policy.can_give():
        return rows.filter(estado=EstadoEncargo.POR_VALIDAR)
    return rows.filter(estado__in=OPEN_STATES).exclude(estado=EstadoEncargo.POR_VALIDAR)


def waiting_of(user) -> int | None:
    """How many charges wait for the person; ``None`` when none does."""
    return _waiting(user).count() or None


def my_day(request) -> dict | None:
    """Variables of ``_mi_dia.html``; ``None`` when no charge waits for the person."""
    found = _waiting(request.user).select_related("dependencia", "responsable")
    rows = list(found.order_by("vence", "pk")[: FIRST + 1])
    if not rows:
        return None
    return {"filas": charge_lines(rows[:FIRST], today()), "mas": len(rows) > FIRST}
