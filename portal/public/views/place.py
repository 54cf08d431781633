"""Where it happens, and the polygons for the optional map."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.access import public
from tramites.constants import Lugar
from tramites.models import Colonia

from .. import steps
from ..forms import PlaceForm
from .later import leave
from .path import Path, load

FIELDS = ("direccion", "colonia", "referencia", "latitud", "longitud", "sin_direccion")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Street, neighbourhood and reference, or a point; a place outside is refused."""
    path = load(request)
    if elsewhere := path.guard(steps.LUGAR):
        return elsewhere
    names = dict(Colonia.objects.values_list("clave", "nombre"))
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        servicio=path.servicio,
        colonias=names,
        initial={**(path.datos.get("lugar") or {}), **path.raw(steps.LUGAR)},
    )
    if request.method != "POST":
        return _page(path, form)
    if "luego" in request.POST:
        return leave(path, steps.LUGAR)
    if not form.is_valid():
        path.keep_raw(steps.LUGAR)
        return _page(path, form, status=422)
    given = {name: form.cleaned_data.get(name) for name in FIELDS}
    given["colonia_nombre"] = names.get(given["colonia"], "")
    path.save(steps.LUGAR, {"lugar": given})
    return path.go(steps.LUGAR)


def _page(path: Path, form: PlaceForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "opcional": path.servicio.lugar == Lugar.OPCIONAL}
    return path.page(steps.LUGAR, "lugar", context, status)


@public
@require_safe
@cache_control(public=True, max_age=3600)
@gzip_page
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the neighbourhoods, with key and name."""
    features = [
        {
            "type": "Feature",
            "properties": {"clave": clave, "nombre": nombre},
            "geometry": geometry,
        }
        for clave, nombre, geometry in Colonia.objects.values_list("clave", "nombre", "poligono")
    ]
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response["Content-Type"] = "application/geo+json"
    return response
