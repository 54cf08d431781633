"""Reading charges."""

import datetime as dt

from django.db.models import Count, Prefetch, Q, QuerySet

from portal.core.calendar import current_calendar
from portal.core.models import EventRecord
from portal.core.text import fold

from .constants import OPEN_STATES, SOON_DAYS, EstadoEncargo
from .models import Encargo, InformeEncargo
from .policies import EncargoPolicy

#: Statuses of the semaphore by which a list is filtered.
LIGHTS = ("vencida", "por_vencer", "en_tiempo", "terminada")


def charges_for(
    viewer, today: dt.date, *, estado: str = "", luz: str = "", q: str = ""
) -> QuerySet[Encargo]:
    """The charges that match every filter, newest first."""
    rows = EncargoPolicy(viewer).visible().select_related("dependencia", "responsable")
    if estado in EstadoEncargo.values:
        rows = rows.filter(estado=estado)
    if luz in LIGHTS:
        rows = rows.filter(_of_light(luz, today))
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows.order_by("-pk")


def soon_until(today: dt.date) -> dt.date:
    """The last day that, today, is about to come: ``SOON_DAYS`` business days ahead."""
    calendar, day = current_calendar(), today
    for _step in range(SOON_DAYS):
        day = calendar.next_business(day)
    return day


def light_of(encargo: Encargo, today: dt.date, soon: dt.date) -> str:
    """Its status of the semaphore, the same as a case's; ``soon`` is ``soon_until(today)``."""
    if encargo.estado not in OPEN_STATES:
        return "terminada"
    if encargo.vence < today:
        return "vencida"
    return "por_vencer" if encargo.vence <= soon else "en_tiempo"


def _of_light(luz: str, today: dt.date) -> Q:
    soon = soon_until(today)
    alive = Q(estado__in=OPEN_STATES)
    return {
        "terminada": ~alive,
        "vencida": alive & Q(vence__lt=today),
        "por_vencer": alive & Q(vence__gte=today, vence__lte=soon),
        "en_tiempo": alive & Q(vence__gt=soon),
    }[luz]


def light_counts(rows: QuerySet[Encargo], today: dt.date) -> dict[str, int]:
    """How many of ``rows`` there are under each light."""
    return rows.order_by().aggregate(
        **{luz: Count("pk", filter=_of_light(luz, today)) for luz in LIGHTS}
    )


def charges_of(clase: str, claves: list[str]) -> QuerySet[Encargo]:
    """The charges that come from some things of a room, for the room's own pages."""
    rows = Encargo.objects.filter(origen_clase=clase, origen_clave__in=claves)
    return rows.select_related("dependencia", "responsable").order_by("pk")


def reports_of(encargo: Encargo) -> list[InformeEncargo]:
    """Its reports with their evidence, newest first."""
    rows = encargo.informes.select_related("autor").prefetch_related(Prefetch("evidencias"))
    return list(rows.order_by("-pk"))


def charge_facts(encargo: Encargo) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"encargo:{encargo.pk}").order_by("-sequence"))
