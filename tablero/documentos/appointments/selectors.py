"""Who held which post on a day."""

import datetime as dt

from django.db.models import Q, QuerySet

from portal.core.text import fold
from portal.documents.constants import IN_FORCE_STATES
from portal.documents.models import Documento

from ..models import Nombramiento


def in_force(day: dt.date) -> QuerySet[Nombramiento]:
    """Appointments in force on ``day``, by office and post."""
    still = Q(termina__isnull=True) | Q(termina__gte=day)
    return (
        Nombramiento.objects.filter(still, desde__lte=day, sin_efecto=False)
        .select_related("documento", "protesta", "revocacion")
        .order_by("adscripcion", "cargo", "desde", "pk")
    )


def holders_on(day: dt.date, *, q: str = "") -> QuerySet[Nombramiento]:
    """The same, of those that hold every word of ``q`` in person, post or office."""
    rows = in_force(day)
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def history_of_post(row: Nombramiento) -> QuerySet[Nombramiento]:
    """Everybody appointed to the same post of the same office, newest first."""
    return (
        Nombramiento.objects.filter(puesto=row.puesto)
        .select_related("documento", "protesta", "revocacion")
        .order_by("-desde", "-pk")
    )


def unmatched_documents() -> QuerySet[Documento]:
    """Oaths and revocations in force that name no appointment of the register."""
    return (
        Documento.objects.filter(
            tipo__clave__in=("acta_protesta", "revocacion_nombramiento"),
            estado__in=IN_FORCE_STATES,
            nombramiento_protestado__isnull=True,
            nombramiento_revocado__isnull=True,
        )
        .select_related("tipo")
        .order_by("pk")
    )


def alarming(rows: list[Nombramiento], day: dt.date) -> dict[int, str]:
    """What to mend about each, in one word a row: «ends», «oath» or «twice»."""
    seen: dict[str, list[int]] = {}
    for row in rows:
        seen.setdefault(row.puesto, []).append(row.pk)
    twice = {pk for pks in seen.values() if len(pks) > 1 for pk in pks}
    soon = day + dt.timedelta(days=90)
    found = {}
    for row in rows:
        if row.termina is not None and row.termina <= soon:
            found[row.pk] = "ends"
        elif row.protesta_id is None:
            found[row.pk] = "oath"
        elif row.pk in twice:
            found[row.pk] = "twice"
    return found
