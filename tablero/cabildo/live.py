"""The parts of a session's screens that change while it is held, drawn for all who look at them."""

import datetime as dt
from collections.abc import Hashable, Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from portal.core.time import now
from portal.ui.kept import keep

from .constants import Caracter, FormaVotacion
from .models import Integrante, Sesion
from .policies import viewers
from .services.sitting import SITTING
from .session_presenting import TONES
from .session_selectors import agenda, closed_votes, last_fact
from .sitting_presenting import (
    Room,
    last_result,
    result_of,
    roll_lines,
    room_of,
    state_of,
    vote_picture,
)

PUBLIC, STAFF = "publico", "interno"


def draw_screens(sesion_id: int, kinds: set[Hashable]) -> dict[Hashable, dict[str, str] | None]:
    """
    What each kind of screen shows of a session: ``(PUBLIC, language)`` or ``(STAFF, user)``.

    Who may see is asked anew each time; ``None`` for a screen that may not.
    """
    head = last_fact(sesion_id)
    row = Sesion.objects.select_related("organo").get(pk=sesion_id, convocada_en__isnull=False)
    moment = now()
    room = room_of(row, moment)
    found: dict[Hashable, dict[str, str] | None] = {}
    for kind in kinds:
        if kind[0] == PUBLIC:
            with translation.override(kind[1]):
                shown = row.caracter == Caracter.PUBLICA
                found[kind] = public_parts(row, head, moment, room) if shown else None
    users = {kind[1] for kind in kinds if kind[0] == STAFF}
    if users:
        with translation.override(settings.LANGUAGE_CODE):
            drawn = _staff_parts(room, users)
        found |= {(STAFF, user): drawn.get(user) for user in users}
    return found


def public_parts(
    row: Sesion, head: str, moment: dt.datetime, room: Room | None = None
) -> dict[str, SafeString]:
    """
    The parts of the public page by their id; while the session is held, drawn once for all.

    ``head`` was read before ``row``, so what is drawn is never older than the fact it is kept
    under. Names are in no fact of the session: what is kept lasts a minute at most.
    """
    minute = moment.replace(second=0, microsecond=0)

    def state() -> SafeString:
        held = state_of(room or room_of(row, moment)) if row.estado in SITTING else None
        context = {"s": row, "tono": TONES[row.estado], "sala": held}
        return render_to_string("public/cabildo/_ahora.html", context)

    def order() -> SafeString:
        return render_to_string("public/cabildo/_orden.html", {"puntos": agenda(row)})

    votes = closed_votes(row)

    def results() -> SafeString:
        return render_to_string("public/cabildo/_votos.html", {"votos": _votes(votes)})

    if row.estado not in SITTING:
        return {"ahora": state(), "orden": order(), "votos": results()}
    key = (row.pk, minute)
    closed = tuple(vote.pk for vote in votes)
    return {
        "ahora": keep(("cabildo_ahora", *key, head), state),
        "orden": keep(("cabildo_orden", *key, head), order),
        "votos": keep(("cabildo_votos", *key, closed), results),
    }


def _votes(votes: list) -> list[dict]:
    ids = {line["integrante_id"] for vote in votes for line in vote.padron}
    names = {member.pk: member.nombre for member in Integrante.objects.filter(pk__in=ids)}
    found = []
    for vote in votes:
        nominal = vote.forma == FormaVotacion.NOMINAL
        lines = [line | {"nombre": names[line["integrante_id"]]} for line in vote.padron]
        picture = vote_picture(vote, names) if nominal else None
        found.append(result_of(vote) | {"figura": picture, "padron": lines if nominal else []})
    return found


def _staff_parts(room: Room, users: Iterable[int]) -> dict[int, dict[str, str]]:
    """By user, only of those who may look at the session."""
    state = state_of(room)
    shared = {
        "estado": render_to_string("tablero/cabildo/_sala_ahora.html", state),
        "ultima": render_to_string(
            "tablero/cabildo/_ultima.html", {"ultima": last_result(room.sesion)}
        ),
    }
    lines = {line["i"].pk: line for line in roll_lines(room)}
    own = _Own(state)
    found = {}
    for user, member in viewers(users).items():
        mine = {} if member is None else {"mio": own.drawn(lines.get(member.pk))}
        found[user] = shared | mine
    return found


class _Own:
    """A member's own part, drawn once for all whose own things stand alike."""

    def __init__(self, state: dict) -> None:
        self.state = state
        self._drawn: dict[tuple | None, str] = {}

    def drawn(self, line: dict | None) -> str:
        context = self.state | {"mio": line}
        key = None
        if line is not None:
            speaking = self.state["palabra"]["habla"]
            key = (
                line["voto"].sentido if line["voto"] else "",
                bool(line["excusa"]),
                bool(line["dentro"]),
                line["i"].pk in self.state["oradores"],
                bool(speaking and speaking.integrante_id == line["i"].pk),
            )
        if key not in self._drawn:
            self._drawn[key] = render_to_string("tablero/cabildo/_mio.html", context)
        return self._drawn[key]
