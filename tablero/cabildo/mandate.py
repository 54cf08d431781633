"""Whether the agenda of a session that goes on may change: only as its members voted."""

from .constants import ClasePunto, EstadoSesion, EstadoVotacion, Resultado
from .models import Sesion, Votacion


def agenda_mandate(row: Sesion) -> Votacion | None:
    """
    The vote by which the agenda of a session that goes on may change: the last one on the point of
    the agenda, in favour and «con modificaciones». Nothing while a vote is open.
    """
    if row.estado != EstadoSesion.EN_CURSO:
        return None
    votes = row.votaciones.select_related("punto")
    if votes.exclude(estado=EstadoVotacion.CERRADA).exists():
        return None
    last = votes.filter(punto__clase=ClasePunto.ORDEN).order_by("-pk").first()
    if last is None or not last.modifica or last.resultado != Resultado.APROBADO:
        return None
    return last
