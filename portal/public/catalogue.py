"""How the catalogue is told on the site: icons, doors, and a term in plain words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.clock.wording import quantity
from portal.ui.icons import ICONS

#: The catalogue names pictures in its own words; these are the ones the house has drawn.
ICON_OF = {
    "foco": "alumbrado",
    "gota": "agua",
    "basura": "limpia",
    "bocina": "megafono",
    "acta": "documento",
    "plano": "casa",
    "edificio": "oficina",
}


def icon_of(tema) -> str:
    """The icon of a theme, or a plain list when there is none of that name."""
    name = ICON_OF.get(tema.icono, tema.icono)
    return name if name in ICONS else "lista"


def lang() -> str:
    """``en`` or ``es``, for the words that are not in gettext."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def term_words(rule) -> str:
    """«10 días hábiles»; empty when the rule says nothing that can be read."""
    term = (rule.valor or {}).get("plazo") if rule else None
    if not term:
        return ""
    return quantity(term["cantidad"], term["unidad"], lang())


def answer_words(servicio, rule) -> str:
    """«Responde Alumbrado Público en 10 días hábiles»."""
    term = term_words(rule)
    if not term:
        return _("Responde %(office)s") % {"office": servicio.dependencia}
    return _("Responde %(office)s en %(term)s") % {"office": servicio.dependencia, "term": term}
