"""Two guards of every request: declared access, and domain errors told as pages."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from .access import access_of
from .errors import DomainError, UnavailableError

logger = logging.getLogger("ventanilla.http")


class AccessMiddleware:
    """Refuses a view that declares no access, so that a forgotten decorator fails closed."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs) -> None:
        if access_of(view_func) is None:
            raise PermissionDenied(f"{view_func.__module__}.{view_func.__name__} has no access")


#: The page of each status; the rest are told on that of 400.
PAGES = {status: f"{status}.html" for status in (403, 404, 409, 429, 503)}
RETRY_SECONDS = 30


class DomainErrorMiddleware:
    """
    Shows a DomainError that a view let through as a page with the right status.

    A database that is locked, full or gone is told as such an error: nothing was changed.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError):
            return _database_down(request, exception)
        if not isinstance(exception, DomainError):
            return None
        context = {"error": exception, "enviado": request.method == "POST"}
        template = PAGES.get(exception.status, "400.html")
        response = render(request, template, context, status=exception.status)
        retry_after = getattr(exception, "retry_after", None)
        if retry_after:
            response["Retry-After"] = str(retry_after)
        return response


def _database_down(request, exception: OperationalError) -> HttpResponse:
    """Without context processors: they would ask the database again."""
    logger.error("database_unavailable", exc_info=exception)
    context = {"error": UnavailableError(), "enviado": request.method == "POST"}
    response = HttpResponse(get_template("503.html").render(context), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
