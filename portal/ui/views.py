from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.core.access import public

from .colors import municipality_css
from .showcase import sample_context
from .site import municipality
from .themes import AUTO, COOKIE, COOKIE_AGE, THEMES


@public
@require_safe
@cache_control(public=True, max_age=300)
def colors_css(request: HttpRequest) -> HttpResponse:
    """Serve the municipality's two colours as a stylesheet; only hex colours get through."""
    data = municipality()
    return HttpResponse(municipality_css(data["color"], data["cenefa"]), content_type="text/css")


@public
@csrf_exempt  # The worst a foreign page can do here is to turn the light on; pages stay cacheable.
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of theme in a cookie and go back to ``next`` on this host."""
    theme = request.POST.get("tema", AUTO)
    response = HttpResponseRedirect(safe_next(request))
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Return the posted ``next`` when it stays on this host, else ``default``."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default


@public
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with sample data, for developers; hidden in production."""
    if not (settings.DEBUG or getattr(settings, "PORTAL_SHOW_COMPONENTS", False)):
        raise Http404
    return render(request, "ui/componentes.html", sample_context(request))
