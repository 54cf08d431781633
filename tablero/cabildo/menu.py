"""The room's lines of the navigation."""

from django.utils.translation import gettext_lazy as _

from portal.core.registry import NavEntry

from .policies import CabildoPolicy

FIRST = 60
LINES = (
    (_("Sesiones"), "sesiones", "votos"),
    (_("Asuntos"), "asuntos", "nota"),
    (_("Órganos e integrantes"), "organos", "personas"),
    (_("Materias"), "materias", "archivo"),
    (_("Reglas del Cabildo"), "reglas", "balanza"),
)


def opens_cabildo(user) -> bool:
    """Whether the room has anything for the person."""
    return CabildoPolicy(user).can_view()


def entries() -> tuple[NavEntry, ...]:
    """The lines, in order."""
    return tuple(
        NavEntry(
            label=label,
            url_name=f"cabildo:{name}",
            icon=icon,
            group=_("Cabildo"),
            order=FIRST + place,
            visible=opens_cabildo,
        )
        for place, (label, name, icon) in enumerate(LINES)
    )
