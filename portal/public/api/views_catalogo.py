"""What anybody may read: the index, the catalogue and the neighbourhoods."""

import hashlib

from django.http import Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.rules import rules_in_force
from portal.core.time import today
from tramites.models import Colonia, Servicio

from .base import PublicApiView
from .schema import documented
from .serializers_catalogo import (
    IndexSerializer,
    NeighbourhoodListSerializer,
    ServiceListSerializer,
    ServiceSerializer,
)

TAG = "catálogo"
NOT_MODIFIED = {304: OpenApiResponse(description="No ha cambiado desde el ETag que se envió.")}
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="El `ETag` que ya se tiene."
)
INDEX = {
    "servicios": "servicios",
    "colonias": "colonias",
    "peticiones": "peticiones",
    "adjuntos": "adjuntos",
    "seguimiento": "seguimiento",
    "verificar": "verificar",
    "sesion": "sesion",
    "bandeja": "bandeja",
    "esquema": "esquema",
    "documentacion": "documentacion",
}


class CataloguePage(PublicApiView):
    """A page that changes seldom: it carries an ETag and may be kept for a minute."""

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.render()
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        response["ETag"], response["Cache-Control"] = etag, "public, max-age=60"
        return get_conditional_response(request._request, etag=etag, response=response)


class IndexView(PublicApiView):
    """The addresses of the first steps."""

    @documented(
        summary="Índice",
        tag=TAG,
        ok={200: IndexSerializer},
        operation_id="indice",
    )
    def get(self, request: Request) -> Response:
        return Response({name: reverse(f"api:{route}") for name, route in INDEX.items()})


class ServiceListView(CataloguePage):
    """Every service that can be asked for, by theme."""

    @documented(
        summary="Catálogo de servicios",
        tag=TAG,
        ok={200: ServiceListSerializer, **NOT_MODIFIED},
        parameters=(IF_NONE_MATCH,),
        operation_id="servicios_listar",
    )
    def get(self, request: Request) -> Response:
        rows = _open_services().order_by("tema__orden", "tema__nombre", "orden", "nombre")
        shape = ServiceListSerializer({"servicios": rows}, context={"rules": _rules()})
        return Response(shape.data)


class ServiceView(CataloguePage):
    """One service, with its questions."""

    @documented(
        summary="Un servicio con sus preguntas",
        tag=TAG,
        ok={200: ServiceSerializer, **NOT_MODIFIED},
        problems=(404,),
        parameters=(
            IF_NONE_MATCH,
            OpenApiParameter(
                "clave", str, OpenApiParameter.PATH, description="Clave del servicio."
            ),
        ),
        operation_id="servicios_ver",
    )
    def get(self, request: Request, clave: str) -> Response:
        servicio = _open_services().filter(clave=clave).prefetch_related("preguntas").first()
        if servicio is None:
            raise Http404
        return Response(ServiceSerializer(servicio, context={"rules": _rules()}).data)


class NeighbourhoodListView(CataloguePage):
    """The neighbourhoods, by name."""

    @documented(
        summary="Colonias",
        tag=TAG,
        ok={200: NeighbourhoodListSerializer, **NOT_MODIFIED},
        parameters=(IF_NONE_MATCH,),
        operation_id="colonias_listar",
    )
    def get(self, request: Request) -> Response:
        rows = Colonia.objects.select_related("zona").defer("poligono", "zona__poligono")
        return Response(NeighbourhoodListSerializer({"colonias": rows}).data)


def _open_services():
    return Servicio.objects.filter(activo=True).select_related("tema", "dependencia")


def _rules() -> dict:
    return {rule.clave: rule for rule in rules_in_force(today())}
