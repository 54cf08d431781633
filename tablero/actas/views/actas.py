"""Actas: the list, one with its sections and signatures, and their acts."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError
from portal.core.refusals import keep_refusals
from portal.core.time import now, today
from portal.documents.services import Credentials
from tablero.documentos.pages import page_of
from tablero.shared.formpages import confirm, posted, run_form
from tablero.shared.lists import link_with

from .. import services
from ..constants import EstadoActa, EstadoFirmaActa
from ..events import ActaActRefused
from ..forms import (
    ApproveForm,
    ErratumForm,
    ObserveForm,
    PasswordForm,
    PublicForm,
    SectionForm,
    SettleForm,
    SignatureForm,
)
from ..models import FirmaActa, ObservacionActa, SeccionActa
from ..policies import ActaPolicy
from ..presenting import TONES, acta_timeline, sections_of, signatures_of
from ..selectors import acta_facts, actas_for, later_sessions, pending_observations, without_acta
from .base import crumbs, room_page, visible_acta

PAGE_SIZE = 40


@room_page("GET", "HEAD")
def acta_list(request: HttpRequest) -> HttpResponse:
    """The actas this person may know of, and the sessions that still have none."""
    estado = request.GET.get("estado", "")[:20]
    policy = ActaPolicy(request.user)
    page = page_of(actas_for(request.user, estado=estado), request.GET, size=PAGE_SIZE)
    context = {
        "tabs": [
            {
                "label": str(label),
                "url": link_with(request.GET, estado=value),
                "current": estado == value,
            }
            for value, label in [("", _("Todas")), *EstadoActa.choices]
        ],
        "filas": [{"a": row, "tono": TONES[row.estado]} for row in page.rows],
        "pagina": page,
        "faltan": without_acta()[:20] if policy.can_manage() else [],
        "puede": policy.can_manage(),
        "migas": [{"label": _("Actas")}],
    }
    return render(request, "tablero/actas/actas.html", context)


@room_page("POST", manage=True)
def draft(request: HttpRequest, sesion: int) -> HttpResponse:
    """Write the draft of a session, or go to the one there is."""
    row = services.draft_acta(sesion_id=sesion, actor=request.user, now=now())
    return redirect("actas:acta", pk=row.pk)


@room_page("GET", "HEAD")
def acta(request: HttpRequest, pk: int) -> HttpResponse:
    """One acta: its text with what was observed of it, who signed it, and its record."""
    row = visible_acta(request, pk)
    policy = ActaPolicy(request.user)
    member = policy.cabildo.integrante
    lines = signatures_of(row)
    context = {
        "a": row,
        "tono": TONES[row.estado],
        "secciones": sections_of(row),
        "firmas": lines,
        "erratas": list(row.erratas.select_related("documento")),
        "puede": policy.can_manage(),
        "pendientes": pending_observations(row),
        "faltan": sum(line["f"].estado == EstadoFirmaActa.PENDIENTE for line in lines),
        "observa": member is not None
        and row.estado == EstadoActa.CIRCULADA
        and today() <= row.observar_hasta,
        "firma": any(
            member is not None
            and line["f"].integrante_id == member.pk
            and line["f"].estado == EstadoFirmaActa.PENDIENTE
            for line in lines
        )
        and row.estado == EstadoActa.APROBADA,
        "historia": acta_timeline(acta_facts(row)),
        "migas": crumbs((row.sesion.nombre,)),
    }
    return render(request, "tablero/actas/acta.html", context)


def _page(request, row, form, act, *, title, done, **page) -> HttpResponse:
    back = reverse("actas:acta", args=[row.pk])
    trail = crumbs((row.sesion.nombre, back), (title,))
    tried = partial(ActaActRefused, acta_id=row.pk, acto=request.resolver_match.url_name)
    act = keep_refusals(tried, actor=request.user, now=now())(act)
    return run_form(
        request, form, act, done=done, to=back, title=title, cancel_url=back, migas=trail, **page
    )


def _section(row, pk: int) -> SeccionActa:
    found = row.secciones.filter(pk=pk).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa sección."))
    return found


@room_page(manage=True)
def edit_section(request: HttpRequest, pk: int, seccion: int) -> HttpResponse:
    """Write a section anew."""
    row = visible_acta(request, pk)
    part = _section(row, seccion)
    return _page(
        request,
        row,
        SectionForm(posted(request), initial={"texto": part.texto, "cambios": row.cambios}),
        lambda data: services.save_section(
            seccion_id=part.pk, actor=request.user, now=now(), **data
        ),
        title=part.titulo,
        done=_("Guardado."),
    )


@room_page(manage=True)
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it round."""
    row = visible_acta(request, pk)
    back = reverse("actas:acta", args=[pk])
    return confirm(
        request,
        lambda: services.circulate_acta(acta_id=pk, actor=request.user, now=now()),
        done=_("El acta se circuló; quienes integran el órgano ya pueden observarla."),
        to=back,
        title=_("Circular el acta"),
        text=_("Desde ahora su texto sólo cambia al resolver una observación."),
        submit=_("Circular"),
        migas=crumbs((row.sesion.nombre, back), (_("Circular"),)),
    )


