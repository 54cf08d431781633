"""The icons of the house: 24 px grid, stroke 1.75, drawn for this project, one dictionary.

Each value is the inside of an ``<svg>``; colour and size come from the classes around it.
"""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    # moving about
    "adelante": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "atras": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "abajo": '<path d="m6 9 6 6 6-6"/>',
    "arriba": '<path d="m6 15 6-6 6 6"/>',
    "cerrar": '<path d="m6 6 12 12M18 6 6 18"/>',
    "mas": '<path d="M12 5v14M5 12h14"/>',
    "menos": '<path d="M5 12h14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "externo": '<path d="M14 4h6v6M20 4l-9 9"/><path d="M18 14v6H4V6h6"/>',
    "salir": '<path d="M10 4H4v16h6M9 12h11m-4-4 4 4-4 4"/>',
    "entrar": '<path d="M14 4h6v16h-6M4 12h11m-4-4 4 4-4 4"/>',
    # telling
    "listo": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "alerta": '<path d="M12 4 2.5 20h19z"/><path d="M12 10v4.5m0 2.5v.2"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.2"/>',
    "ayuda": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7m0 3v.2"/>',
    "pausa": '<path d="M9 6v12M15 6v12"/>',
    "reloj": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "calendario": '<rect x="4" y="5" width="16" height="15" rx="1.5"/>'
    '<path d="M4 10h16M8 3v4m8-4v4"/>',
    "candado": '<rect x="5" y="11" width="14" height="9" rx="1.5"/>'
    '<path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "sin_senal": '<path d="M4 9a12 12 0 0 1 16 0M7.5 13a7 7 0 0 1 9 0M12 17.5v.2M4 3l16 18"/>',
    "campana": '<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>',
    "sol": '<circle cx="12" cy="12" r="4"/>'
    '<path d="M12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M19 5l-2 2M7 17l-2 2"/>',
    "luna": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "tema": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M12 3.5v17M12 8l5.5-2M12 13l8-2M12 18l6-1"/>',
    # acting
    "buscar": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "filtro": '<path d="M3 5h18l-7 8v6l-4-2v-4z"/>',
    "columnas": '<rect x="4" y="5" width="16" height="14" rx="1"/><path d="M9.5 5v14m5-14v14"/>',
    "descargar": '<path d="M12 4v11m-5-5 5 5 5-5M4 20h16"/>',
    "subir": '<path d="M12 15V4M7 9l5-5 5 5M4 20h16"/>',
    "imprimir": '<path d="M7 8V3h10v5M7 17H4V8h16v9h-3"/><path d="M7 14h10v7H7z"/>',
    "editar": '<path d="m4 20 1-4L16.5 4.5l3 3L8 19z"/>',
    "nota": '<path d="M4 5h16v11h-8l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "turnar": '<path d="M4 7h11l-3-3m3 3-3 3M20 17H9l3-3m-3 3 3 3"/>',
    "devolver": '<path d="M9 14 4 9l5-5"/><path d="M4 9h10a6 6 0 0 1 0 12h-4"/>',
    "acumular": '<rect x="4" y="8" width="12" height="12" rx="1"/><path d="M8 8V4h12v12h-4"/>',
    "repetir": '<path d="M4 12a8 8 0 1 0 3-6.2M4 4v5h5"/>',
    "enlace": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6 0l-3 3'
    'a4 4 0 0 0 6 6l1.5-1.5"/>',
    "adjunto": '<path d="m19 11-7.5 7.5a4.5 4.5 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.5 4.5L9.5 16.5'
    'a1.5 1.5 0 0 1-2-2L14 8"/>',
    "ver": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "copiar": '<rect x="8" y="8" width="12" height="12" rx="1.5"/><path d="M16 8V4H4v12h4"/>',
    "basura": '<path d="M5 7h14l-1.5 14h-11zM3 7h18M9 7V3.5h6V7M10 11v6m4-6v6"/>',
    "posicion": '<circle cx="12" cy="12" r="6"/><path d="M12 2v4m0 12v4M2 12h4m12 0h4"/>'
    '<circle cx="12" cy="12" r="1.5"/>',
    "ajustes": '<path d="M4 7h9m5 0h2M4 17h3m5 0h8"/><circle cx="15.5" cy="7" r="2.5"/>'
    '<circle cx="9.5" cy="17" r="2.5"/>',
    "exportar": '<path d="M12 4v11m-5-5 5 5 5-5M4 20h16"/>',
    # things
    "folio": '<path d="M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4z"/>'
    '<path d="M14 6v2m0 3v2m0 3v2"/>',
    "sello": '<path d="M9 4h6l-1 8h4v4H6v-4h4z"/><path d="M6 20h12"/>',
    "documento": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6m-6 4h6"/>',
    "foto": '<path d="M4 7h4l1.5-2.5h5L16 7h4v12H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "persona": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',
    "personas": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4.5 3.2-6 6.5-6s6.5 1.5 6.5 6"/>'
    '<path d="M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.5.6 4 2.2 4 5.6"/>',
    "panel": '<path d="M4 20h16M7 20v-7m5 7V5m5 15v-9"/>',
    "bandeja": '<path d="M4 13 7 5h10l3 8v6H4z"/><path d="M4 13h5l1 3h4l1-3h5"/>',
    "captura": '<rect x="2.5" y="6" width="19" height="12" rx="1.5"/>'
    '<path d="M6 10h.2M10 10h.2M14 10h.2M18 10h.2M7.5 14h9"/>',
    "mapa": '<path d="M12 21s7-6.5 7-11.5A7 7 0 0 0 5 9.5C5 14.5 12 21 12 21z"/>'
    '<circle cx="12" cy="9.5" r="2.5"/>',
    "correo": '<rect x="3" y="5.5" width="18" height="13" rx="1.5"/>'
    '<path d="m3.5 7 8.5 6.5L20.5 7"/>',
    "telefono": '<path d="M6 3h4l1.5 5-2.5 1.8a12 12 0 0 0 5.2 5.2L16 12.5l5 1.5v4a3 3 0 0 1-3 3'
    'A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"/>',
    "mensaje": '<rect x="7" y="2.5" width="10" height="19" rx="2"/>'
    '<path d="M10 6.5h4M12 18.5v.1"/>',
    "salida": '<path d="M21 3 3 10.5l7 3.5 3.5 7zM10 14l4-4"/>',
    "votos": '<path d="M4 12h16v8H4zM8 12V4h8v8M10 8l1.5 1.5L14.5 6"/>',
    "libro": '<path d="M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2z'
    'M12 6v14"/>',
    "balanza": '<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>',
    "archivo": '<rect x="4" y="4" width="16" height="7" rx="1"/>'
    '<rect x="4" y="13" width="16" height="7" rx="1"/><path d="M10 7.5h4M10 16.5h4"/>',
    "oficina": '<path d="M4 20h16M6 20V9m4 11V9m4 11V9m4 11V9M3.5 9 12 3.5 20.5 9z"/>',
    "lista": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.2M4.5 12h.2M4.5 18h.2"/>',
    "llave": '<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 8-8M16 7l3 3"/>',
    "huella": '<path d="M12 11v4c0 2-.5 4-1.5 6M8 12a4 4 0 0 1 8 0v3c0 2-.3 4-1 6M5 16v-4'
    'a7 7 0 0 1 14 0v5"/>',
    "cadena": '<rect x="3" y="9" width="9" height="6" rx="3"/>'
    '<rect x="12" y="9" width="9" height="6" rx="3"/>',
    # themes of the catalogue
    "alumbrado": '<path d="M12 21V9m0 0c0-3 2-5 5-5h2l-1 4c-2 0-6 0-6 1zM8 21h8'
    'M19 12v2m-3-2.5 -1 1.5M22 11.5l1 1.5"/>',
    "calle": '<path d="M7 3 4 21M17 3l3 18M12 4v3m0 4v3m0 4v3"/>',
    "agua": '<path d="M12 3s6.5 7 6.5 11.5a6.5 6.5 0 0 1-13 0C5.5 10 12 3 12 3z"/>'
    '<path d="M9 15a3 3 0 0 0 3 3"/>',
    "limpia": '<path d="M5 7h14l-1.5 14h-11zM3 7h18M9 7V3.5h6V7M10 11v6m4-6v6"/>',
    "arbol": '<path d="M12 21v-8m0 3 3-3M12 3a5 5 0 0 1 4.5 7A4 4 0 0 1 14 17h-4'
    'a4 4 0 0 1-2.5-7A5 5 0 0 1 12 3z"/>',
    "escudo": '<path d="M12 3 5 5.5V12c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V5.5z"/>',
    "megafono": '<path d="M4 10v5h3l9 4V6L7 10zM19 9a5 5 0 0 1 0 7M8 15l1 5h2l-.8-4"/>',
    "casa": '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
    "salud": '<path d="M9 4h6v5h5v6h-5v5H9v-5H4V9h5z"/>',
    "mercado": '<path d="M4 10v10h16V10"/>'
    '<path d="M3 10l2-6h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0z"/>',
    "transito": '<path d="M8 3h8v18H8z"/><circle cx="12" cy="7" r="1.5"/>'
    '<circle cx="12" cy="12" r="1.5"/><circle cx="12" cy="17" r="1.5"/>',
    "dinero": '<rect x="3" y="6" width="18" height="12" rx="1.5"/><circle cx="12" cy="12" r="2.5"/>'
    '<path d="M6.5 12h.1M17.5 12h.1"/>',
    "animal": '<path d="M8.5 14c1-2 6-2 7 0 1.2 2 2 4.5 0 5.5-1.6.7-2.2-.5-3.5-.5s-1.9 1.2-3.5.5'
    'c-2-1-1.2-3.5 0-5.5z"/><path d="M5 11v.2M9 7v.2M15 7v.2M19 11v.2"/>',
    "familia": '<circle cx="8" cy="7" r="3"/><circle cx="16.5" cy="9" r="2.5"/>'
    '<path d="M2.5 20c0-5 2.5-7 5.5-7s5.5 2 5.5 7M13 14.5c.9-.9 2-1.5 3.5-1.5 2.7 0 5 1.5 5 6"/>',
}

