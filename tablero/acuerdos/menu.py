"""The room's lines of the navigation."""

from django.utils.translation import gettext_lazy as _

from portal.core.registry import NavEntry

from .policies import AcuerdoPolicy

FIRST = 65
LINES = (
    (_("Acuerdos"), "acuerdos", "sello"),
    (_("Gaceta"), "gacetas", "libro"),
)


def opens_acuerdos(user) -> bool:
    """Whether the room has anything for the person."""
    return AcuerdoPolicy(user).can_enter()


def entries() -> tuple[NavEntry, ...]:
    """The lines, in order, after those of the Cabildo."""
    return tuple(
        NavEntry(
            label=label,
            url_name=f"acuerdos:{name}",
            icon=icon,
            group=_("Cabildo"),
            order=FIRST + place,
            visible=opens_acuerdos,
        )
        for place, (label, name, icon) in enumerate(LINES)
    )