@room_page()
def observe(request: HttpRequest, pk: int, seccion: int, parrafo: int) -> HttpResponse:
    """A member observes a paragraph."""
    row = visible_acta(request, pk)
    part = _section(row, seccion)
    if not 1 <= parrafo <= len(part.parrafos):
        raise NotFoundError(_("Esa sección no tiene ese párrafo."))
    return _page(
        request,
        row,
        ObserveForm(posted(request)),
        lambda data: services.observe_acta(
            seccion_id=part.pk, parrafo=parrafo, actor=request.user, now=now(), **data
        ),
        title=_("Observar un párrafo"),
        intro=part.parrafos[parrafo - 1],
        submit=_("Enviar la observación"),
        done=_("La Secretaría ya tiene su observación."),
    )


@room_page(manage=True)
def settle(request: HttpRequest, pk: int, observacion: int) -> HttpResponse:
    """Accept an observation with the paragraph as it reads now, or refuse it."""
    row = visible_acta(request, pk)
    rows = ObservacionActa.objects.select_related("seccion", "integrante").filter(acta=row)
    found = rows.filter(pk=observacion).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa observación."))

    def act(data: dict):
        return services.settle_observation(
            observacion_id=found.pk,
            acepta=data["acepta"] == "si",
            texto=data["texto"],
            respuesta=data["respuesta"],
            actor=request.user,
            now=now(),
        )

    text = found.seccion.parrafos[found.parrafo - 1]
    return _page(
        request,
        row,
        SettleForm(posted(request), initial={"texto": text}),
        act,
        title=_("Resolver una observación"),
        intro=f"{found.integrante}: {found.texto}",
        submit=_("Resolver"),
        done=_("La observación quedó resuelta."),
    )


@room_page(manage=True)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the later session that approved it."""
    row = visible_acta(request, pk)
    form = ApproveForm(
        posted(request), initial={"cambios": row.cambios}, sessions=later_sessions(row)
    )
    return _page(
        request,
        row,
        form,
        lambda data: services.approve_acta(
            acta_id=pk,
            sesion_id=data["sesion"].pk,
            cambios=data["cambios"],
            actor=request.user,
            now=now(),
        ),
        title=_("Asentar su aprobación"),
        submit=_("Asentar"),
        done=_("El acta quedó aprobada; ya se avisó a quienes deben firmarla."),
    )


@room_page()
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A member signs it."""
    row = visible_acta(request, pk)
    return _page(
        request,
        row,
        PasswordForm(posted(request)),
        lambda data: services.sign_acta(
            acta_id=pk, credentials=Credentials(**data), actor=request.user, now=now()
        ),
        title=_("Firmar el acta"),
        intro=_("Firma el texto aprobado, cuya huella es %(hash)s.") % {"hash": row.huella[:16]},
        submit=_("Firmar"),
        done=_("Quedó su firma."),
    )


@room_page(manage=True)
def record(request: HttpRequest, pk: int, firma: int) -> HttpResponse:
    """Record that somebody signed by hand, or refused."""
    row = visible_acta(request, pk)
    found = FirmaActa.objects.select_related("integrante").filter(acta=row, pk=firma).first()
    if found is None:
        raise NotFoundError(_("No encontramos esa firma."))
    return _page(
        request,
        row,
        SignatureForm(posted(request)),
        lambda data: services.record_signature(
            acta_id=pk,
            integrante_id=found.integrante_id,
            actor=request.user,
            now=now(),
            **data,
        ),
        title=_("Asentar una firma"),
        intro=f"{found.integrante}, {found.cargo}",
        submit=_("Asentar"),
        done=_("Quedó asentado."),
    )


@room_page(manage=True)
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the whole and put it in the book."""
    row = visible_acta(request, pk)
    return _page(
        request,
        row,
        PasswordForm(posted(request)),
        lambda data: services.bind_acta(
            acta_id=pk, credentials=Credentials(**data), actor=request.user, now=now()
        ),
        title=_("Asentar en el libro"),
        intro=_("Se expide el acta con quién firmó y cómo, y toma las fojas que siguen del libro."),
        submit=_("Firmar y asentar"),
        done=_("El acta quedó en su libro."),
    )


@room_page(manage=True)
def public_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue its public version."""
    row = visible_acta(request, pk)

    def act(data: dict):
        credentials = Credentials(contrasena=data.pop("contrasena"))
        return services.publish_version(
            acta_id=pk, credentials=credentials, actor=request.user, now=now(), **data
        )

    return _page(
        request,
        row,
        PublicForm(posted(request)),
        act,
        title=_("Versión pública"),
        intro=_("Lo que se tacha no aparece en ella; el acta original queda íntegra."),
        submit=_("Expedir"),
        done=_("La versión pública quedó expedida."),
    )


@room_page(manage=True)
def erratum(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a signed correction."""
    row = visible_acta(request, pk)

    def act(data: dict):
        credentials = Credentials(contrasena=data.pop("contrasena"))
        return services.issue_erratum(
            acta_id=pk, credentials=credentials, actor=request.user, now=now(), **data
        )

    return _page(
        request,
        row,
        ErratumForm(posted(request)),
        act,
        title=_("Fe de erratas"),
        intro=_("El acta queda como está; este documento dice cómo debe leerse."),
        submit=_("Firmar y expedir"),
        done=_("La fe de erratas quedó expedida."),
    )
