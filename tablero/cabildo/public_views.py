"""What anybody may see of the sessions: when, where, what about, and how it was voted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.errors import NotFoundError
from portal.core.time import now
from portal.ui.kept import keep

from .constants import Caracter, EstadoSesion, FormaVotacion
from .models import Integrante, Sesion
from .session_presenting import TONES
from .session_selectors import AHEAD, agenda, closed_votes, last_fact
from .sitting_presenting import (
    Room,
    floor_words,
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
    head = last_fact(pk)
    row = _noticed().filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos esa sesión."))
    is_open = row.caracter == Caracter.PUBLICA
    live_path = f"/ws/cabildo/{row.pk}/" if is_open and row.estado in AHEAD else ""
    vivo = _part(row, head, live_path) if is_open else ""
    if vivo and request.htmx:
        return HttpResponse(vivo)
    context = {
        "s": row,
        "tono": TONES[row.estado],
        "vivo": vivo,
        "live_path": live_path,
        "migas": [
            {"label": _("Cabildo"), "url": reverse("cabildo_publico:sesiones")},
            {"label": row.nombre},
        ],
    }
    return render(request, "public/cabildo/sesion.html", context)


def _part(row: Sesion, head: str, live_path: str) -> SafeString:
    """
    The part of a page that changes; while the session is held, drawn once for all who look.

    ``head`` was read before ``row``, so what is drawn is never older than the fact it is kept
    under. Names are in no fact of the session: what is kept lasts a minute at most.
    """

    def draw() -> str:
        room = room_of(row, now()) if row.estado in HELD else None
        context = {
            "s": row,
            "tono": TONES[row.estado],
            "puntos": room.puntos if room else agenda(row),
            "votos": _votes(row),
            "sala": _live(room) if room else None,
            "live_path": live_path,
        }
        return render_to_string("public/cabildo/_vivo.html", context)

    if row.estado not in HELD:
        return mark_safe(draw())  # noqa: S308 - a template escaped it
    minute = now().replace(second=0, microsecond=0)
    html = keep(("cabildo_vivo", row.pk, head, minute), draw)
    return mark_safe(html)  # noqa: S308 - a template escaped it


def _live(room: Room) -> dict:
    return {
        "aviso": status_of(room),
        "abierta": open_vote_of(room),
        "palabra": floor_words(room),
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
