"""Public figures. Nothing here tells one case from another; everything is kept some minutes."""

import datetime as dt
from collections import Counter
from itertools import accumulate

from django.core.cache import cache
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.clock import Calendar
from portal.core.time import local_date
from portal.ui.charts import Figure, bars_and_line
from portal.ui.dates import MONTHS, language, short_date
from tramites.constants import OPEN_STATES
from tramites.models import Peticion

KEPT_SECONDS = 300
WEEKS = 12
YEAR = dt.timedelta(days=365)
ONE_DAY = dt.timedelta(days=1)


def _start_of(day: dt.date) -> dt.datetime:
    zone = timezone.get_default_timezone()
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)


def monthly_figures(now: dt.datetime) -> dict:
    """
    This month so far, and the last twelve weeks.

    ``en_plazo`` is a percentage and ``mediana`` in business days; both ``None`` without answers.
    """
    today = local_date(now)
    found = cache.get_or_set(f"public:mes:{today}", lambda: _month(today, now), KEPT_SECONDS)
    return {**found, "mes": MONTHS[language()][today.month - 1], "al": today}


def _month(today: dt.date, now: dt.datetime) -> dict:
    since = _start_of(today.replace(day=1))
    answered = Peticion.objects.filter(respondida_en__gte=since, respondida_en__lte=now)
    totals = answered.aggregate(
        n=Count("pk"),
        timed=Count("pk", filter=Q(en_plazo__isnull=False)),
        on_time=Count("pk", filter=Q(en_plazo=True)),
    )
    share = round(100 * totals["on_time"] / totals["timed"]) if totals["timed"] else None
    return {
        "recibidas": Peticion.objects.filter(recibida_en__gte=since, recibida_en__lte=now).count(),
        "respondidas": totals["n"],
        "en_plazo": share,
        "mediana": _median(answered),
        "semanas": _weeks(today, now),
    }


def _median(answered) -> int | None:
    """Median of business days from filing to answer, counted over pairs of dates."""
    pairs = (
        answered.order_by()
        .annotate(desde=TruncDate("recibida_en"), hasta=TruncDate("respondida_en"))
        .values_list("desde", "hasta")
        .annotate(n=Count("pk"))
    )
    rows = [row for row in pairs if row[0] and row[1] and row[0] <= row[1]]
    if not rows:
        return None
    counted = _business_index(current_calendar(), min(r[0] for r in rows), max(r[1] for r in rows))
    spans: Counter[int] = Counter()
    for first, last, n in rows:
        spans[counted[last] - counted[first]] += n
    half, seen = (spans.total() + 1) // 2, 0
    for days in sorted(spans):
        seen += spans[days]
        if seen >= half:
            return days
    return None


def _business_index(calendar: Calendar, first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """How many business days there are up to each date, so that a span is a subtraction."""
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    return dict(zip(days, accumulate(calendar.is_business(day) for day in days), strict=True))


def _weeks(today: dt.date, now: dt.datetime) -> list[dict]:
    monday = today - ONE_DAY * today.weekday()
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    received = _by_week("recibida_en", first, now)
    answered = _by_week("respondida_en", first, now)
    weeks = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]
    return [
        {"semana": week, "recibidas": received[week], "respondidas": answered[week]}
        for week in weeks
    ]


def _by_week(field: str, first: dt.date, now: dt.datetime) -> Counter:
    since = {f"{field}__gte": _start_of(first), f"{field}__lte": now}
    days = (
        Peticion.objects.filter(**since)
        .order_by()
        .annotate(dia=TruncDate(field))
        .values_list("dia")
        .annotate(n=Count("pk"))
    )
    counted: Counter = Counter()
    for day, n in days:
        counted[day - ONE_DAY * day.weekday()] += n
    return counted


def weekly_figure(figures: dict) -> Figure:
    """The weeks as a picture with its table."""
    weeks = figures["semanas"]
    first, last = weeks[0]["semana"], figures["al"]
    return bars_and_line(
        labels=[short_date(week["semana"], year=False) for week in weeks],
        full_labels=[short_date(week["semana"]) for week in weeks],
        bars=[week["recibidas"] for week in weeks],
        line=[week["respondidas"] for week in weeks],
        bar_label=_("Recibidos"),
        line_label=_("Contestados"),
        title=_("Asuntos recibidos y contestados por semana, del %(first)s al %(last)s")
        % {"first": short_date(first), "last": short_date(last)},
        first_column=_("Semana del"),
        width=640,
        height=220,
    )


def by_office(now: dt.datetime) -> list[dict]:
    """The last twelve months of each office, the busiest first."""
    today = local_date(now)
    return cache.get_or_set(f"public:oficinas:{today}", lambda: _offices(now), KEPT_SECONDS)


def _offices(now: dt.datetime) -> list[dict]:
    rows = (
        Peticion.objects.filter(recibida_en__gte=now - YEAR, recibida_en__lte=now)
        .order_by()
        .values("dependencia__nombre")
        .annotate(
            recibidas=Count("pk"),
            respondidas=Count("pk", filter=Q(respondida_en__isnull=False)),
            abiertas=Count("pk", filter=Q(estado__in=OPEN_STATES)),
            medidas=Count("pk", filter=Q(en_plazo__isnull=False)),
            puntuales=Count("pk", filter=Q(en_plazo=True)),
        )
    )
    return sorted(
        (
            {
                "nombre": row["dependencia__nombre"],
                "recibidas": row["recibidas"],
                "respondidas": row["respondidas"],
                "abiertas": row["abiertas"],
                "en_plazo": round(100 * row["puntuales"] / row["medidas"])
                if row["medidas"]
                else None,
            }
            for row in rows
        ),
        key=lambda row: (-row["recibidas"], row["nombre"]),
    )


def by_neighbourhood(now: dt.datetime, *, fewest: int) -> list[dict]:
    """The last twelve months of each neighbourhood with ``fewest`` cases or more, none reserved."""
    today = local_date(now)
    return cache.get_or_set(
        f"public:colonias:{today}:{fewest}", lambda: _neighbourhoods(now, fewest), KEPT_SECONDS
    )


def _neighbourhoods(now: dt.datetime, fewest: int) -> list[dict]:
    rows = (
        Peticion.objects.filter(
            recibida_en__gte=now - YEAR,
            recibida_en__lte=now,
            colonia__isnull=False,
            sensible=False,
        )
        .order_by()
        .values("colonia__nombre")
        .annotate(
            recibidas=Count("pk"),
            respondidas=Count("pk", filter=Q(respondida_en__isnull=False)),
        )
        .filter(recibidas__gte=fewest)
    )
    return sorted(
        (
            {
                "nombre": row["colonia__nombre"],
                "recibidas": row["recibidas"],
                "respondidas": row["respondidas"],
            }
            for row in rows
        ),
        key=lambda row: (-row["recibidas"], row["nombre"]),
    )
