"""The figures of the panel. Every function takes a fixed number of queries, whatever the load."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from portal.accounts.models import Dependencia
from portal.core.clock import Calendar
from portal.core.time import local_date
from tramites.constants import Estado, Reloj
from tramites.models import Peticion
from tramites.policies import PeticionPolicy
from tramites.selectors import Line
from tramites.selectors.lines import as_lines
from tramites.selectors.open_cases import only_open

from .models import Conteo

#: Days over which "answered in time" is told.
PUNCTUAL_DAYS = 90
ONE_DAY = dt.timedelta(days=1)
Offices = frozenset[int] | None

#: What the panel tells of a case.
SHOWN = (
    *("folio", "estado", "vence_en", "servicio__nombre", "servicio__nombre_en"),
    *("dependencia__nombre", "dependencia__siglas"),
)


#: Figures of a load that add up over offices.
SUMMED = (
    "vencida", "por_vencer", "en_tiempo", "pausada", "sin_plazo", "a_tiempo_90", "tarde_90",
)  # fmt: skip


@dataclass
class Load:
    """What an office (or all of them) has open, by the clock's reading, and how it answers."""

    vencida: int = 0
    por_vencer: int = 0
    en_tiempo: int = 0
    pausada: int = 0
    sin_plazo: int = 0
    a_tiempo_90: int = 0
    tarde_90: int = 0
    estados: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def abiertas(self) -> int:
        """Cases in which somebody still owes an act."""
        return sum(self.semaforo().values()) + self.sin_plazo

    @property
    def en_plazo(self) -> int | None:
        """Whole percentage answered in time in the last 90 days; ``None`` without answers."""
        answered = self.a_tiempo_90 + self.tarde_90
        return round(100 * self.a_tiempo_90 / answered) if answered else None

    def semaforo(self) -> dict[str, int]:
        """The four open readings, as ``{% bar %}`` takes them."""
        return {
            "vencida": self.vencida,
            "por_vencer": self.por_vencer,
            "en_tiempo": self.en_tiempo,
            "pausada": self.pausada,
        }

    def add(self, other: "Load") -> None:
        """Add the figures of ``other`` to these."""
        for name in SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for estado, n in other.estados.items():
            self.estados[estado] += n


def load_by_office(*, offices: Offices, now: dt.datetime) -> dict[int, Load]:
    """Open cases by office and clock at ``now`` (aware), and closed ones from the counters."""
    loads: dict[int, Load] = defaultdict(Load)
    for row in _open_rows(offices, now):
        load = loads[row["dependencia_id"]]
        load.estados[row["estado"]] += row["n"]
        load.vencida += row["vencidas"]
        load.por_vencer += row["por_vencer"]
        load.pausada += row["pausadas"]
        load.en_tiempo += row["corriendo"] - row["vencidas"] - row["por_vencer"]
        load.sin_plazo += row["n"] - row["corriendo"] - row["pausadas"]
    since = local_date(now) - PUNCTUAL_DAYS * ONE_DAY
    for office, concepto, estado, n in _counted_rows(offices, since):
        load = loads[office]
        if concepto == Conteo.Concepto.ESTADO:
            load.estados[estado] += n
        elif concepto == Conteo.Concepto.EN_PLAZO:
            load.a_tiempo_90 += n
        else:
            load.tarde_90 += n
    return dict(loads)


def _of_offices(queryset: QuerySet, offices: Offices) -> QuerySet:
    return queryset if offices is None else queryset.filter(dependencia_id__in=offices)


def _open_rows(offices: Offices, now: dt.datetime) -> QuerySet:
    running = Q(reloj=Reloj.CORRIENDO)
    overdue = running & Q(vence_en__lt=now)
    return (
        _of_offices(only_open(Peticion.objects.all()), offices)
        .order_by()
        .values("dependencia_id", "estado")
        .annotate(
            n=Count("*"),
            corriendo=Count("pk", filter=running),
            pausadas=Count("pk", filter=Q(reloj=Reloj.PAUSADO)),
            vencidas=Count("pk", filter=overdue),
            por_vencer=Count("pk", filter=running & Q(vence_en__gte=now, por_vencer_en__lte=now)),
        )
    )


