"""The room's block on the staff home, and its count in the navigation."""

from django.utils.translation import gettext as _

from portal.accounts.policies import StaffPolicy
from portal.core.calendar import current_calendar
from portal.core.time import today
from portal.documents.selectors.documentos import documentos_for, waiting_counts

from .standing import Standing, with_waiting

FIRST = 6


def opens_documents(user) -> bool:
    """Whether the person has a post: anybody may be asked to review or to sign."""
    return StaffPolicy(user).is_staff_member


def waiting_of(user) -> int | None:
    """How many documents wait for the person; ``None`` when none does."""
    return sum(waiting_counts(user).values()) or None


def my_day(request) -> dict | None:
    """Variables of ``_mi_dia.html``; ``None`` when no document waits for the person."""
    counts = waiting_counts(request.user)
    total = sum(counts.values())
    if not total:
        return None
    words = {"por_firmar": _("Su firma"), "por_revisar": _("Su revisión")}
    calendar, day, lines = current_calendar(), today(), []
    for tray in (tray for tray, n in counts.items() if n):
        rows = documentos_for(request.user, tray=tray).order_by("vence_etapa", "pk")
        for row in with_waiting(rows)[:FIRST]:
            lines.append({"paso": Standing(row, day, calendar), "que": words[tray]})
    return {"filas": lines, "mas": max(total - len(lines), 0)}
