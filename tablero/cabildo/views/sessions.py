"""Sessions: the list, one with its agenda and who was noticed, and the acts before it is held."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.core.errors import DomainError, NotFoundError
from portal.core.time import now, today
from portal.documents.services import Credentials
from tablero.documentos.pages import page_of
from tablero.shared.formpages import posted, run_form
from tablero.shared.lists import link_with

from ..constants import EstadoSesion
from ..forms.sessions import ConveneForm, PointForm, ReasonForm, SessionForm
from ..ical import calendar_file
from ..mandate import agenda_mandate
from ..models import Punto, Sesion
from ..policies import CabildoPolicy
from ..selectors import bodies_on
from ..services import (
    add_point,
    cancel_session,
    convene_session,
    move_point,
    remove_point,
    save_session,
)
from ..services.sessions import OPEN_AGENDA
from ..session_presenting import (
    TONES,
    legal_words,
    local_parts,
    notice_standing,
    proof_of,
    session_timeline,
)
from ..session_selectors import (
    agenda,
    closed_votes,
    noticed,
    schedulable,
    session_facts,
    sessions,
)
from ..sitting_presenting import result_of
from .base import crumbs, room_page

PAGE_SIZE = 50
HELD_OR_NOTICED = (EstadoSesion.CONVOCADA, EstadoSesion.EN_CURSO, EstadoSesion.RECESO)
COPIED = ("organo", "tipo", "lugar", "caracter", "fundamento_cierre", "urgencia", "cambios")


def _list_address() -> tuple[str, str]:
    return _("Sesiones"), reverse("cabildo:sesiones")


def session_or_404(user, pk: int) -> Sesion:
    """
    :raises NotFoundError: there is none, or it is still prepared and not theirs to see.
    """
    row = Sesion.objects.select_related("organo", "convocatoria", "regla").filter(pk=pk).first()
    hidden = row is not None and row.convocada_en is None and not CabildoPolicy(user).can_manage()
    if row is None or hidden:
        raise NotFoundError(_("No encontramos esa sesión."))
    return row


@room_page("view", "GET", "HEAD")
def session_list(request: HttpRequest) -> HttpResponse:
    """Sessions to come, or past ones."""
    past = request.GET.get("ver") == "pasadas"
    rows = sessions(ahead=not past)
    manages = CabildoPolicy(request.user).can_manage()
    if not manages:
        rows = rows.filter(convocada_en__isnull=False)
    found = page_of(rows, request.GET, size=PAGE_SIZE) if past else None
    shown = found.rows if found else list(rows[:PAGE_SIZE])
    context = {
        "tabs": [
            {
                "label": label,
                "url": link_with(request.GET, ver=value),
                "current": past == bool(value),
            }
            for value, label in (("", _("Por celebrarse")), ("pasadas", _("Anteriores")))
        ],
        "filas": [{"s": row, "tono": TONES[row.estado]} for row in shown],
        "pagina": found,
        "puede": manages,
        "migas": crumbs((_("Sesiones"),)),
    }
    return render(request, "tablero/cabildo/sesiones.html", context)


@room_page("view", "GET", "HEAD")
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when and where, its agenda, who was noticed and how far, and its record."""
    row = session_or_404(request.user, pk)
    manages = CabildoPolicy(request.user).can_manage()
    prepared = row.estado == EstadoSesion.PREPARACION
    changes = agenda_mandate(row) is not None
    context = {
        "s": row,
        "tono": TONES[row.estado],
        "puntos": agenda(row),
        "convocados": [{"c": c, "prueba": proof_of(c.notificacion)} for c in noticed(row)],
        "aviso": notice_standing(row, now()) if prepared else None,
        "prepara": manages and prepared,
        "ordena": manages and (prepared or changes),
        "agrega": manages and (changes or row.estado in OPEN_AGENDA),
        "puede": manages,
        "sala": row.estado in HELD_OR_NOTICED,
        "vota": row.estado in HELD_OR_NOTICED and CabildoPolicy(request.user).integrante,
        "votos": [result_of(vote) for vote in closed_votes(row)],
        "historia": session_timeline(session_facts(row)),
        "migas": crumbs(_list_address(), (row.nombre,)),
    }
    return render(request, "tablero/cabildo/sesion.html", context)