SIZES = {"": "", "sm": " ico--sm", "lg": " ico--lg"}


@lru_cache(maxsize=1000)
def icon_svg(name: str, size: str = "") -> SafeString:
    """Return the icon as decorative SVG (hidden from screen readers).

    :raises KeyError: no such icon or size; a missing icon is a mistake to see at once.
    """
    return format_html(
        '<svg class="ico{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        SIZES[size],
        mark_safe(ICONS[name]),  # noqa: S308  (constants of this module)
    )


# Semaphore marks: shape, hue and lightness all differ, so that none is told by colour alone.
_TICK = '<path class="cut" d="m7.5 12.5 3 3 6-6.5"/>'
MARKS: dict[str, str] = {
    "ok": f'<circle cx="12" cy="12" r="10" fill="currentColor"/>{_TICK}',
    "soon": '<path d="M12 2 23 21.5H1z" fill="currentColor"/>'
    '<path class="cut" d="M12 9v5.5m0 3.3v.1"/>',
    "late": '<path d="M12 .8 23.2 12 12 23.2.8 12z" fill="currentColor"/>'
    '<path class="cut" d="m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4"/>',
    "hold": '<rect x="2" y="2" width="20" height="20" rx="4" fill="currentColor"/>'
    '<path class="cut" d="M9.2 8v8M14.8 8v8"/>',
    "done": '<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2.4"/>'
    '<path d="m7.5 12.5 3 3 6-6.5" fill="none" stroke="currentColor" stroke-width="2.4"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
}


@lru_cache(maxsize=100)
def mark_svg(tone: str, css_class: str = "") -> SafeString:
    """Return the semaphore mark of a tone: ok, soon, late, hold or done.

    :raises KeyError: no such tone.
    """
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true"{}>{}</svg>',
        format_html(' class="{}"', css_class) if css_class else "",
        mark_safe(MARKS[tone]),  # noqa: S308  (constants of this module)
    )
