"""The live panel, its wall and its figures to take along."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.time import now
from tablero.shared.export import csv_response
from tablero.shared.views import LIVE_PATH, partial_errors

from .board import DEFAULT_PERIOD, PERIODS, Board


def _board(request: HttpRequest) -> Board:
    raw = request.GET.get("dias", "")
    return Board(request.user, now=now(), days=int(raw) if raw.isdigit() else DEFAULT_PERIOD)


def _context(request: HttpRequest) -> dict:
    board = _board(request)
    return {
        "tablero": board,
        "ahora": board.now,
        "periodos": [{"dias": n, "current": n == board.days} for n in PERIODS],
        "live_path": LIVE_PATH,
        "migas": [{"label": _("Panel")}],
        "ayuda_texto": _(
            "Cuántos asuntos hay y cómo van sus plazos. Cada cifra lleva a su lista de asuntos."
        ),
    }


@staff_only
@require_safe
@partial_errors
def panel(request: HttpRequest) -> HttpResponse:
    """The panel; htmx asks for its figures alone."""
    alone = request.headers.get("HX-Request") and request.GET.get("parte") == "cifras"
    template = "tablero/panel/_cifras.html" if alone else "tablero/panel/panel.html"
    return render(request, template, _context(request))


@staff_only
@require_safe
@partial_errors
def muro(request: HttpRequest) -> HttpResponse:
    """The wall: read from five metres, touched by nobody."""
    alone = request.headers.get("HX-Request") and request.GET.get("parte") == "cifras"
    template = "tablero/panel/_muro.html" if alone else "tablero/panel/muro.html"
    return render(request, template, _context(request) | {"oob": alone})


@staff_only
@require_safe
def dias_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The series of the picture, one line a day."""
    board = _board(request)
    head = [_("Día"), _("Recibidos"), _("Contestados"), _("Contestados en plazo")]
    rows = [(d.fecha.isoformat(), d.recibidas, d.respondidas, d.en_plazo) for d in board.series]
    return csv_response("asuntos-por-dia", head, rows)


@staff_only
@require_safe
def semaforo_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The semaphore, one line an office."""
    board = _board(request)
    head = [
        _("Dependencia"),
        _("Vencidos"),
        _("Por vencer"),
        _("A tiempo"),
        _("En pausa"),
        _("En plazo, 90 días (%)"),
    ]
    rows = [
        (row.office.nombre, *row.load.semaforo().values(), row.load.en_plazo)
        for row in board.rows()
    ]
    return csv_response("semaforo-por-dependencia", head, rows)
