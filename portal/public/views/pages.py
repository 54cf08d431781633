"""Pages of words, and the small files that browsers and robots ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.ui.menus import url_or_empty
from portal.ui.site import municipality
from tramites.models import Servicio

from ..constants import PRIVACY_DATE, PRIVACY_VERSION
from .common import crumbs

INDEXED = ("inicio", "servicios", "presentar", "plazos", "cifras", "ayuda", "privacidad")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Both notices: in short, and whole (LGPDPPSO 21 and 22)."""
    context = {
        "migas": crumbs((_("Aviso de privacidad"), "")),
        "version": PRIVACY_VERSION,
        "fecha": PRIVACY_DATE,
    }
    return render(request, "public/privacidad.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what may fail, and whom to tell."""
    context = {"migas": crumbs((_("Accesibilidad"), ""))}
    return render(request, "public/accesibilidad.html", context)


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Answers to what people ask first."""
    context = {"migas": crumbs((_("Ayuda"), ""))}
    return render(request, "public/ayuda.html", context)


@public
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Cases and receipts stay out of search engines."""
    lines = [
        "User-agent: *",
        "Disallow: /presentar/",
        "Disallow: /seguimiento/",
        "Disallow: /acuse/",
        "Disallow: /tablero/",
        "Disallow: /cuenta/",
        "Disallow: /admin/",
        f"Sitemap: {settings.PUBLIC_URL.rstrip('/')}{reverse('public:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages and the catalogue."""
    paths = [reverse(f"public:{name}") for name in INDEXED]
    paths += filter(None, [url_or_empty("verificar:inicio")])
    keys = Servicio.objects.filter(activo=True).values_list("clave", flat=True)
    paths += [reverse("public:servicio", args=[key]) for key in keys]
    root = settings.PUBLIC_URL.rstrip("/")
    context = {"direcciones": [f"{root}{path}" for path in paths]}
    return render(request, "public/sitemap.xml", context, content_type="application/xml")


@public
@require_safe
@cache_control(public=True, max_age=86400)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a hole."""
    place = municipality()
    root = settings.PUBLIC_URL.rstrip("/")
    lines = [
        f"Contact: mailto:{place['correo']}",
        "Expires: 2027-12-31T23:59:59Z",
        "Preferred-Languages: es, en",
        f"Canonical: {root}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the site."""
    place = municipality()
    response = JsonResponse(
        {
            "name": f"Ventanilla · {place['nombre']}",
            "short_name": "Ventanilla",
            "lang": "es-MX",
            "start_url": reverse("public:inicio"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#f3f1ea",
            "theme_color": place["color"] or "#2b3a84",
            "icons": [
                {"src": static("ui/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            ],
        }
    )
    response["Content-Type"] = "application/manifest+json"
    return response
