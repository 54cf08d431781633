"""The list of cases a person of the staff works from."""

import datetime as dt
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError

from ..constants import Canal, Estado, Reloj, Semaforo, Tipo
from ..deadlines import end_of_day, start_of_day
from ..models import Peticion, Servicio
from ..policies import PeticionPolicy
from .lines import NEVER, as_lines
from .pages import Order, Page, keyset_page
from .search import search

RECENT = Order("recientes", "recibida_en", descending=True)
DUE = Order("vence", "orden_vence", descending=False)
ORDERS = {order.name: order for order in (RECENT, DUE)}
#: Before any case. SQLite takes a range for few rows, and "is not null" for nearly all.
EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
EXCERPT = 200
MOST_BRANCHES = 12

#: Columns a row of the list shows; the long texts stay in the database.
COLUMNS = (
    "folio", "tipo", "canal", "sensible", "direccion", "estado", "motivo_turno", "recibida_en",
    "actualizada_en", "reloj", "vence_en", "por_vencer_en", "regla_clave", "respondida_en",
    "concluida_en", "concluye_en", "resultado", "en_plazo", "version",
    "servicio__clave", "servicio__nombre", "servicio__nombre_en",
    "dependencia__clave", "dependencia__nombre", "dependencia__siglas",
    "dependencia__es_ventanilla",
    "colonia__nombre",
    "responsable__username", "responsable__first_name", "responsable__last_name",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InboxFilters:
    """
    What to show; empty means anything. ``responsable`` is a user's id or ``"mias"``.

    ``desde`` and ``hasta`` are local dates of reception, both included. The order "vence" shows
    what has a clock, the next to fall due first and what is paused last.
    """

    estado: tuple[str, ...] = ()
    semaforo: str = ""
    dependencia: int | None = None
    responsable: int | str | None = None
    servicio: int | None = None
    tema: int | None = None
    tipo: str = ""
    canal: str = ""
    zona: int | None = None
    colonia: int | None = None
    texto: str = ""
    desde: dt.date | None = None
    hasta: dt.date | None = None
    orden: str = RECENT.name
    extra: dict = field(default_factory=dict)


def inbox(
    *,
    viewer,
    filters: InboxFilters,
    now: dt.datetime,
    cursor: str | None = None,
    page_size: int = 50,
) -> Page:
    """
    One page of the cases ``viewer`` may see that pass ``filters``.

    Each row carries ``extracto`` (the beginning of the text) besides the columns of the list. The
    number of queries depends neither on the page nor on how many cases there are.

    :raises InvalidInputError: an unknown filter value, or a cursor that is not of this list.
    """
    order, rows, branches = _ordered(viewer, filters, now)
    rows = (
        rows.select_related("servicio", "dependencia", "responsable", "colonia")
        .only(*COLUMNS)
        .annotate(extracto=Substr("descripcion", 1, EXCERPT))
    )
    return Page(*keyset_page(rows, order, cursor, page_size, branches))


def inbox_lines(
    *,
    viewer,
    filters: InboxFilters,
    now: dt.datetime,
    cursor: str | None = None,
    page_size: int = 50,
) -> Page:
    """
    The same page as ``inbox``, of ``Line``: for a list that only shows its cases.

    :raises InvalidInputError: as ``inbox``.
    """
    order, rows, branches = _ordered(viewer, filters, now)
    return Page(*keyset_page(rows, order, cursor, page_size, branches, read=as_lines))


def _ordered(viewer, filters: InboxFilters, now: dt.datetime) -> tuple:
    """The order asked for, the rows to be put in it, and the parts that have their own index."""
    filters = _checked(filters)
    order = ORDERS[filters.orden]
    rows = filtered_cases(viewer=viewer, filters=filters, now=now)
    if order is DUE:
        latest = Coalesce("vence_en", Value(NEVER, output_field=DateTimeField()))
        rows = rows.filter(with_a_clock()).annotate(orden_vence=latest)
    return order, rows, _branches(viewer, filters) if order is RECENT else ()


def _branches(viewer, filters: InboxFilters) -> list[Q]:
    """One an office, for who heads a few: each has its own index by date of reception."""
    if filters.dependencia or filters.texto.strip():
        return []
    offices = PeticionPolicy(viewer).visible_offices() or ()
    if not 2 <= len(offices) <= MOST_BRANCHES:
        return []
    return [Q(dependencia_id=office) for office in sorted(offices)]


def filtered_cases(*, viewer, filters: InboxFilters, now: dt.datetime) -> QuerySet[Peticion]:
    """The cases themselves, without order or columns, for lists, bulk acts and exports."""
    filters = _checked(filters)
    rows = PeticionPolicy(viewer).visible().filter(_conditions(filters, viewer, now))
    return search(rows, filters.texto) if filters.texto.strip() else rows


def _checked(filters: InboxFilters) -> InboxFilters:
    estado = (filters.estado,) if isinstance(filters.estado, str) else tuple(filters.estado or ())
    estado = tuple(value for value in estado if value)
    known = (
        ("estado", estado, Estado.values),
        ("semaforo", (filters.semaforo,), Semaforo.values),
        ("tipo", (filters.tipo,), Tipo.values),
        ("canal", (filters.canal,), Canal.values),
        ("orden", (filters.orden or RECENT.name,), list(ORDERS)),
    )
    faults = {
        name: [_("Ese valor del filtro no existe.")]
        for name, given, values in known
        if any(value and value not in values for value in given)
    }
    for name in ("dependencia", "responsable", "servicio", "tema", "zona", "colonia"):
        value = getattr(filters, name)
        whole = value in (None, "") or (isinstance(value, int) and 0 < value < 2**63)
        if not whole and (name, value) != ("responsable", "mias"):
            faults[name] = [_("Ese valor del filtro no existe.")]
    if faults:
        raise InvalidInputError(fields=faults)
    return replace(filters, estado=estado, orden=filters.orden or RECENT.name)


def _conditions(filters: InboxFilters, viewer, now: dt.datetime) -> Q:
    condition = Q()
    equal = {
        "dependencia_id": filters.dependencia,
        "servicio_id": filters.servicio,
        "tipo": filters.tipo,
        "canal": filters.canal,
        "zona_id": filters.zona,
        "colonia_id": filters.colonia,
        "responsable_id": viewer.pk if filters.responsable == "mias" else filters.responsable,
    }
    for name, value in equal.items():
        if value not in (None, ""):
            condition &= Q(**{name: value})
    if filters.tema:
        # Asked for first: the planner weighs the ids of a list, and knows nothing of a subquery.
        services = Servicio.objects.filter(tema_id=filters.tema).order_by()
        condition &= Q(servicio_id__in=list(services.values_list("pk", flat=True)))
    if filters.estado:
        condition &= Q(estado__in=filters.estado)
    if filters.semaforo:
        condition &= semaphore_condition(filters.semaforo, now)
    return condition & _between(filters)


def _between(filters: InboxFilters) -> Q:
    zone, condition = ZoneInfo(settings.TIME_ZONE), Q()
    if filters.desde:
        condition &= Q(recibida_en__gte=start_of_day(filters.desde, zone))
    if filters.hasta:
        condition &= Q(recibida_en__lte=end_of_day(filters.hasta, zone))
    return condition


def semaphore_condition(value: str, now: dt.datetime) -> Q:
    """
    The rows whose ``Peticion.semaforo(now)`` is ``value``; a test keeps the two in step.

    A case that runs has ``por_vencer_en``, never after ``vence_en``: its small index serves all.
    """
    if value == Semaforo.TERMINADA:
        return Q(reloj=Reloj.DETENIDO)
    if value == Semaforo.PAUSADA:
        return Q(reloj=Reloj.PAUSADO, estado=Estado.PREVENIDA)
    if value == Semaforo.EN_TIEMPO:
        return Q(por_vencer_en__gt=now)
    if value == Semaforo.POR_VENCER:
        return Q(por_vencer_en__lte=now, vence_en__gte=now)
    return Q(por_vencer_en__lte=now, vence_en__lt=now)


def with_a_clock() -> Q:
    """Cases that run or are paused; the imported ones have no term of ours."""
    return Q(por_vencer_en__gt=EVER) | Q(estado=Estado.PREVENIDA)
