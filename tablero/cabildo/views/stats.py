"""Attendance and votes of each member over a year or a stretch of time."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.time import today
from tablero.shared.export import csv_response, xlsx_response

from ..member_stats import member_stats
from .base import asked_day, crumbs, room_page


def asked_span(request: HttpRequest) -> tuple[dt.date, dt.date, bool]:
    """The first and the last day asked for, this year so far without; and whether they are bad."""
    now = today()
    since, bad_since = asked_day(request, "desde", dt.date(now.year, 1, 1))
    until, bad_until = asked_day(request, "hasta", now)
    return since, until, bad_since or bad_until or since > until


def _heads() -> list[str]:
    return [
        _("Integrante"),
        _("Partido"),
        _("Sesiones a las que se convocó"),
        _("Asistió"),
        _("Faltó"),
        _("A favor"),
        _("En contra"),
        _("Abstenciones"),
        _("Excusas"),
        _("Sin votar"),
    ]


@room_page("view", "GET", "HEAD")
def stats(request: HttpRequest) -> HttpResponse:
    """The table, of the year so far unless other dates are asked for."""
    since, until, bad = asked_span(request)
    context = {
        "desde": since,
        "hasta": until,
        "mal": bad,
        "filas": [] if since > until else member_stats(since, until),
        "consulta": f"?desde={since.isoformat()}&hasta={until.isoformat()}",
        "migas": crumbs((_("Integrantes"), reverse("cabildo:integrantes")), (_("Estadística"),)),
    }
    return render(request, "tablero/cabildo/estadistica.html", context)


@room_page("view", "GET", "HEAD")
def export(request: HttpRequest, formato: str) -> HttpResponse:
    """The same table, to be published."""
    since, until, _bad = asked_span(request)
    rows = [row.row() for row in member_stats(since, until)]
    name = f"asistencia-y-votos-{since.isoformat()}-{until.isoformat()}"
    if formato == "csv":
        return csv_response(name, _heads(), rows)
    if formato == "xlsx":
        return xlsx_response(name, _heads(), rows)
    raise Http404
