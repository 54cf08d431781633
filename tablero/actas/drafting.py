"""The words of a draft, from what was recorded while the session was held."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.models import EventRecord
from portal.core.time import local_moment
from tablero.cabildo.constants import ClasePunto, EstadoSesion, FormaVotacion
from tablero.cabildo.models import Presencia, Sesion, Votacion
from tablero.cabildo.session_selectors import agenda, closed_votes, noticed
from tablero.cabildo.sitting_presenting import result_of

from .registry import vote_notes


def draft_sections(sesion: Sesion) -> list[tuple[str, str]]:
    """Title and text of each section, in order."""
    found = [(_("Apertura"), _opening(sesion)), (_("Asistencia"), _attendance(sesion))]
    if sesion.estado == EstadoSesion.NO_CELEBRADA:
        return [*found, (_("Falta de quórum"), _not_held(sesion))]
    votes: dict[int, list[Votacion]] = {}
    rows = closed_votes(sesion)
    for vote in rows:
        votes.setdefault(vote.punto_id, []).append(vote)
    notes = vote_notes([vote.pk for vote in rows])
    for place, point in enumerate(agenda(sesion), 1):
        if point.clase not in (ClasePunto.LISTA, ClasePunto.QUORUM, ClasePunto.CLAUSURA):
            text = _point(point, votes.get(point.pk, []), notes)
            found.append((f"{place}. {point.titulo}"[:300], text))
    spoken = _spoken(sesion)
    if spoken:
        found.append((_("Uso de la palabra"), spoken))
    return [*found, (_("Clausura"), _closing(sesion))]


def _hour(moment: dt.datetime) -> str:
    return _("las %(hour)s horas") % {"hour": date_format(local_moment(moment), "H:i")}


def _day(moment: dt.datetime) -> str:
    return full_date(local_moment(moment).date())


def _opening(sesion: Sesion) -> str:
    start = sesion.abierta_en or sesion.llamada_en or sesion.inicia_en
    said = _(
        "En %(place)s, a %(hour)s del %(day)s, se reunió el órgano %(body)s para celebrar la"
        " %(session)s, convocada el %(noticed)s."
    ) % {
        "place": sesion.lugar,
        "hour": _hour(start),
        "day": _day(start),
        "body": sesion.organo,
        "session": sesion.nombre.lower(),
        "noticed": _day(sesion.convocada_en),
    }
    if sesion.preside is not None:
        said += "\n\n" + _("Presidió %(name)s.") % {"name": sesion.preside}
    if sesion.urgencia:
        said += "\n\n" + _("Urgencia que fundó la convocatoria: %(why)s") % {"why": sesion.urgencia}
    return said


def _attendance(sesion: Sesion) -> str:
    rows = list(sesion.presencias.select_related("integrante", "ocupacion__asiento"))
    first: dict[int, Presencia] = {}
    for row in rows:
        first.setdefault(row.integrante_id, row)
    there = [f"{row.integrante}, {row.ocupacion.asiento}" for row in first.values()]
    absent = [str(c.integrante) for c in noticed(sesion) if c.integrante_id not in first]
    lines = []
    if there:
        lines.append(_("Estuvieron presentes: %(names)s.") % {"names": "; ".join(there)})
    if absent:
        lines.append(_("No asistieron: %(names)s.") % {"names": "; ".join(absent)})
    if sesion.quorum is not None and sesion.abierta_en is not None:
        said = _("De %(all)s integrantes se requerían %(needed)s: se declaró el quórum legal.")
        lines.append(said % {"all": sesion.integrantes_n, "needed": sesion.quorum})
    lines += _comings(sesion, rows)
    return "\n\n".join(lines) or _("No se pasó lista.")


def _comings(sesion: Sesion, rows: list[Presencia]) -> list[str]:
    """Who came late and who left before the end."""
    lines = []
    for row in rows:
        words = {"name": row.integrante}
        if sesion.abierta_en is not None and row.desde > sesion.abierta_en:
            lines.append(_("%(name)s entró a %(hour)s.") % (words | {"hour": _hour(row.desde)}))
        if row.hasta is not None and row.hasta != sesion.cerrada_en:
            lines.append(_("%(name)s salió a %(hour)s.") % (words | {"hour": _hour(row.hasta)}))
    return lines


def _not_held(sesion: Sesion) -> str:
    calls = EventRecord.objects.filter(stream=f"sesion:{sesion.pk}", event_type="RollCalled")
    lines = [
        _("En la llamada %(n)s hubo %(there)s presentes; se requerían %(needed)s.")
        % {
            "n": call.payload["llamada"],
            "there": len(call.payload["presentes"]),
            "needed": call.payload["requeridos"],
        }
        for call in calls.order_by("sequence")
    ]
    return "\n\n".join([*lines, _("Por falta de quórum la sesión no se celebró.")])


def _point(point, votes: list[Votacion], notes: dict[int, list[str]]) -> str:
    lines = []
    if point.asunto is not None:
        lines.append(_("Se presentó el asunto %(folio)s.") % {"folio": point.asunto.folio})
        if not votes:
            lines.append(_("No se votó; quedó para otra sesión."))
    for vote in votes:
        lines += [_("Se sometió a votación: %(text)s") % {"text": vote.texto}, _voted(vote)]
        lines += notes[vote.pk]
    return "\n\n".join(lines) or _("Se desahogó sin votación.")


def _voted(vote: Votacion) -> str:
    said = _("En votación %(form)s hubo %(yes)s a favor, %(no)s en contra y %(rest)s abstenciones.")
    figures = said % {
        "form": vote.get_forma_display().lower(),
        "yes": vote.favor,
        "no": vote.contra,
        "rest": vote.abstencion,
    }
    return f"{figures} {_nominal(vote)}{vote.get_resultado_display()}: {result_of(vote)['dice']}"


def _nominal(vote: Votacion) -> str:
    if vote.forma != FormaVotacion.NOMINAL:
        return ""
    names = {v.integrante_id: str(v.integrante) for v in vote.votos.select_related("integrante")}
    against = [
        names[line["integrante_id"]]
        for line in vote.padron
        if line.get("sentido") == "contra" and line["integrante_id"] in names
    ]
    if not against:
        return ""
    return _("Votaron en contra: %(names)s. ") % {"names": "; ".join(against)}


def _spoken(sesion: Sesion) -> str:
    """Who had the floor, when, and on what."""
    rows = sesion.intervenciones.filter(hasta__isnull=False).order_by("desde")
    lines = []
    for row in rows.select_related("integrante", "punto"):
        said = _("%(name)s, de %(since)s a %(until)s") % {
            "name": row.integrante,
            "since": _hour(row.desde),
            "until": _hour(row.hasta),
        }
        about = _(", sobre «%(point)s»") % {"point": row.punto} if row.punto else ""
        lines.append(f"{said}{about}.")
    return "\n\n".join(lines)


def _closing(sesion: Sesion) -> str:
    words = {"hour": _hour(sesion.cerrada_en), "day": _day(sesion.cerrada_en)}
    return _("Se clausuró la sesión a %(hour)s del %(day)s.") % words
