"""Charges: the list, one with its reports and acts, and its evidence."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.errors import NotAllowedError, NotFoundError
from portal.core.time import now, today
from tablero.documentos.pages import page_of
from tablero.shared.downloads import uploaded_file
from tablero.shared.export import csv_response, xlsx_response
from tablero.shared.formpages import posted, run_form
from tablero.shared.lists import link_with
from tablero.shared.views import LIVE_PATH

from .acts import BY_SLUG, offered
from .constants import EstadoEncargo
from .exporting import charge_heads, charge_rows
from .models import Encargo, EvidenciaEncargo
from .policies import EncargoPolicy
from .presenting import TONES, charge_lines, charge_timeline, count_words
from .selectors import (
    LIGHTS,
    charge_facts,
    charges_for,
    light_counts,
    reports_of,
)

PAGE_SIZE = 50
MOST_EXPORTED = 20_000


def _enter(request: HttpRequest) -> EncargoPolicy:
    policy = EncargoPolicy(request.user)
    if not policy.can_enter():
        raise NotAllowedError
    return policy


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:100] for name in ("estado", "luz", "q")}


def _visible(request: HttpRequest, pk: int) -> Encargo:
    """
    :raises NotFoundError: there is none, or it is not theirs to know.
    """
    rows = _enter(request).visible().select_related("dependencia", "responsable", "autor")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFoundError(_("No encontramos ese encargo."))
    return row


def _crumbs(*trail) -> list[dict]:
    lines = [{"label": _("Encargos"), "url": reverse("coordinacion:encargos")}]
    return lines + [
        {"label": label, "url": target[0] if target else ""} for label, *target in trail
    ]


@staff_only
@require_safe
@never_cache
def charge_list(request: HttpRequest) -> HttpResponse:
    """The charges this person may know of."""
    policy, asked, day = _enter(request), _asked(request), today()
    page = page_of(charges_for(request.user, day, **asked), request.GET, size=PAGE_SIZE)
    counts = light_counts(policy.visible(), day)
    words = {
        "vencida": _("Vencidos"),
        "por_vencer": _("Por vencer"),
        "en_tiempo": _("En tiempo"),
        "terminada": _("Terminados"),
    }
    tabs = [("", _("Todos"), None), *((luz, words[luz], counts[luz]) for luz in LIGHTS)]
    context = {
        **asked,
        "tabs": [
            {
                "label": label,
                "count": count,
                "url": link_with(request.GET, luz=value),
                "current": asked["luz"] == value,
            }
            for value, label, count in tabs
        ],
        "estados": EstadoEncargo.choices,
        "filas": charge_lines(page.rows, day),
        "pagina": page,
        "consulta": f"?{request.GET.urlencode()}" if request.GET else "",
        "live_path": LIVE_PATH,
        "migas": [{"label": _("Encargos")}],
    }
    return render(request, "tablero/coordinacion/encargos.html", context)


@staff_only
@require_safe
@never_cache
def export(request: HttpRequest, formato: str) -> HttpResponse:
    """The same list with the same filters, to take along."""
    _enter(request)
    day = today()
    rows = charges_for(request.user, day, **_asked(request))[:MOST_EXPORTED]
    name = f"encargos-{day.isoformat()}"
    if formato == "csv":
        return csv_response(name, charge_heads(), charge_rows(rows, day))
    if formato == "xlsx":
        return xlsx_response(name, charge_heads(), charge_rows(rows, day))
    raise Http404


@staff_only
@require_safe
@never_cache
def charge(request: HttpRequest, pk: int) -> HttpResponse:
    """One charge: how it stands, its reports, its acts and its record."""
    row, day = _visible(request, pk), today()
    context = {
        "e": row,
        "tono": TONES[row.estado],
        "linea": charge_lines([row], day)[0],
        "cuenta": count_words(row),
        "actos": offered(row, EncargoPolicy(request.user)),
        "informes": reports_of(row),
        "prorrogas": list(row.prorrogas.select_related("autor")),
        "historia": charge_timeline(charge_facts(row)),
        "live_path": LIVE_PATH,
        "migas": _crumbs((row.folio,)),
    }
    return render(request, "tablero/coordinacion/encargo.html", context)


@staff_only
@never_cache
def charge_act(request: HttpRequest, pk: int, acto: str) -> HttpResponse:
    """The form of an act on a charge, and the act."""
    found = BY_SLUG.get(acto)
    if found is None:
        raise Http404
    row = _visible(request, pk)
    EncargoPolicy(request.user).require(found.action, row)
    back = reverse("coordinacion:encargo", args=[pk])
    initial = {"cambios": row.cambios, "avance": row.avance, "vence": row.vence}
    files = request.FILES if request.method == "POST" else None
    return run_form(
        request,
        found.form(posted(request), files, initial=initial),
        lambda data: found.service(encargo_id=pk, actor=request.user, now=now(), **data),
        done=found.done,
        to=back,
        title=found.label,
        intro=found.help or row.instruccion,
        submit=found.label,
        danger=found.danger,
        cancel_url=back,
        migas=_crumbs((row.folio, back), (str(found.label),)),
    )


@staff_only
@require_safe
@never_cache
def evidence(request: HttpRequest, pk: int, clave: str) -> HttpResponse:
    """One file of a report; always a download, never sniffed."""
    row = _visible(request, pk)
    found = EvidenciaEncargo.objects.filter(informe__encargo=row, clave=clave).first()
    if found is None:
        raise NotFoundError(_("Ese archivo no está."))
    return uploaded_file(found)
