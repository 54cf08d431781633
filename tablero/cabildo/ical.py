"""Sessions as calendar files (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from .constants import EstadoSesion
from .models import Sesion
from .services.convening import agenda_text

#: How long a session is put down for; nobody knows beforehand.
LASTS = dt.timedelta(hours=2)


def calendar_file(rows: Iterable[Sesion], *, host: str, stamp: dt.datetime) -> bytes:
    """
    One event for each session. The identifier stays the same, and the number of changes grows, so
    that a calendar that has it already moves or strikes it.
    """
    book = Calendar()
    book.add("prodid", "-//Ventanilla//Cabildo//ES")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    for row in rows:
        book.add_component(_event(row, host, stamp))
    return book.to_ical()


def _event(row: Sesion, host: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"sesion-{row.pk}@{host}")
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("sequence", row.cambios)
    event.add("dtstart", row.inicia_en.astimezone(dt.UTC))
    event.add("dtend", (row.inicia_en + LASTS).astimezone(dt.UTC))
    event.add("summary", str(row))
    event.add("location", row.lugar)
    event.add("description", agenda_text(row))
    cancelled = row.estado == EstadoSesion.CANCELADA
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event
