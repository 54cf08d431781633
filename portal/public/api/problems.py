"""
How the API says that something went wrong: RFC 9457 problem details, in one place.

``type`` is the address of a page that explains the kind of problem, one per status; ``code`` is
finer and stable, for programs; ``errores`` holds the lines of each field.
"""

import json
import logging
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.views import set_rollback

from portal.core.errors import DomainError, TooManyAttemptsError
from portal.core.middleware import RETRY_SECONDS

CONTENT_TYPE = "application/problem+json"
#: Name under which faults of the whole, not of one field, are listed.
GENERAL = "general"
log = logging.getLogger("ventanilla.api")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its page, its title, and what to do about it."""

    slug: str
    status: int
    title: Any
    advice: Any


KINDS = {
    kind.status: kind
    for kind in (
        Kind(
            "solicitud-ilegible", 400, _("La solicitud no se pudo leer"),
            _("Revise que el cuerpo sea JSON válido en UTF-8 y que los encabezados y los "
              "parámetros de la dirección sean los que pide la operación."),
        ),
        Kind(
            "no-identificado", 401, _("Falta identificarse"),
            _("Pida un token en «sesion/» y envíelo como «Authorization: Token …». "
              "Los tokens caducan."),
        ),
        Kind(
            "no-permitido", 403, _("No tiene permiso"),
            _("Su cargo de hoy no permite ese acto sobre esa petición."),
        ),
        Kind(
            "no-encontrado", 404, _("No existe o no está a su alcance"),
            _("La respuesta es la misma para lo que no existe y para lo que usted no puede "
              "conocer. Revise la dirección (todas terminan con diagonal), el folio y el PIN."),
        ),
        Kind(
            "metodo-no-admitido", 405, _("Ese método no se admite aquí"),
            _("El encabezado «Allow» dice cuáles se admiten."),
        ),
        Kind(
            "formato-no-ofrecido", 406, _("No se ofrece el formato pedido"),
            _("Pida «application/json» en el encabezado «Accept», o no lo envíe."),
        ),
        Kind(
            "conflicto", 409, _("El asunto cambió o ya no admite ese acto"),
            _("Si el problema trae «cambios», alguien actuó mientras tanto: léalos, vuelva a "
              "consultar la petición y repita el acto con la versión nueva. Nada se guardó."),
        ),
        Kind(
            "demasiado-grande", 413, _("Lo enviado es demasiado grande"),
            _("Envíe un texto o un archivo más pequeño."),
        ),
        Kind(
            "tipo-no-admitido", 415, _("Tipo de contenido no admitido"),
            _("Envíe «Content-Type: application/json», o «multipart/form-data» para archivos."),
        ),
        Kind(
            "entrada-invalida", 422, _("Hay datos que corregir"),
            _("«errores» dice, campo por campo, qué hay que corregir. Nada se guardó."),
        ),
        Kind(
            "demasiados-intentos", 429, _("Demasiados intentos"),
            _("Espere los segundos que dice el encabezado «Retry-After» y repita."),
        ),
        Kind(
            "error-interno", 500, _("Hubo un error de nuestro lado"),
            _("Repita más tarde. Al presentar, use la misma «Idempotency-Key»: no habrá dos "
              "folios."),
        ),
        Kind(
            "no-disponible", 503, _("No disponible por el momento"),
            _("Algo que hace falta no funciona ahora. Nada se guardó; repita más tarde."),
        ),
    )
}  # fmt: skip
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}


class InvalidQueryError(exceptions.APIException):
    """A parameter of the address or a header is not what the operation asks (400)."""

    status_code = 400
    default_code = "parametros_invalidos"
    default_detail = _("Revise los parámetros de la dirección y los encabezados.")

    def __init__(self, fields: dict[str, list]) -> None:
        super().__init__()
        self.fields = fields


class BodyTooBigError(exceptions.APIException):
    """The body is larger than the operation reads (413)."""

    status_code = 413
    default_code = "demasiado_grande"
    default_detail = _("Lo enviado es demasiado grande.")


def problem(
    request: HttpRequest,
    status: int,
    *,
    detail=None,
    code: str = "",
    fields: dict | None = None,
    headers: dict | None = None,
    **more,
) -> HttpResponse:
    """
    A problem as a response, in the active language.

    ``more`` are extension members; keys without a value are left out.
    """
    kind = KINDS.get(status) or KINDS[500 if status >= 500 else 400]
    body = {
        "type": reverse("api:problema", args=[kind.slug]),
        "title": str(kind.title),
        "status": status,
        "detail": str(detail or kind.advice),
        "instance": request.path,
        "code": code or kind.slug.replace("-", "_"),
    }
    if fields:
        body["errores"] = as_fields(fields)
    body.update({name: value for name, value in more.items() if value not in (None, "", [])})
    text = json.dumps(body, ensure_ascii=False, default=force_str)
    content = text.encode("utf-8", "replace")
    return HttpResponse(content, status=status, content_type=CONTENT_TYPE, headers=headers)


def as_fields(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """
    Nested errors laid flat: ``{"lugar": {"latitud": [..]}}`` is ``{"lugar.latitud": [..]}``.

    What concerns the whole stands under ``general``.
    """
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, value in detail.items():
            name = "" if name == "non_field_errors" else str(name)
            for path, lines in as_fields(value, f"{prefix}.{name}".strip(".")).items():
                found.setdefault(path, []).extend(lines)
        return found
    if isinstance(detail, (list, tuple)):
        if not any(isinstance(item, (dict, list)) for item in detail):
            return {prefix or GENERAL: [str(item) for item in detail]} if detail else {}
        return as_fields({str(i): item for i, item in enumerate(detail) if item}, prefix)
    return {prefix or GENERAL: [str(detail)]}


def exception_handler(error: Exception, context: dict) -> HttpResponse:
    """DRF's hook: every exception of an API view becomes a problem."""
    set_rollback()
    return respond(error, context["request"])


