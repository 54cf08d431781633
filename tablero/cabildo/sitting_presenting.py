"""A session as its screens show it while it is held, and its votes."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.core.rule_kinds import read_value
from portal.ui.hemicycle import Dot, Hemicycle, hemicycle

from .constants import ClasePunto, ClaseRegla, EstadoSesion, EstadoVotacion, FormaVotacion, Sentido
from .models import Intervencion, Presencia, Punto, Sesion, Votacion
from .rules import Tally, decide
from .seating import Seat
from .services.sitting import acting_seats, default_chair
from .services.voting import tally_of
from .session_selectors import agenda
from .wording import decision_words, majority_name, missing_words

DOTS = {Sentido.FAVOR: "yes", Sentido.CONTRA: "no", Sentido.ABSTENCION: "abstain"}


@dataclass(frozen=True)
class Room:
    """The room at a moment: its seats, who is there, the open vote and the points."""

    sesion: Sesion
    seats: list[Seat]
    there: dict[int, Presencia]
    votacion: Votacion | None
    puntos: list[Punto]
    palabra: list[Intervencion]

    @property
    def presentes(self) -> int:
        """Members in the room."""
        return len(self.there)

    @property
    def hay_quorum(self) -> bool:
        """Whether enough are there."""
        return self.sesion.quorum is not None and self.presentes >= self.sesion.quorum


def room_of(sesion: Sesion, now: dt.datetime) -> Room:
    """The room as it is; a fixed number of queries."""
    rows = sesion.presencias.filter(hasta=None).select_related("integrante")
    votes = sesion.votaciones.select_related("punto", "regla").prefetch_related("votos", "excusas")
    return Room(
        sesion=sesion,
        seats=acting_seats(sesion, sesion.abierta_en or now),
        there={row.integrante_id: row for row in rows},
        votacion=votes.exclude(estado=EstadoVotacion.CERRADA).first(),
        puntos=agenda(sesion),
        palabra=floor_of(sesion),
    )


def floor_of(sesion: Sesion) -> list[Intervencion]:
    """Who has the floor, first, and who waits for it, in the order in which they asked."""
    rows = sesion.intervenciones.filter(hasta=None, retirada_en=None).select_related("integrante")
    return sorted(rows, key=lambda row: (row.desde is None, row.pk))


def floor_words(room: Room) -> dict:
    """``habla``: who has the floor, if anybody; ``esperan``: who waits for it."""
    speaking = [row for row in room.palabra if row.desde is not None]
    waiting = [row for row in room.palabra if row.desde is None]
    return {"habla": speaking[0] if speaking else None, "esperan": waiting}


def state_of(room: Room) -> dict:
    """What every screen says of the room: state, open vote, floor and the half circle."""
    return {
        "s": room.sesion,
        "aviso": status_of(room),
        "figura": picture_of(room) if room.seats else None,
        "abierta": open_vote_of(room),
        "palabra": floor_words(room),
        "oradores": {row.integrante_id for row in room.palabra},
    }


def last_result(row: Sesion) -> dict | None:
    """The last vote that was closed, in words."""
    closed = row.votaciones.filter(estado=EstadoVotacion.CERRADA)
    last = closed.select_related("regla", "punto__asunto").order_by("pk").last()
    return result_of(last) if last else None


def status_of(room: Room) -> dict:
    """Where the session stands, in words and tone."""
    row = room.sesion
    if row.estado == EstadoSesion.CONVOCADA:
        if row.llamada:
            line = _("Se pasó lista y no hubo quórum. Falta la segunda convocatoria.")
            return {"tono": "late", "dice": line}
        return {"tono": "soon", "dice": _("Todavía no se pasa lista.")}
    if row.estado in (EstadoSesion.EN_CURSO, EstadoSesion.RECESO):
        words = {"n": room.presentes, "all": row.integrantes_n, "q": row.quorum}
        if not room.hay_quorum:
            line = _("Se perdió el quórum: están %(n)s de %(all)s y se requieren %(q)s.")
            return {"tono": "late", "dice": line % words}
        line = _("Hay quórum: están %(n)s de %(all)s; se requieren %(q)s.")
        return {"tono": "ok", "dice": line % words}
    return {"tono": "", "dice": row.get_estado_display()}


def roll_lines(room: Room) -> list[dict]:
    """Each member: whether they are in, since when, and what of the open vote is theirs."""
    vote = room.votacion
    cast = {v.integrante_id: v for v in vote.votos.all()} if vote else {}
    excused = {e.integrante_id: e for e in vote.excusas.all()} if vote else {}
    chair = room.sesion.preside_id or default_chair(room.seats)
    return [
        {
            "s": seat,
            "i": seat.integrante,
            "dentro": room.there.get(seat.integrante.pk),
            "preside": seat.integrante.pk == chair,
            "voto": cast.get(seat.integrante.pk),
            "excusa": excused.get(seat.integrante.pk),
        }
        for seat in room.seats
    ]


def picture_of(room: Room) -> Hemicycle:
    """Who is there; with a nominal vote open, what each voted."""
    vote = room.votacion
    nominal = vote is not None and vote.forma == FormaVotacion.NOMINAL
    dots = []
    for line in roll_lines(room):
        state = "there" if line["dentro"] else "empty"
        if nominal and line["excusa"]:
            state = "excused"
        elif nominal and line["voto"]:
            state = DOTS[line["voto"].sentido]
        dots.append(Dot(state, f"{line['s'].asiento}: {line['i']}"))
    title = _("%(n)s presentes") % {"n": room.presentes}
    return hemicycle(dots, title=title, labels=_labels())


def _labels() -> dict[str, str]:
    return {
        "there": _("Presente"),
        "empty": _("Ausente"),
        "excused": _("Se excusó"),
        "yes": _("A favor"),
        "no": _("En contra"),
        "abstain": _("Abstención"),
    }


def open_vote_of(room: Room) -> dict | None:
    """The vote that is open: what is voted, by what majority, and how it goes if nominal."""
    vote = room.votacion
    if vote is None:
        return None
    rule = read_value(ClaseRegla.MAYORIA, vote.regla.valor)
    found = {"v": vote, "mayoria": majority_name(rule), "fundamento": vote.regla.fundamento}
    if vote.estado == EstadoVotacion.EMPATADA:
        tally = tally_of(vote)
        outcome = decide(rule, tally)
    elif vote.forma == FormaVotacion.NOMINAL:
        tally = _running_tally(room, vote)
        # As many for as against is no tie until the vote closes.
        outcome = replace(decide(rule, tally), empatado=False)
    else:
        return found | {"va": _("Se asientan los totales al cerrarla."), "falta": ""}
    return found | {
        "va": decision_words(rule, outcome),
        "falta": missing_words(rule, tally, outcome),
        "favor": tally.favor,
        "contra": tally.contra,
        "abstencion": tally.abstencion,
    }


def _running_tally(room: Room, vote: Votacion) -> Tally:
    cast = [v.sentido for v in vote.votos.all()]
    voters = {v.integrante_id for v in vote.votos.all()}
    there = set(room.there) | voters
    excused = {e.integrante_id for e in vote.excusas.all()} & there
    return Tally(
        integrantes=max(room.sesion.integrantes_n, len(there)),
        presentes=len(there),
        favor=cast.count(Sentido.FAVOR),
        contra=cast.count(Sentido.CONTRA),
        abstencion=cast.count(Sentido.ABSTENCION),
        excusados=len(excused),
        preside=room.sesion.preside_id in there,
    )


def result_of(vote: Votacion) -> dict:
    """A closed vote in words: result, figures by the rule, and the casting vote apart."""
    rule = read_value(ClaseRegla.MAYORIA, vote.regla.valor)
    outcome = decide(rule, tally_of(vote), calidad=vote.calidad)
    return {
        "v": vote,
        "tono": "ok" if vote.resultado == "aprobado" else "late",
        "dice": decision_words(rule, outcome),
    }


def vote_picture(vote: Votacion, names: dict[int, str]) -> Hemicycle:
    """The roll of a closed nominal vote as a half circle."""
    dots = []
    for line in vote.padron:
        state = "excused" if line["excusado"] else DOTS.get(line["sentido"], "there")
        dots.append(Dot(state, names.get(line["integrante_id"], "")))
    title = _("%(f)s a favor, %(c)s en contra, %(a)s abstenciones") % {
        "f": vote.favor,
        "c": vote.contra,
        "a": vote.abstencion,
    }
    return hemicycle(dots, title=title, labels=_labels() | {"there": _("Presente, no votó")})


def point_lines(room: Room) -> list[dict]:
    """The agenda with the last vote on each point, and what may be done with it."""
    votes: dict[int, Votacion] = {}
    closed = room.sesion.votaciones.filter(estado=EstadoVotacion.CERRADA).select_related("regla")
    for vote in closed.order_by("pk"):
        votes[vote.punto_id] = vote
    return [
        {
            "p": point,
            "voto": result_of(votes[point.pk]) if point.pk in votes else None,
            "vota": point.clase in (ClasePunto.ASUNTO, ClasePunto.ORDEN, ClasePunto.ACTA),
            "pospone": point.asunto is not None and point.asunto.estado == "agendado",
        }
        for point in room.puntos
    ]
