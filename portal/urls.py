"""Addresses of the whole house. Wiring only."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path


def room(route: str, module: str) -> list:
    """The room's addresses, once the room exists."""
    return [path(route, include(module))] if find_spec(module) else []


urlpatterns = [
    *room("ui/", "portal.ui.urls"),
    *room("cuenta/", "portal.accounts.urls"),
    path("cuenta/", include("allauth.urls")),
    *room("tablero/panel/", "tablero.panel.urls"),
    *room("tablero/bandeja/", "tablero.bandeja.urls"),
    *room("tablero/avisos/", "tablero.avisos.urls"),
    *room("tablero/documentos/", "tablero.documentos.urls"),
    *room("tablero/coordinacion/", "tablero.coordinacion.urls"),
    *room("tablero/cabildo/", "tablero.cabildo.urls"),
    *room("tablero/actas/", "tablero.actas.urls"),
    *room("tablero/acuerdos/", "tablero.acuerdos.urls"),
    *room("tablero/ajustes/", "tablero.ajustes.urls"),
    *room("tablero/", "tablero.shared.urls"),
    *room("oparl/1.1/", "tablero.cabildo.oparl.urls"),
    *room("api/v1/", "portal.public.api.urls"),
    *room("api/", "portal.public.api.outside"),
    *room("avisos/", "notificaciones.urls"),
    *room("", "portal.core.urls"),
    path("admin/", admin.site.urls),
    *(
        i18n_patterns(
            *room("verificar/", "tablero.documentos.public_urls"),
            *room("cabildo/", "tablero.cabildo.public_urls"),
            *room("", "tablero.acuerdos.public_urls"),
            *room("recibir/", "tablero.documentos.notifying.public_urls"),
            path("", include("portal.public.urls")),
            prefix_default_language=False,
        )
        if find_spec("portal.public.urls")
        else []
    ),
]
