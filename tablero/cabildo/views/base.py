"""What every page of the room shares."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from portal.core.errors import NotFoundError
from portal.core.time import today

from ..models import Organo
from ..policies import CabildoPolicy


def room_page(action: str = "view", *methods: str) -> Callable:
    """A page for those who may do ``action`` (see ``CabildoPolicy``); others get 403."""

    def decorate(view: Callable) -> Callable:
        @staff_only
        @require_http_methods(list(methods) or ["GET", "HEAD", "POST"])
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            CabildoPolicy(request.user).require(action)
            return view(request, *args, **kwargs)

        return inner

    return decorate


def crumbs(*trail: tuple[str, str] | tuple[str]) -> list[dict]:
    """Breadcrumb under «Cabildo»: pairs of words and address."""
    lines = [{"label": _("Cabildo"), "url": reverse("cabildo:organos")}]
    lines += [{"label": label, "url": target[0] if target else ""} for label, *target in trail]
    return lines


def body_or_404(pk: int) -> Organo:
    """
    :raises NotFoundError: there is none.
    """
    found = Organo.objects.filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos ese órgano."))
    return found


def asked_day(
    request: HttpRequest, name: str = "dia", default: dt.date | None = None
) -> tuple[dt.date, bool]:
    """
    The day of the address called ``name``, or ``default`` (today without one); and whether what
    stood there was no day.
    """
    text, fallback = request.GET.get(name, "").strip(), default or today()
    if not text:
        return fallback, False
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return fallback, True
    return (day, False) if 1900 <= day.year <= 2200 else (fallback, True)
