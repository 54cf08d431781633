"""The staff home, and the guard of the parts that htmx fetches."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.errors import DomainError
from portal.core.time import now

from .home import rendered_blocks

LIVE_PATH = "/ws/tablero/"


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """«Mi día»: what waits for this person, told by each room."""
    return render(
        request,
        "tablero/shared/inicio.html",
        {
            "migas": [{"label": _("Mi día")}],
            "bloques": rendered_blocks(request),
            "ahora": now(),
            "live_path": LIVE_PATH,
        },
    )


def partial_errors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A refusal inside a part of a page is a note in that part, not a page within the page."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            if not request.headers.get("HX-Request"):
                raise
            context = {"error": error}
            return render(request, "tablero/shared/_error.html", context, status=error.status)

    return inner
