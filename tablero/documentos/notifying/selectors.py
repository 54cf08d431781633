"""Reading notifications for who may see their documents."""

import datetime as dt

from django.db.models import QuerySet

from portal.core.clock import Calendar
from portal.documents.constants import (
    IN_FORCE_STATES,
    UNSETTLED_NOTICES,
    EstadoNotificacion,
    MedioNotificacion,
)
from portal.documents.models import Documento, NotificacionDocumento
from portal.documents.policies import DocumentoPolicy

TRAYS = ("pendientes", "por_vencer", "vencidas", "practicadas", "fallidas", "todas")


def notices_for(viewer, *, tray: str, medio: str, day: dt.date, calendar: Calendar) -> QuerySet:
    """The notifications of a tray, newest first, of documents that ``viewer`` may see."""
    visible = DocumentoPolicy(viewer).visible().order_by()
    rows = NotificacionDocumento.objects.filter(documento__in=visible.values("pk"))
    rows = rows.select_related("documento__tipo", "documento__dependencia").defer(
        "documento__contenido"
    )
    waiting = rows.filter(estado__in=UNSETTLED_NOTICES, documento__estado__in=IN_FORCE_STATES)
    if tray == "pendientes":
        rows = waiting
    elif tray == "por_vencer":
        rows = waiting.filter(vence__gte=day, vence__lte=calendar.next_business(day))
    elif tray == "vencidas":
        rows = waiting.filter(vence__lt=day)
    elif tray == "practicadas":
        rows = rows.filter(estado=EstadoNotificacion.PRACTICADA)
    elif tray == "fallidas":
        rows = rows.filter(estado=EstadoNotificacion.FALLIDA)
    if medio in MedioNotificacion.values:
        rows = rows.filter(medio=medio)
    return rows


def notices_of(documento: Documento) -> list[NotificacionDocumento]:
    """Those of one document, in the order they were ordered."""
    return list(documento.notificaciones.order_by("pk"))


def papers_of(row: NotificacionDocumento) -> list[Documento]:
    """The papers that were issued for it, and its sealed proof, oldest first."""
    rows = Documento.objects.filter(origen__startswith=f"notificacion:{row.pk}:")
    return list(rows.select_related("tipo").defer("contenido").order_by("pk"))
