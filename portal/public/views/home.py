"""The page a municipality would put on its posters, and the catalogue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.registry import blocks_for
from portal.core.text import clean_text
from portal.core.time import now as read_clock
from tramites.constants import Lugar

from ..constants import DOORS, door_of
from ..selectors.catalogue import offer_of, offered, offered_by_theme, search, themes
from ..selectors.figures import monthly_figures, weekly_figure
from .common import crumbs
from .start import LONGEST_QUERY


@public
@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    """Search, the three doors, themes, and how the municipality is doing."""
    moment = read_clock()
    blocks = [(block, block.context(request)) for block in blocks_for("inicio")]
    figures = monthly_figures(moment)
    context = {
        "temas": themes(),
        "cifras": figures,
        "grafica": weekly_figure(figures),
        "bloques": [(block.template, data) for block, data in blocks if data is not None],
    }
    return render(request, "public/inicio.html", context)


@public
@require_safe
@gzip_page
def services(request: HttpRequest) -> HttpResponse:
    """The whole catalogue by theme, or what matches some words."""
    moment = read_clock()
    query = " ".join(clean_text(request.GET.get("q", "")).split())[:LONGEST_QUERY]
    door = request.GET.get("puerta", "")
    kinds = DOORS.get(door)
    context = {
        "migas": crumbs((_("Servicios"), "")),
        "q": query,
        "puerta": door if kinds else "",
        "resultados": search(query, kinds, now=moment) if query else [],
        "temas": offered_by_theme(offered(kinds, now=moment)),
    }
    return render(request, "public/servicios.html", context)


@public
@require_safe
def service(request: HttpRequest, clave: str) -> HttpResponse:
    """What one line asks for, how long it takes and on what basis."""
    offer = offer_of(clave, now=read_clock())
    if offer is None:
        return render(
            request,
            "404.html",
            {
                "mensaje": _("Ese servicio no está en el catálogo o ya no se recibe."),
                "que_hacer": _("Búsquelo por su nombre en el catálogo."),
            },
            status=404,
        )
    servicio = offer.servicio
    context = {
        "migas": crumbs((_("Servicios"), reverse("public:servicios")), (str(servicio), "")),
        "oferta": offer,
        "servicio": servicio,
        "puerta": door_of(servicio.tipo),
        "pide_lugar": servicio.lugar == Lugar.REQUERIDO,
    }
    return render(request, "public/servicio.html", context)
