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

from ..models import Acuerdo
from ..policies import AcuerdoPolicy
from ..selectors import RELATED


def room_page(*methods: str, manage: bool = False) -> Callable:
    """A page for whoever may enter, or with ``manage`` for the Secretaría; others get 403."""

    def decorate(view: Callable) -> Callable:
        @staff_only
        @require_http_methods(list(methods) or ["GET", "HEAD", "POST"])
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            policy = AcuerdoPolicy(request.user)
            if not policy.can_enter():
                raise NotAllowedError
            if manage:
                policy.require_manage()
            return view(request, *args, **kwargs)

        return inner

    return decorate


def crumbs(*trail: tuple) -> list[dict]:
    """Breadcrumb under «Acuerdos»: pairs of words and address."""
    lines = [{"label": _("Acuerdos"), "url": reverse("acuerdos:acuerdos")}]
    lines += [{"label": label, "url": target[0] if target else ""} for label, *target in trail]
    return lines


def visible_acuerdo(request: HttpRequest, pk: int) -> Acuerdo:
    """
    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    rows = AcuerdoPolicy(request.user).visible()
    rows = rows.select_related(*RELATED, "asunto__peticion", "votacion__regla", "revocado_por")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese acuerdo."))
    return row
