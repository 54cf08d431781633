import logging

from django.utils.functional import SimpleLazyObject

from portal.core.registry import notices_for

from .menus import BASE, FOOT, HEAD, resolve
from .site import municipality
from .themes import theme_of

logger = logging.getLogger(__name__)


def site(request) -> dict:
    """Data of the shells: municipio, tema, tablon, menu_cabecera, menu_pie, menu_base."""
    path = request.path
    return {
        "municipio": municipality(),
        "tema": theme_of(request),
        "tablon": SimpleLazyObject(lambda: notices(request)),
        "menu_cabecera": SimpleLazyObject(lambda: resolve(HEAD, path)),
        "menu_pie": SimpleLazyObject(lambda: resolve(FOOT, path)),
        "menu_base": SimpleLazyObject(lambda: resolve(BASE, path)),
    }


def notices(request) -> list[dict]:
    """The strip over the page; a source that fails must not take every page down with it."""
    try:
        return notices_for(request)
    except Exception:
        logger.exception("tablon_failed")
        return []