def _counted_rows(offices: Offices, since: dt.date) -> QuerySet:
    ended = Q(fecha__isnull=True)
    answered = Q(fecha__gte=since, concepto__in=[Conteo.Concepto.EN_PLAZO, Conteo.Concepto.TARDE])
    return (
        _of_offices(Conteo.objects.filter(ended | answered), offices)
        .order_by()
        .values_list("dependencia_id", "concepto", "estado")
        .annotate(total=Sum("n"))
    )


#: The counts that are answers, in time, late, or without a term.
ANSWERS = (Conteo.Concepto.EN_PLAZO, Conteo.Concepto.TARDE, Conteo.Concepto.SIN_PLAZO)


@dataclass(frozen=True)
class Day:
    """Cases received and answered on a date of the municipality's zone."""

    fecha: dt.date
    recibidas: int = 0
    respondidas: int = 0
    en_plazo: int = 0


def daily_series(*, offices: Offices, today: dt.date, days: int = 30) -> list[Day]:
    """The last ``days`` dates up to ``today``, oldest first, none left out. One query."""
    first = today - (days - 1) * ONE_DAY
    sums: dict[dt.date, dict[str, int]] = defaultdict(dict)
    rows = (
        _of_offices(Conteo.objects.filter(fecha__gte=first, fecha__lte=today), offices)
        .order_by()
        .values_list("fecha", "concepto")
        .annotate(total=Sum("n"))
    )
    kinds = Conteo.Concepto
    for fecha, concepto, total in rows:
        sums[fecha][concepto] = total
    return [
        Day(
            fecha=fecha,
            recibidas=sums[fecha].get(kinds.RECIBIDA, 0),
            respondidas=sum(sums[fecha].get(kind, 0) for kind in ANSWERS),
            en_plazo=sums[fecha].get(kinds.EN_PLAZO, 0),
        )
        for fecha in (first + n * ONE_DAY for n in range(days))
    ]


def offices_by_id(offices: Offices) -> dict[int, Dependencia]:
    """The offices whose figures are open, by id, in alphabetical order."""
    wanted = Dependencia.objects.order_by("nombre")
    return {o.pk: o for o in (wanted if offices is None else wanted.filter(pk__in=offices))}


@dataclass
class Lane:
    """What falls due on one day: how many cases the viewer may open, and the first of them."""

    fecha: dt.date
    count: int = 0
    cases: list[Peticion] = field(default_factory=list)


def due_lanes(
    *, viewer, now: dt.datetime, calendar: Calendar, days: int = 5, shown: int = 3
) -> list[Lane]:
    """Open cases whose term ends in the next ``days`` business days, today included if one."""
    today = local_date(now)
    dates = [calendar.roll_forward(today)]
    while len(dates) < days:
        dates.append(calendar.next_business(dates[-1]))
    lanes = {fecha: Lane(fecha) for fecha in dates}
    by_day = {"partition_by": [F("dia")]}
    rows = (
        only_open(PeticionPolicy(viewer).visible())
        .filter(reloj=Reloj.CORRIENDO, vence_en__gte=now, vence_en__lt=_end_of(dates[-1]))
        .annotate(dia=TruncDate("vence_en"))
        .annotate(
            lugar_en_dia=Window(RowNumber(), order_by=[F("vence_en"), F("pk")], **by_day),
            del_dia=Window(Count("*"), **by_day),
        )
        .filter(lugar_en_dia__lte=shown)
        .select_related("servicio", "dependencia")
        .only(*SHOWN)
        .order_by("vence_en", "pk")
    )
    for case in rows:
        lane = lanes.setdefault(case.dia, Lane(case.dia))
        lane.count = case.del_dia
        lane.cases.append(case)
    return [lanes[fecha] for fecha in sorted(lanes)]


def _end_of(day: dt.date) -> dt.datetime:
    """Midnight after ``day`` in the municipality's zone."""
    return timezone.make_aware(
        dt.datetime.combine(day + ONE_DAY, dt.time.min), timezone.get_default_timezone()
    )


def oldest_overdue(*, viewer, now: dt.datetime, limit: int = 8) -> list[Line]:
    """The open cases of the viewer whose term ended first."""
    late = only_open(PeticionPolicy(viewer).visible()).filter(
        reloj=Reloj.CORRIENDO, vence_en__lt=now
    )
    return list(as_lines(late.order_by("vence_en", "pk")[:limit]))


def ordered_states(load: Load) -> list[tuple[Estado, int]]:
    """Every state with its number of cases, in the order of a case's life."""
    return [(estado, load.estados.get(estado.value, 0)) for estado in Estado]
