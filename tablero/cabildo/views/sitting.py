"""The screens of a session while it is held: console, projector, a member's vote, and results."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import DomainError, InvalidInputError, NotAllowedError, NotFoundError
from portal.core.refusals import keep_refusals
from portal.core.time import now
from tablero.shared.export import csv_response, xlsx_response

from ..constants import EstadoSesion, FormaVotacion
from ..mandate import agenda_mandate
from ..models import Integrante, Sesion, Votacion
from ..policies import CabildoPolicy
from ..services import (
    ask_floor,
    begin_recess,
    break_tie,
    call_roll,
    cast_vote,
    close_session,
    close_vote,
    declare_not_held,
    end_floor,
    end_recess,
    excuse_member,
    give_floor,
    note_entry,
    note_exit,
    open_vote,
    postpone_point,
    take_chair,
    withdraw_floor,
)
from ..services.voting import Motion, Totals
from ..sitting_events import SessionActRefused
from ..sitting_export import heads, vote_rows
from ..sitting_presenting import (
    last_result,
    point_lines,
    result_of,
    roll_lines,
    room_of,
    state_of,
    vote_picture,
)
from .base import crumbs, room_page
from .sessions import session_or_404


def _noticed(request: HttpRequest, pk: int) -> Sesion:
    row = session_or_404(request.user, pk)
    if row.convocada_en is None:
        raise NotFoundError(_("Esa sesión todavía no se convoca."))
    return row


def _crumbs(row: Sesion, *rest: tuple) -> list[dict]:
    sessions = (_("Sesiones"), reverse("cabildo:sesiones"))
    return crumbs(sessions, (row.nombre, reverse("cabildo:sesion", args=[row.pk])), *rest)


def _room_context(row: Sesion) -> dict:
    room = room_of(row, now())
    return state_of(room) | {
        "lista": roll_lines(room),
        "puntos": point_lines(room),
        "quorum": room.hay_quorum,
        "live_path": f"/ws/tablero/cabildo/{row.pk}/",
    }


@room_page("manage", "GET", "HEAD")
def console(request: HttpRequest, pk: int) -> HttpResponse:
    """From where a session is run; complete without any other device."""
    return _console(request, _noticed(request, pk))


def _console(request: HttpRequest, row: Sesion, *, error: str = "", status: int = 200):
    context = _room_context(row) | {
        "error": error,
        "cambia_orden": agenda_mandate(row) is not None,
        "formas": FormaVotacion.choices,
        "migas": _crumbs(row, (_("Sala"),)),
    }
    return render(request, "tablero/cabildo/sala.html", context, status=status)


def _number(request: HttpRequest, name: str) -> int:
    """
    :raises InvalidInputError: it is no whole number.
    """
    text = request.POST.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInputError(_("Escriba un número entero, sin signos."))
    return int(text)


def _point(request: HttpRequest, row: Sesion) -> int:
    """
    :raises NotFoundError: the point is not of this session.
    """
    pk = _number(request, "punto")
    if not row.puntos.filter(pk=pk).exists():
        raise NotFoundError(_("Ese punto no es de esta sesión."))
    return pk


def _vote_of(request: HttpRequest, row: Sesion) -> int:
    """
    :raises NotFoundError: the vote is not of this session.
    """
    pk = _number(request, "votacion")
    if not row.votaciones.filter(pk=pk).exists():
        raise NotFoundError(_("Esa votación no es de esta sesión."))
    return pk


def _call(request, row, given):
    there = [int(v) for v in request.POST.getlist("presentes") if v.isascii() and v.isdigit()]
    chair = request.POST.get("preside", "")
    call_roll(
        sesion_id=row.pk,
        presentes=there,
        preside_id=int(chair) if chair.isascii() and chair.isdigit() else None,
        **given,
    )


def _open(request, row, given):
    motion = Motion(
        texto=request.POST.get("texto", ""),
        forma=request.POST.get("forma", ""),
        modifica=request.POST.get("modifica") == "on",
        motivo=request.POST.get("motivo", ""),
    )
    open_vote(punto_id=_point(request, row), motion=motion, **given)


def _close(request, row, given):
    totals = None
    if "favor" in request.POST:
        parts = {name: _number(request, name) for name in ("favor", "contra", "abstencion")}
        totals = Totals(**parts)
    close_vote(votacion_id=_vote_of(request, row), totals=totals, **given)


def _vote(request, row, given):
    cast_vote(
        votacion_id=_vote_of(request, row),
        integrante_id=_number(request, "integrante"),
        sentido=request.POST.get("sentido", ""),
        **given,
    )


def _excuse(request, row, given):
    excuse_member(
        votacion_id=_vote_of(request, row),
        integrante_id=_number(request, "integrante"),
        motivo=request.POST.get("motivo", ""),
        **given,
    )


def _tie(request, row, given):
    side = request.POST.get("sentido", "")
    break_tie(votacion_id=_vote_of(request, row), sentido=side, **given)


def _floor(request, row, given):
    ask_floor(
        sesion_id=row.pk,
        integrante_id=_number(request, "integrante"),
        punto_id=_point(request, row) if request.POST.get("punto") else None,
        **given,
    )


def _of_member(service: Callable) -> Callable:
    """An act on the member that the form names."""

    def inner(request, row, given):
        service(sesion_id=row.pk, integrante_id=_number(request, "integrante"), **given)

    return inner


ACTS: dict[str, Callable] = {
    "lista": _call,
    "no-celebrada": lambda request, row, given: declare_not_held(sesion_id=row.pk, **given),
    "entra": _of_member(note_entry),
    "sale": _of_member(note_exit),
    "preside": _of_member(take_chair),
    "pedir-palabra": _floor,
    "quitar-palabra": _of_member(withdraw_floor),
    "dar-palabra": _of_member(give_floor),
    "fin-palabra": lambda request, row, given: end_floor(sesion_id=row.pk, **given),
    "receso": lambda request, row, given: begin_recess(sesion_id=row.pk, **given),
    "reanudar": lambda request, row, given: end_recess(sesion_id=row.pk, **given),
    "abrir": _open,
    "votar": _vote,
    "excusar": _excuse,
    "cerrar": _close,
    "calidad": _tie,
    "posponer": lambda request, row, given: postpone_point(punto_id=_point(request, row), **given),
    "clausurar": lambda request, row, given: close_session(sesion_id=row.pk, **given),
}


def _attempt(request: HttpRequest, row: Sesion, que: str):
    """What is tried within is in the record of the session also if it is refused."""
    event = partial(SessionActRefused, sesion_id=row.pk, acto=que)
    return keep_refusals(event, actor=request.user, now=now())


@room_page("manage", "POST")
def act(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """An act of the console; a refusal is told on the console itself."""
    found = ACTS.get(que)
    if found is None:
        raise Http404
    row = session_or_404(request.user, pk)
    try:
        with _attempt(request, row, que):
            found(request, _noticed(request, pk), {"actor": request.user, "now": now()})
    except NotAllowedError:
        raise
    except DomainError as error:
        lines = [str(x) for found in getattr(error, "fields", {}).values() for x in found]
        told = " ".join(lines) or str(error.message)
        return _console(request, _noticed(request, pk), error=told, status=error.status)
    return redirect("cabildo:sala", pk=pk)


@room_page("view", "GET", "HEAD")
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """What the room looks at: state, quorum, the open vote, and the last result."""
    row = _noticed(request, pk)
    context = _room_context(row) | {"migas": _crumbs(row, (_("Pantalla"),))}
    context["ultima"] = last_result(row)
    return render(request, "tablero/cabildo/pantalla.html", context)


def _member_act(request: HttpRequest, row: Sesion, member_id: int) -> None:
    """What a member does from their own screen: vote, ask for the floor or take it back."""
    given = {"integrante_id": member_id, "actor": request.user, "now": now()}
    asked = request.POST.get("palabra")
    if asked == "pedir":
        ask_floor(sesion_id=row.pk, punto_id=None, **given)
    elif asked == "retirar":
        withdraw_floor(sesion_id=row.pk, **given)
    else:
        side = request.POST.get("sentido", "")
        cast_vote(votacion_id=_vote_of(request, row), sentido=side, **given)


@room_page("view")
def member_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own screen: where the session stands, and their vote."""
    row = _noticed(request, pk)
    member = CabildoPolicy(request.user).integrante
    if member is None:
        raise NotAllowedError(_("Esta pantalla es de quienes integran el Cabildo."))
    error, status = "", 200
    if request.method == "POST":
        try:
            with _attempt(request, row, request.POST.get("palabra") or "votar"):
                _member_act(request, row, member.pk)
            return redirect("cabildo:mi_voto", pk=pk)
        except NotAllowedError:
            raise
        except DomainError as refused:
            error, status = str(refused.message), refused.status
    context = _room_context(row) | {"migas": _crumbs(row, (_("Mi voto"),)), "error": error}
    context["mio"] = next((x for x in context["lista"] if x["i"].pk == member.pk), None)
    return render(request, "tablero/cabildo/mi_voto.html", context, status=status)


