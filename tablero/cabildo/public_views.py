"""What anybody may see of the sessions: when, where, what about, and how it was voted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.errors import NotFoundError
from portal.core.time import now

from .constants import Caracter, EstadoSesion, FormaVotacion
from .models import Integrante, Sesion
from .session_presenting import TONES
from .session_selectors import AHEAD, agenda, closed_votes
from .sitting_presenting import (
    open_vote_of,
    picture_of,
    result_of,
    room_of,
    status_of,
    vote_picture,
)

#: Past sessions on the first page.
MOST = 20
HELD = (EstadoSesion.EN_CURSO, EstadoSesion.RECESO)


def _noticed():
    return Sesion.objects.filter(convocada_en__isnull=False).select_related("organo")


@public
@require_safe
@never_cache
def sessions_page(request: HttpRequest) -> HttpResponse:
    """The sessions whose members were noticed: those to come, and the last ones."""
    ahead = _noticed().filter(estado__in=AHEAD).order_by("inicia_en", "pk")
    past = _noticed().exclude(estado__in=AHEAD).order_by("-inicia_en", "-pk")[:MOST]
    context = {
        "proximas": [{"s": row, "tono": TONES[row.estado]} for row in ahead],
        "pasadas": [{"s": row, "tono": TONES[row.estado]} for row in past],
        "migas": [{"label": _("Cabildo")}],
    }
    return render(request, "public/cabildo/sesiones.html", context)


@public
@require_safe
@never_cache
def session_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One session; of one closed to the public only when, where and why it is closed."""
    row = _noticed().filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    is_open = row.caracter == Caracter.PUBLICA
    context = {
        "s": row,
        "tono": TONES[row.estado],
        "abierta_al_publico": is_open,
        "puntos": agenda(row) if is_open else [],
        "votos": _votes(row) if is_open else [],
        "sala": _live(row) if is_open and row.estado in HELD else None,
        "live_path": f"/ws/cabildo/{row.pk}/" if is_open and row.estado in AHEAD else "",
        "migas": [
            {"label": _("Cabildo"), "url": reverse("cabildo_publico:sesiones")},
            {"label": row.nombre},
        ],
    }
    return render(request, "public/cabildo/sesion.html", context)


def _live(row: Sesion) -> dict:
    room = room_of(row, now())
    return {
        "aviso": status_of(room),
        "abierta": open_vote_of(room),
        "figura": picture_of(room) if room.seats else None,
    }


def _votes(row: Sesion) -> list[dict]:
    votes = closed_votes(row)
    ids = {line["integrante_id"] for vote in votes for line in vote.padron}
    names = {member.pk: member.nombre for member in Integrante.objects.filter(pk__in=ids)}
    found = []
    for vote in votes:
        nominal = vote.forma == FormaVotacion.NOMINAL
        lines = [line | {"nombre": names[line["integrante_id"]]} for line in vote.padron]
        picture = vote_picture(vote, names) if nominal else None
        found.append(result_of(vote) | {"figura": picture, "padron": lines if nominal else []})
    return found