@singledispatch
def respond(error: Exception, request) -> HttpResponse:
    """The problem that an exception is told as; an unexpected one is logged and becomes a 500."""
    log.error("unexpected error in the API", exc_info=error)
    got_request_exception.send(sender=None, request=getattr(request, "_request", request))
    return problem(request, 500, code="error_interno")


@respond.register
def _domain(error: DomainError, request) -> HttpResponse:
    details = {key: value for key, value in error.details.items() if key in _SHOWN_DETAILS}
    return problem(
        request,
        error.status,
        detail=error.message,
        code=error.code,
        fields=getattr(error, "fields", None),
        **details,
    )


#: Details of a domain error that a program may use; the rest is for the log.
_SHOWN_DETAILS = frozenset({"cambios", "version", "estado"})


@respond.register
def _database_down(error: OperationalError, request) -> HttpResponse:
    log.error("database_unavailable", exc_info=error)
    return problem(request, 503, headers={"Retry-After": str(RETRY_SECONDS)})


@respond.register
def _too_many(error: TooManyAttemptsError, request) -> HttpResponse:
    headers = {"Retry-After": str(error.retry_after)}
    return problem(request, 429, detail=error.message, code=error.code, headers=headers)


@respond.register
def _api(error: exceptions.APIException, request) -> HttpResponse:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))
    detail = error.detail if isinstance(error.detail, str) else None
    code = getattr(error.detail, "code", error.default_code)
    fields = getattr(error, "fields", None)
    status = error.status_code
    return problem(
        request, status, detail=detail, code=_CODES.get(code, code), fields=fields, headers=headers
    )


_CODES = {
    "not_authenticated": "no_identificado",
    "authentication_failed": "token_invalido",
    "permission_denied": "no_permitido",
    "not_found": "no_encontrado",
    "method_not_allowed": "metodo_no_admitido",
    "not_acceptable": "formato_no_ofrecido",
    "unsupported_media_type": "tipo_no_admitido",
    "throttled": "demasiados_intentos",
    "parse_error": "solicitud_ilegible",
    "error": "error",
}


@respond.register
def _not_acceptable(error: exceptions.NotAcceptable, request) -> HttpResponse:
    return problem(request, 406)


@respond.register
def _method(error: exceptions.MethodNotAllowed, request) -> HttpResponse:
    return problem(request, 405, headers=getattr(error, "headers", None))


@respond.register
def _media_type(error: exceptions.UnsupportedMediaType, request) -> HttpResponse:
    return problem(request, 415)


@respond.register
def _anonymous(error: exceptions.NotAuthenticated, request) -> HttpResponse:
    headers = {"WWW-Authenticate": getattr(error, "auth_header", "Token")}
    return problem(request, 401, headers=headers)


@respond.register
def _validation(error: exceptions.ValidationError, request) -> HttpResponse:
    return problem(
        request,
        422,
        detail=_("Revise los datos marcados."),
        code="entrada_invalida",
        fields=as_fields(error.detail),
    )


@respond.register(Http404)
def _missing(error, request) -> HttpResponse:
    return problem(request, 404)


@respond.register(PermissionDenied)
def _denied(error, request) -> HttpResponse:
    return problem(request, 403)


@respond.register(RequestDataTooBig)
def _too_big(error, request) -> HttpResponse:
    return problem(request, 413)


@respond.register(SuspiciousOperation)
@respond.register(BadRequest)
@respond.register(UnreadablePostError)
def _unreadable(error, request) -> HttpResponse:
    return problem(request, 400)
