"""The inbox: its list, and the same as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import staff_only
from portal.core.calendar import current_calendar
from portal.core.errors import InvalidInputError
from portal.core.time import now
from tablero.shared.export import csv_response
from tablero.shared.views import LIVE_PATH, partial_errors
from tramites.models import Peticion
from tramites.policies import PeticionPolicy
from tramites.selectors import filtered_cases, inbox_lines

from .bulk import BULK_ACTS, may_act_in_bulk
from .cells import Cells
from .counts import tabs
from .inbox import Inbox

PAGE_SIZE = 50
#: A file larger than this is made by narrowing the filters.
EXPORT_LIMIT = 50_000


@staff_only
@require_safe
@partial_errors
def lista(request: HttpRequest) -> HttpResponse:
    """The inbox; htmx asks for its rows alone."""
    asked, moment = Inbox(request.GET, request.user), now()
    try:
        page = inbox_lines(
            viewer=request.user,
            filters=asked.filters,
            now=moment,
            cursor=asked.cursor,
            page_size=PAGE_SIZE,
        )
    except InvalidInputError:
        if asked.cursor is None:
            raise
        # A cursor of another order or another list: the start is what can be shown.
        return redirect(asked.self_url)
    alone = request.headers.get("HX-Request") and request.GET.get("parte") == "filas"
    context = _rows_context(asked, page, moment) | {
        "tabs": tabs(asked, moment),
        "resumen": _summary(asked),
    }
    if alone:
        return render(request, "tablero/bandeja/_parte.html", context)
    return render(request, "tablero/bandeja/lista.html", context | _page_context(request, asked))


def _rows_context(asked: Inbox, page, moment) -> dict:
    calendar, markable = current_calendar(), may_act_in_bulk(asked.viewer)
    cells = Cells(
        now=moment, calendar=calendar, with_office=asked.muestra_dependencia, markable=markable
    )
    first = asked.cursor is None
    return {
        "lista": asked,
        "pagina": page,
        "filas": cells.html(page.rows),
        "ordenes": asked.orders(),
        "ahora": moment,
        "en_vivo": first,
        "parte_url": asked.parte_url(),
        "marcables": markable,
        "cuantos": _how_many(page, first),
        "vacio": _nothing(asked),
    }


def _page_context(request: HttpRequest, asked: Inbox) -> dict:
    chips = asked.chips()
    return {
        "migas": [{"label": _("Bandeja")}],
        "live_path": LIVE_PATH if asked.cursor is None else "",
        "chips": [*chips, *asked.suggestions()],
        "opciones": asked.options(),
        "acciones": BULK_ACTS if may_act_in_bulk(request.user) else [],
        "exportar_url": asked.export_url(),
        "puede_capturar": PeticionPolicy(request.user).can_capture(),
        "ayuda_texto": _("Los asuntos que usted puede ver. La lista se actualiza sola."),
    }


def _summary(asked: Inbox) -> str:
    return _("Vista «%(v)s».") % {"v": asked.view.label}


def _how_many(page, first: bool) -> str:
    n = len(page.rows)
    return _("Asuntos 1 a %(n)d") % {"n": n} if first else _("%(n)d asuntos") % {"n": n}


def _nothing(asked: Inbox) -> dict:
    chips = asked.chips()
    if not chips:
        return {
            "escena": "dia",
            "title": _("Nada en esta vista"),
            "text": _("Cuando llegue un asunto aparecerá aquí sin que usted recargue."),
            "acciones": [{"label": _("Ver todas"), "url": "?vista=todas"}],
        }
    actions = [{"label": _("Quitar todos los filtros"), "url": f"?vista={asked.vista}"}]
    if len(chips) > 1:
        last = chips[-1]
        words = _("Quitar «%(f)s: %(v)s»") % {"f": last["label"], "v": last["value"]}
        actions.insert(0, {"label": words, "url": last["url"]})
    return {
        "escena": "busca",
        "title": _("Ningún asunto con esos filtros"),
        "text": _("Pruebe con menos palabras o quite un filtro."),
        "acciones": actions,
    }


@staff_only
@require_safe
def exportar(request: HttpRequest) -> StreamingHttpResponse:
    """What is filtered, as CSV without personal data, sent as it is read."""
    asked, moment = Inbox(request.GET, request.user), now()
    rows = filtered_cases(viewer=request.user, filters=asked.filters, now=moment)
    rows = rows.select_related("servicio__tema", "dependencia", "colonia", "zona", "responsable")
    rows = rows.defer("descripcion", "busqueda", "colonia__poligono", "zona__poligono")
    head = [
        _("Folio"), _("Asunto"), _("Tema"), _("Clase"), _("Estado"), _("Semáforo"), _("Recibida"),
        _("Vence"), _("Respondida"), _("Dependencia"), _("Responsable"), _("Colonia"), _("Zona"),
        _("Canal"),
    ]  # fmt: skip
    ordered = rows.order_by("-recibida_en", "-pk")[:EXPORT_LIMIT]
    return csv_response("bandeja", head, _lines(ordered.iterator(500), moment))


def _lines(rows: Iterator[Peticion], moment) -> Iterator[tuple]:
    for case in rows:
        yield (
            case.folio,
            case.servicio,
            case.servicio.tema,
            case.get_tipo_display(),
            case.get_estado_display(),
            case.semaforo(moment).label,
            _iso(case.recibida_en),
            _iso(case.vence_en),
            _iso(case.respondida_en),
            case.dependencia.nombre,
            case.responsable or "",
            case.colonia.nombre if case.colonia else "",
            case.zona.nombre if case.zona else "",
            case.get_canal_display(),
        )


def _iso(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
