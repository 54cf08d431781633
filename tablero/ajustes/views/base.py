"""What every page of the settings shares."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.access import staff_only
from tablero.shared.formpages import attach, confirm, form_page, run_form

from ..policies import SettingsPolicy

__all__ = ["attach", "confirm", "crumbs", "form_page", "run_form", "settings_page"]


def settings_page(action: str) -> Callable:
    """A staff view for those who may do ``action`` (see ``SettingsPolicy``); others get 403."""

    def decorate(view: Callable) -> Callable:
        @staff_only
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            SettingsPolicy(request.user).require(action)
            return view(request, *args, **kwargs)

        return inner

    return decorate


def crumbs(*trail: tuple) -> list[dict]:
    """Breadcrumb under «Ajustes»: pairs of words and URL name (or address)."""
    lines = [{"label": _("Ajustes"), "url": reverse("ajustes:inicio")}]
    for label, *target in trail:
        url = target[0] if target else ""
        lines.append({"label": label, "url": reverse(url) if ":" in url else url})
    return lines
