"""Public figures: by office and neighbourhood, with their data to take along."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.time import now as read_clock

from ..selectors.figures import (
    by_neighbourhood,
    by_office,
    monthly_figures,
    weekly_figure,
)
from .common import crumbs

#: Below this many cases a neighbourhood's figures could point at a person.
FEWEST = 3


@public
@require_safe
@gzip_page
def figures(request: HttpRequest) -> HttpResponse:
    """The month, the weeks, each office and each neighbourhood."""
    moment = read_clock()
    month = monthly_figures(moment)
    context = {
        "migas": crumbs((_("Cifras y datos abiertos"), "")),
        "cifras": month,
        "grafica": weekly_figure(month),
        "oficinas": by_office(moment),
        "colonias": by_neighbourhood(moment, fewest=FEWEST),
        "minimo": FEWEST,
    }
    return render(request, "public/cifras.html", context)


def _csv(name: str, head: list[str], rows) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows(rows)
    return response


@public
@require_safe
def weeks_csv(request: HttpRequest) -> HttpResponse:
    """Arrivals and answers by week."""
    month = monthly_figures(read_clock())
    rows = [(w["semana"].isoformat(), w["recibidas"], w["respondidas"]) for w in month["semanas"]]
    return _csv("asuntos-por-semana", ["semana_del", "recibidos", "contestados"], rows)


@public
@require_safe
def offices_csv(request: HttpRequest) -> HttpResponse:
    """The last twelve months by office."""
    rows = [
        (r["nombre"], r["recibidas"], r["respondidas"], r["abiertas"], r["en_plazo"])
        for r in by_office(read_clock())
    ]
    head = ["dependencia", "recibidos", "contestados", "abiertos", "porcentaje_en_plazo"]
    return _csv("asuntos-por-dependencia", head, rows)


@public
@require_safe
def neighbourhoods_csv(request: HttpRequest) -> HttpResponse:
    """The last twelve months by neighbourhood; few cases are not told apart."""
    rows = [
        (r["nombre"], r["recibidas"], r["respondidas"])
        for r in by_neighbourhood(read_clock(), fewest=FEWEST)
    ]
    return _csv("asuntos-por-colonia", ["colonia", "recibidos", "contestados"], rows)
