"""Without signal: a short form that waits in the phone and sends itself once, through the API."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.ui.site import municipality
from tramites.constants import Lugar
from tramites.models import Colonia, Servicio

from .common import crumbs

ASSETS = ("ui/ventanilla.css", "ui/ventanilla.js", "public/sin-senal.js")
PAGE = "/presentar/sin-senal/"


@public
@require_safe
@cache_control(public=True, max_age=300)
def offline_form(request: HttpRequest) -> HttpResponse:
    """One page with what can be filed without contact, files or needed questions."""
    services = (
        Servicio.objects.filter(activo=True, anonimo=True)
        .exclude(preguntas__requerida=True)
        .select_related("tema")
        .order_by("tema__orden", "orden", "nombre")
    )
    context = {
        "migas": crumbs((_("Sin señal"), "")),
        "servicios": services,
        "con_lugar": Lugar.REQUERIDO,
        "colonias": Colonia.objects.values_list("clave", "nombre"),
    }
    return render(request, "public/presentar/sin_senal.html", context)


@public
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """What the browser keeps so that the page above opens without network."""
    files = [static(name) for name in (*ASSETS, municipality()["emblema"])]
    files += [reverse("ui:colores"), PAGE]
    version = hashlib.sha256("|".join(files).encode()).hexdigest()[:12]
    context = {"archivos": files, "version": version, "pagina": PAGE}
    return render(request, "public/sw.js", context, content_type="text/javascript")