@room_page("view", "GET", "HEAD")
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """One closed vote: result, figures and, if nominal, what each voted."""
    rows = Votacion.objects.select_related("sesion__organo", "punto__asunto", "regla")
    found = rows.filter(pk=pk, estado="cerrada").first()
    if found is None:
        raise NotFoundError(_("No encontramos esa votación."))
    ids = [line["integrante_id"] for line in found.padron]
    names = {row.pk: row.nombre for row in Integrante.objects.filter(pk__in=ids)}
    nominal = found.forma == FormaVotacion.NOMINAL
    context = {
        "r": result_of(found),
        "v": found,
        "nominal": nominal,
        "figura": vote_picture(found, names) if nominal else None,
        "padron": [line | {"nombre": names[line["integrante_id"]]} for line in found.padron],
        "migas": _crumbs(found.sesion, (_("Votación"),)),
    }
    return render(request, "tablero/cabildo/votacion.html", context)


@room_page("view", "GET", "HEAD")
def export(request: HttpRequest, pk: int, formato: str) -> HttpResponse:
    """Attendance and votes of a session, to be published (LGTAIP 66)."""
    row = _noticed(request, pk)
    if row.estado not in (EstadoSesion.CONCLUIDA, EstadoSesion.EN_CURSO, EstadoSesion.RECESO):
        raise NotFoundError(_("La sesión todavía no se celebra."))
    name = f"votos-{row.tipo}-{row.numero}-{row.ejercicio}"
    rows = vote_rows(row)
    if formato == "csv":
        return csv_response(name, heads(), rows)
    if formato == "xlsx":
        return xlsx_response(name, heads(), rows)
    raise Http404
