"""What a signed-in person must settle before anything else: own password, second factor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.access import Access, access_of

from .selectors import second_factor_missing


class SecondFactorMiddleware:
    """
    Keeps staff views closed until a temporary password is changed and a demanded second factor
    is set up. The login pages stay open, for that is where both are done; API tokens are not
    sessions and are not asked.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if access_of(view_func) != Access.STAFF or not request.user.is_authenticated:
            return None
        if request.user.clave_temporal:
            text = _("Su contraseña es temporal. Elija una propia para continuar.")
            return _send(request, "account_change_password", text)
        if second_factor_missing(request.user):
            text = _("Su cargo exige verificación en dos pasos. Actívela para continuar.")
            return _send(request, "mfa_index", text)
        return None


def _send(request, name: str, text: str) -> HttpResponse:
    """To the page where it is settled; a partial request makes the whole page go there."""
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse(name)
        return response
    messages.warning(request, text)
    return redirect(name)
