"""The Cabildo's block on the home page of the citizen site."""

from .constants import EstadoSesion
from .models import Sesion

ANNOUNCED = (EstadoSesion.CONVOCADA, EstadoSesion.EN_CURSO, EstadoSesion.RECESO)


def next_session(request) -> dict | None:
    """The session that goes on or comes next; nothing when none was noticed."""
    rows = Sesion.objects.filter(estado__in=ANNOUNCED).select_related("organo")
    row = rows.order_by("inicia_en", "pk").first()
    return {"s": row, "ahora": row.estado != EstadoSesion.CONVOCADA} if row else None
