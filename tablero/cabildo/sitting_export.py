"""Attendance and votes of a session as a table."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from .constants import EstadoVotacion, FormaVotacion, Sentido
from .models import Sesion, Votacion


def heads() -> list[str]:
    """The heads of the columns."""
    return [
        _("Sesión"),
        _("Fecha"),
        _("Punto"),
        _("Forma"),
        _("Integrante"),
        _("Asiento"),
        _("Asistencia"),
        _("Voto"),
        _("Resultado"),
        _("A favor"),
        _("En contra"),
        _("Abstenciones"),
    ]


def vote_rows(sesion: Sesion) -> Iterator[list]:
    """
    A row for each member and closed vote; with no vote, one for the attendance.

    Of a vote that is not nominal only the totals are told.
    """
    stays: dict[int, list] = {}
    members = {}
    for row in sesion.presencias.select_related("integrante", "ocupacion__asiento"):
        stays.setdefault(row.integrante_id, []).append(row)
        members[row.integrante_id] = row
    votes = list(sesion.votaciones.filter(estado=EstadoVotacion.CERRADA).select_related("punto"))
    day = timezone.localtime(sesion.abierta_en or sesion.inicia_en).date()
    for pk, row in members.items():
        attended = "; ".join(_stay(stay) for stay in stays[pk])
        head = [sesion.nombre, day]
        who = [row.integrante.nombre, row.ocupacion.asiento.nombre, attended]
        if not votes:
            yield [*head, "", "", *who, "", "", "", "", ""]
        for vote in votes:
            figures = [vote.get_resultado_display(), vote.favor, vote.contra, vote.abstencion]
            said = [vote.punto.titulo, vote.get_forma_display()]
            yield [*head, *said, *who, _voted(vote, pk), *figures]


def _stay(row) -> str:
    start = timezone.localtime(row.desde).strftime("%H:%M")
    end = timezone.localtime(row.hasta).strftime("%H:%M") if row.hasta else ""
    return f"{start}-{end}"


def _voted(vote: Votacion, pk: int) -> str:
    line = next((entry for entry in vote.padron if entry["integrante_id"] == pk), None)
    if line is None:
        return _("Ausente")
    if line["excusado"]:
        return _("Se excusó")
    if vote.forma != FormaVotacion.NOMINAL:
        return _("Sólo totales")
    return str(dict(Sentido.choices).get(line["sentido"], _("No votó")))
