"""What every page of the room shares."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from portal.core.errors import NotAllowedError, NotFoundError

from ..models import Acta
from ..policies import ActaPolicy


def room_page(*methods: str, manage: bool = False) -> Callable:
    """A page for whoever may enter, or with ``manage`` for the Secretaría; others get 403."""

    def decorate(view: Callable) -> Callable:
        @staff_only
        @require_http_methods(list(methods) or ["GET", "HEAD", "POST"])
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            policy = ActaPolicy(request.user)
            if not policy.can_enter():
                raise NotAllowedError
            policy.require(manage=manage)
            return view(request, *args, **kwargs)

        return inner

    return decorate


def crumbs(*trail: tuple) -> list[dict]:
    """Breadcrumb under «Actas»: pairs of words and address."""
    lines = [{"label": _("Actas"), "url": reverse("actas:actas")}]
    lines += [{"label": label, "url": target[0] if target else ""} for label, *target in trail]
    return lines


def visible_acta(request: HttpRequest, pk: int) -> Acta:
    """
    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    rows = ActaPolicy(request.user).visible()
    rows = rows.select_related("sesion__organo", "aprobada_por", "documento", "publica", "libro")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa acta."))
    return row
