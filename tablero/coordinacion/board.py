"""The charges as figures of the panel."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from .policies import EncargoPolicy
from .selectors import light_counts


def charge_totals(user, today: dt.date) -> list[dict]:
    """
    Open charges that ``user`` may know of by their light, each with its list, as
    ``components/totals.html`` takes them; nothing when there is none. One query.
    """
    counts = light_counts(EncargoPolicy(user).visible(), today)
    if not any(counts.values()):
        return []
    words = {
        "vencida": _("Vencidos"),
        "por_vencer": _("Por vencer"),
        "en_tiempo": _("En tiempo"),
        "terminada": _("Terminados"),
    }
    address = reverse("coordinacion:encargos")
    return [
        {"label": label, "value": counts[luz], "status": luz, "url": f"{address}?luz={luz}"}
        for luz, label in words.items()
    ]
