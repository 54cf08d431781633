"""Pages of the register of posts."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.policies import StaffPolicy
from portal.core.access import staff_only
from portal.core.errors import NotAllowedError
from portal.core.text import clean_text
from portal.core.time import today

from ..models import Nombramiento
from .paper import holders_pdf, holders_sheet
from .selectors import alarming, history_of_post, holders_on, unmatched_documents

MOST = 2000


def _require(request: HttpRequest) -> None:
    """Posts and who holds them are public; the page is for the staff."""
    if not StaffPolicy(request.user).is_staff_member:
        raise NotAllowedError


def _asked(request: HttpRequest) -> tuple[dt.date, str, bool]:
    """The day, the words, and whether the day could be read."""
    words = clean_text(request.GET.get("q", ""))[:100]
    typed = request.GET.get("dia", "").strip()
    if not typed:
        return today(), words, True
    try:
        return dt.date.fromisoformat(typed), words, True
    except ValueError:
        return today(), words, False


@staff_only
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Who held each post on a day."""
    _require(request)
    day, words, good = _asked(request)
    rows = list(holders_on(day, q=words)[:MOST])
    marks = alarming(rows, day)
    context = {
        "dia": day,
        "q": words,
        "dia_malo": not good,
        "filas": [{"n": row, "marca": marks.get(row.pk, "")} for row in rows],
        "sueltos": list(unmatched_documents()[:20]),
        "consulta": f"?dia={day.isoformat()}",
        "migas": [{"label": _("Cargos")}],
    }
    return render(request, "tablero/documentos/cargos.html", context)


@staff_only
@require_safe
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """One appointment, and everybody who held the post."""
    _require(request)
    row = get_object_or_404(
        Nombramiento.objects.select_related("documento", "protesta", "revocacion"), pk=pk
    )
    context = {
        "n": row,
        "vigente": row.in_force_on(today()),
        "historia": list(history_of_post(row)[:100]),
        "hoy": today(),
        "migas": [
            {"label": _("Cargos"), "url": reverse("documentos:cargos")},
            {"label": row.cargo},
        ],
    }
    return render(request, "tablero/documentos/cargo.html", context)


@staff_only
@require_safe
def export(request: HttpRequest, formato: str) -> HttpResponse:
    """The same list to take along."""
    _require(request)
    day, words, _good = _asked(request)
    rows = list(holders_on(day, q=words)[:MOST])
    name = f"cargos-{day.isoformat()}"
    if formato == "xlsx":
        return holders_sheet(rows, name)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    content = holders_pdf(rows, day, printed=today())
    return HttpResponse(content, content_type="application/pdf", headers=headers)
