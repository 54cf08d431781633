"""Answers that belong to no page of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .access import public
from .errors import NotAllowedError


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the session ended or cookies are off."""
    error = NotAllowedError(
        _("La página caducó o su navegador no guarda cookies. Vuelva atrás, recargue y reintente.")
    )
    return render(request, "403.html", {"error": error}, status=403)
