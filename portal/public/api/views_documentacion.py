"""What explains the API: its schema, a page to read, a page per problem, and the unknown path."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core.access import public
from portal.core.errors import NotFoundError

from .base import PublicApiView
from .documentation import api_schema, marked, themes
from .problems import BY_SLUG, KINDS
from .views_catalogo import CataloguePage


class SchemaView(CataloguePage):
    """OpenAPI 3, as JSON or, asked for by ``Accept`` or ``?format=yaml``, as YAML."""

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(api_schema())


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The documentation to read, made from the schema."""
    info = api_schema()["info"]
    context = {"temas": themes(), "info": info, "entrada": marked(info["description"])}
    return render(request, "api/documentacion.html", context)


@public
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Every kind of problem."""
    return render(request, "api/problemas.html", {"problemas": KINDS.values()})


@public
@require_safe
def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a kind of problem means and what to do; the address that ``type`` gives."""
    if slug not in BY_SLUG:
        raise Http404
    return render(request, "api/problema.html", {"problema": BY_SLUG[slug]})


class UnknownView(PublicApiView):
    """Any other address under the API: a problem, not a page."""

    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        if not request.path.endswith("/") and _exists(f"{request.path}/"):
            line = _("Esta dirección no existe; con diagonal al final, sí: %(path)s/")
            raise NotFoundError(line % {"path": request.path})
        raise NotFoundError(_("Esta dirección no existe."))


def _exists(path: str) -> bool:
    try:
        return resolve(path).url_name != "desconocida"
    except Resolver404:
        return False
