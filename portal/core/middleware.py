"""Two guards of every request: declared access, and domain errors told as pages."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from .access import access_of
from .errors import DomainError


class AccessMiddleware:
    """Refuses a view that declares no access, so that a forgotten decorator fails closed."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs) -> None:
        if access_of(view_func) is None:
            raise PermissionDenied(f"{view_func.__module__}.{view_func.__name__} has no access")


class DomainErrorMiddleware:
    """Shows a DomainError that a view let through as a page with the right status."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = {403: "403.html", 404: "404.html", 409: "409.html", 429: "429.html"}.get(
            exception.status, "400.html"
        )
        response = render(request, template, {"error": exception}, status=exception.status)
        retry_after = getattr(exception, "retry_after", None)
        if retry_after:
            response["Retry-After"] = str(retry_after)
        return response
