"""Answers that belong to no page of the site."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .access import public
from .errors import NotAllowedError
from .health import check_all
from .time import now


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the session ended or cookies are off."""
    error = NotAllowedError(
        _("La página caducó o su navegador no guarda cookies. Vuelva atrás, recargue y reintente.")
    )
    return render(request, "403.html", {"error": error}, status=403)


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """``GET /salud``: how each part is, 503 when one fails."""
    with override("es-mx"):
        parts = check_all(now())
    well = all(part["estado"] == "bien" for part in parts.values())
    body = {"estado": "bien" if well else "falla", **parts}
    return JsonResponse(
        body, status=200 if well else 503, json_dumps_params={"ensure_ascii": False}
    )
