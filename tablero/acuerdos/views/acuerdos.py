"""Acuerdos: the list, one with what it charges, and the report of fulfilment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.time import now, today
from tablero.cabildo.sitting_presenting import result_of
from tablero.cabildo.views.stats import asked_span
from tablero.coordinacion.forms import ChargeForm
from tablero.documentos.pages import page_of
from tablero.shared.export import csv_response, xlsx_response
from tablero.shared.formpages import confirm, posted, run_form
from tablero.shared.lists import link_with
from tablero.shared.views import LIVE_PATH

from ..constants import EstadoAcuerdo
from ..forms import RevokeForm
from ..policies import AcuerdoPolicy
from ..presenting import acuerdo_lines, acuerdo_timeline
from ..reporting import build_report, report_heads, report_rows
from ..selectors import acuerdo_facts, acuerdos_for, later_acuerdos
from ..services import charge_department, revoke_acuerdo, seal_acuerdo
from .base import crumbs, room_page, visible_acuerdo

PAGE_SIZE = 40


@room_page("GET", "HEAD")
def acuerdo_list(request: HttpRequest) -> HttpResponse:
    """The acuerdos this person may know of."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("estado", "sesion", "q")}
    page = page_of(acuerdos_for(request.user, **asked), request.GET, size=PAGE_SIZE)
    context = {
        **asked,
        "tabs": [
            {
                "label": str(label),
                "url": link_with(request.GET, estado=value),
                "current": asked["estado"] == value,
            }
            for value, label in [("", _("Todos")), *EstadoAcuerdo.choices]
        ],
        "filas": acuerdo_lines(page.rows, today()),
        "pagina": page,
        "live_path": LIVE_PATH,
        "migas": [{"label": _("Acuerdos")}],
    }
    return render(request, "tablero/acuerdos/acuerdos.html", context)


@room_page("GET", "HEAD")
def acuerdo(request: HttpRequest, pk: int) -> HttpResponse:
    """One acuerdo: its text, how it was voted, its document, what it charges and its record."""
    row = visible_acuerdo(request, pk)
    context = {
        "a": row,
        "linea": acuerdo_lines([row], today())[0],
        "voto": result_of(row.votacion),
        "puede": AcuerdoPolicy(request.user).can_manage(),
        "historia": acuerdo_timeline(acuerdo_facts(row)),
        "live_path": LIVE_PATH,
        "migas": crumbs((row.folio,)),
    }
    return render(request, "tablero/acuerdos/acuerdo.html", context)


@room_page(manage=True)
def new_charge(request: HttpRequest, pk: int) -> HttpResponse:
    """Charge a department with what it demands."""
    row = visible_acuerdo(request, pk)
    back = reverse("acuerdos:acuerdo", args=[pk])

    def act(data: dict):
        values = dict(data)
        values["dependencia_id"] = values.pop("dependencia").pk
        person = values.pop("responsable")
        values["responsable_id"] = person.pk if person else None
        return charge_department(acuerdo_id=pk, values=values, actor=request.user, now=now())

    return run_form(
        request,
        ChargeForm(posted(request), initial={"instruccion": row.texto[:2000]}),
        act,
        done=_("Quedó encargado; ya se avisó a quien responde."),
        to=back,
        title=_("Encargar a una dependencia"),
        intro=_("Los días hábiles se cuentan desde que se aprobó el acuerdo %(folio)s.")
        % {"folio": row.folio},
        submit=_("Encargar"),
        cancel_url=back,
        migas=crumbs((row.folio, back), (_("Encargar"),)),
    )


@room_page(manage=True)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back by a later one."""
    row = visible_acuerdo(request, pk)
    back = reverse("acuerdos:acuerdo", args=[pk])
    return run_form(
        request,
        RevokeForm(posted(request), later=later_acuerdos(row)),
        lambda data: revoke_acuerdo(
            acuerdo_id=pk,
            por_id=data["por"].pk,
            motivo=data["motivo"],
            actor=request.user,
            now=now(),
        ),
        done=_("El acuerdo quedó revocado."),
        to=back,
        title=_("Revocar el acuerdo"),
        intro=_("Lo que encargó y no se ha cumplido se da por revocado."),
        submit=_("Revocar"),
        danger=True,
        cancel_url=back,
        migas=crumbs((row.folio, back), (_("Revocar"),)),
    )


@room_page(manage=True)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal its document now, when the worker has not."""
    row = visible_acuerdo(request, pk)
    back = reverse("acuerdos:acuerdo", args=[pk])
    return confirm(
        request,
        lambda: seal_acuerdo(acuerdo_id=pk, now=now()),
        done=_("El documento del acuerdo quedó sellado."),
        to=back,
        title=_("Expedir el documento"),
        text=_("Se expide el texto aprobado con el sello de la institución y su código."),
        submit=_("Expedir"),
        migas=crumbs((row.folio, back), (_("Expedir"),)),
    )


def _report(request: HttpRequest):
    since, until, bad = asked_span(request)
    found = build_report(request.user, desde=since, hasta=until, hoy=today())
    return since, until, bad, found


@room_page("GET", "HEAD")
def report(request: HttpRequest) -> HttpResponse:
    """How far acuerdos are fulfilled, by session and by department; this year unless asked."""
    since, until, bad, found = _report(request)
    context = {
        "desde": since,
        "hasta": until,
        "mal": bad,
        "informe": found,
        "lineas": acuerdo_lines([line["a"] for line in found.acuerdos], today()),
        "consulta": f"?desde={since.isoformat()}&hasta={until.isoformat()}",
        "migas": crumbs((_("Informe de cumplimiento"),)),
    }
    return render(request, "tablero/acuerdos/informe.html", context)


@room_page("GET", "HEAD")
def report_file(request: HttpRequest, formato: str) -> HttpResponse:
    """The report charge by charge, to take along."""
    since, until, _bad, found = _report(request)
    name = f"cumplimiento-de-acuerdos-{since.isoformat()}-{until.isoformat()}"
    if formato == "csv":
        return csv_response(name, report_heads(), report_rows(found))
    if formato == "xlsx":
        return xlsx_response(name, report_heads(), report_rows(found))
    raise Http404