@room_page("manage")
def write_session(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Prepare a session, or change the data of one."""
    row = session_or_404(request.user, pk) if pk else None
    initial = {"caracter": "publica", "tipo": "ordinaria", "hora": "10:00"}
    if row is not None:
        initial = {name: getattr(row, name) for name in COPIED} | local_parts(row.inicia_en)
    form = SessionForm(posted(request), initial=initial, bodies=bodies_on(today()))
    back = reverse("cabildo:sesion", args=[pk]) if row else reverse("cabildo:sesiones")
    title = _("Cambiar la sesión") if row else _("Nueva sesión")
    return run_form(
        request,
        form,
        lambda data: save_session(
            sesion_id=pk,
            values=form.values(),
            cambios=data["cambios"] if row else None,
            actor=request.user,
            now=now(),
        ),
        done=_("Guardado."),
        to=lambda saved: reverse("cabildo:sesion", args=[saved.pk]),
        title=title,
        intro=" ".join(f"{line['tipo']}: {line['dice']}" for line in legal_words(now())),
        cancel_url=back,
        migas=crumbs(_list_address(), (title,)),
    )


@room_page("manage")
def new_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    row = session_or_404(request.user, pk)
    back = reverse("cabildo:sesion", args=[pk])
    title = _("Agregar un asunto al orden del día")
    return run_form(
        request,
        PointForm(posted(request), items=schedulable(row.organo)),
        lambda data: add_point(
            sesion_id=pk, asunto_id=data["asunto"].pk, actor=request.user, now=now()
        ),
        done=_("El asunto quedó en el orden del día."),
        to=back,
        title=title,
        intro=_("Se ofrecen los asuntos validados, con el dictamen que exija su materia."),
        submit=_("Agregar"),
        cancel_url=back,
        migas=crumbs(_list_address(), (row.nombre, back), (title,)),
    )


@room_page("manage", "POST")
def change_point(request: HttpRequest, pk: int, punto: int, que: str) -> HttpResponse:
    """Move a point up or down, or take it off."""
    if not Punto.objects.filter(pk=punto, sesion_id=pk).exists():
        raise NotFoundError(_("Ese punto no es de esta sesión."))
    given = {"punto_id": punto, "actor": request.user, "now": now()}
    try:
        if que == "quitar":
            remove_point(**given)
        else:
            move_point(arriba=que == "subir", **given)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error.message))
    return redirect("cabildo:sesion", pk=pk)


@sensitive_post_parameters("contrasena")
@room_page("manage")
def convene(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the notice and send it."""
    row = session_or_404(request.user, pk)
    back = reverse("cabildo:sesion", args=[pk])
    return run_form(
        request,
        ConveneForm(posted(request), initial={"cambios": row.cambios}),
        lambda data: convene_session(
            sesion_id=pk,
            credentials=Credentials(contrasena=data["contrasena"]),
            cambios=data["cambios"],
            actor=request.user,
            now=now(),
        ),
        done=_("La sesión quedó convocada."),
        to=back,
        title=_("Convocar"),
        intro=notice_standing(row, now())["dice"],
        submit=_("Firmar y convocar"),
        cancel_url=back,
        migas=crumbs(_list_address(), (row.nombre, back), (_("Convocar"),)),
    )


@room_page("manage")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the session off."""
    row = session_or_404(request.user, pk)
    back = reverse("cabildo:sesion", args=[pk])
    return run_form(
        request,
        ReasonForm(posted(request), initial={"cambios": row.cambios}),
        lambda data: cancel_session(sesion_id=pk, actor=request.user, now=now(), **data),
        done=_("La sesión quedó cancelada."),
        to=back,
        title=_("Cancelar la sesión"),
        intro=_("Sus asuntos podrán ir a otra sesión. El número no se usa otra vez."),
        submit=_("Cancelar la sesión"),
        danger=True,
        cancel=_("Volver sin hacerlo"),
        cancel_url=back,
        migas=crumbs(_list_address(), (row.nombre, back), (_("Cancelar"),)),
    )


@room_page("view", "GET", "HEAD")
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The session as a calendar file."""
    row = session_or_404(request.user, pk)
    content = calendar_file([row], host=request.get_host().split(":")[0], stamp=now())
    headers = {
        "Content-Disposition": f'attachment; filename="sesion-{row.pk}.ics"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
