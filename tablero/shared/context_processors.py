"""Variables of every staff page."""

from portal.core.registry import navigation_for, notices_for


def staff(request) -> dict:
    """Navigation of the signed-in person and the notices of this page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"avisos_pagina": notices_for(request)}
    return {"navegacion": navigation_for(user), "avisos_pagina": notices_for(request)}
