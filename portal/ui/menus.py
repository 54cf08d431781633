"""Links of the citizen shell (head and foot), by URL name; a name that is not wired is left out.

Only names, so that this package needs to know no other. Apps add theirs in ``apps.ready()``.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Link:
    """A menu entry: words, URL name, icon, and the group of the foot it stands in."""

    label: str | Promise
    url_name: str
    icon: str = ""
    group: str = ""


HEAD: list[Link] = [
    Link(_("Seguir mi folio"), "public:seguimiento", "folio"),
    Link(_("Verificar"), "verificar:inicio", "sello"),
    Link(_("Ayuda"), "public:ayuda", "ayuda"),
]
FOOT: list[Link] = [
    Link(_("Presentar un asunto"), "public:presentar", group="asunto"),
    Link(_("Seguir un folio"), "public:seguimiento", group="asunto"),
    Link(_("Verificar un documento"), "verificar:inicio", group="asunto"),
    Link(_("Plazos y días inhábiles"), "public:plazos", group="asunto"),
    Link(_("Cifras y datos abiertos"), "public:cifras", group="ayuntamiento"),
    Link(_("Entrada para el personal"), "account_login", group="ayuntamiento"),
]
BASE: list[Link] = [
    Link(_("Aviso de privacidad"), "public:privacidad"),
    Link(_("Accesibilidad"), "public:accesibilidad"),
    Link(_("Código abierto"), "public:codigo"),
]


def add_link(menu: list[Link], link: Link) -> None:
    """Add a link at the end of a menu (``HEAD``, ``FOOT`` or ``BASE``), once."""
    if link not in menu:
        menu.append(link)


def resolve(menu: list[Link], path: str = "") -> list[dict]:
    """Return the wired links as dicts: label, url, icon, group, current (``path`` is under it)."""
    entries = []
    for link in menu:
        url = url_or_empty(link.url_name)
        if url:
            current = bool(path) and len(url) > 1 and path.startswith(url)
            entries.append(
                {
                    "label": link.label,
                    "url": url,
                    "icon": link.icon,
                    "group": link.group,
                    "current": current,
                }
            )
    return entries


def url_or_empty(name: str) -> str:
    """Return the address of a URL name that takes no argument, or '' when it is not wired."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
