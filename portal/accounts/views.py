"""«Mi cuenta»: what the house knows of whoever is signed in, and their API tokens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from knox.models import AuthToken

from portal.core.access import public, staff_only
from portal.core.errors import NotFoundError
from portal.core.time import now

from .forms import TokenForm
from .policies import StaffPolicy
from .selectors import has_second_factor, second_factor_required
from .services import issue_token, revoke_token


@public
def closed(request: HttpRequest, **kwargs) -> HttpResponse:
    """
    Pages of the login system that staff do not use: administrators keep names and addresses.

    :raises NotFoundError: always.
    """
    raise NotFoundError


def _page(request: HttpRequest, form: TokenForm, token: str = "", status: int = 200):
    policy = StaffPolicy(request.user)
    context = {
        "policy": policy,
        "second_factor": has_second_factor(request.user),
        "second_factor_required": second_factor_required(policy.roles),
        "tokens": AuthToken.objects.filter(user=request.user).order_by("-created"),
        "form": form,
        "token": token,
        "ahora": now(),
        "migas": [{"label": _("Mi cuenta")}],
    }
    return render(request, "accounts/own_account.html", context, status=status)


@require_safe
@staff_only
@never_cache
def own_account(request: HttpRequest) -> HttpResponse:
    """Posts, password, second factor and tokens of whoever is signed in."""
    return _page(request, TokenForm())


@require_POST
@staff_only
@never_cache
def create_token(request: HttpRequest) -> HttpResponse:
    """A new token, shown on this answer and never again."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    token = issue_token(days=form.cleaned_data["days"], actor=request.user, now=now())
    return _page(request, TokenForm(), token)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@never_cache
def delete_token(request: HttpRequest, ficha: str) -> HttpResponse:
    """Asks, then revokes one of the person's tokens."""
    row = AuthToken.objects.filter(user=request.user, token_key=ficha).first()
    if row is None:
        raise NotFoundError
    if request.method != "POST":
        return render(request, "accounts/token_revoke.html", {"row": row})
    revoke_token(ficha=ficha, actor=request.user, now=now())
    messages.success(request, _("Ficha revocada: ya no abre nada."))
    return redirect("cuenta_yo")
