"""Days that do not count, and a term computed for whoever asks."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.access import public
from portal.core.calendar import current_calendar, horizon
from portal.core.clock import Calendar, ClockError, Term, deadline
from portal.core.time import today as read_today
from portal.ui.dates import DAYS, MONTHS, language

from ..forms import TermForm
from ..working import working_of
from .common import crumbs

ONE_DAY = dt.timedelta(days=1)


@public
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The calendar of this year and the next, with the reason of each day, and the calculator."""
    today, calendar = read_today(), current_calendar()
    asked = "cantidad" in request.GET
    form = TermForm(
        request.GET if asked else None,
        initial={"desde": today, "cantidad": 10, "unidad": "habiles"},
    )
    result, status = None, 200
    if asked:
        result = _compute(form, calendar, today)
        status = 200 if result else 422
    context = {
        "migas": crumbs((_("Plazos y días inhábiles"), "")),
        "form": form,
        "resultado": result,
        "anios": [_year(year, calendar) for year in (today.year, today.year + 1)],
        "horizonte": horizon(today),
        "version": calendar.version,
    }
    return render(request, "public/plazos.html", context, status=status)


def _compute(form: TermForm, calendar: Calendar, today: dt.date):
    if not form.is_valid():
        return None
    try:
        found = deadline(
            term=Term(form.cleaned_data["cantidad"], form.cleaned_data["unidad"]),
            start=form.cleaned_data["desde"],
            calendar=calendar,
        )
    except ClockError as error:
        form.add_domain_error(error)
        return None
    return working_of(found.explicacion, today=today)


def _year(year: int, calendar: Calendar) -> dict:
    days = [calendar.dias[day] for day in sorted(calendar.dias) if day.year == year]
    months = [
        {"nombre": MONTHS[language()][month - 1], "tramos": runs}
        for month in range(1, 13)
        if (runs := _runs([day for day in days if day.fecha.month == month]))
    ]
    return {
        "anio": year,
        "cargado": year in calendar.ejercicios,
        "meses": months,
        "habilitados": [
            {"fecha": day, "fundamento": basis}
            for day, basis in sorted(calendar.habilitados.items())
            if day.year == year
        ],
    }


def _runs(days: list) -> list[dict]:
    """Days in a row with one name and basis, as one line: «21 a 31»."""
    runs: list[dict] = []
    for day in days:
        last = runs[-1] if runs else None
        if (
            last
            and (last["nombre"], last["fundamento"]) == (day.nombre, day.fundamento)
            and _follows(last["hasta"], day.fecha)
        ):
            last["hasta"] = day.fecha
            continue
        runs.append(
            {
                "desde": day.fecha,
                "hasta": day.fecha,
                "nombre": day.nombre,
                "fundamento": day.fundamento,
            }
        )
    return [{**run, "dias": _day_words(run)} for run in runs]


def _follows(before: dt.date, after: dt.date) -> bool:
    """Whether only a weekend lies between the two."""
    between = [before + ONE_DAY * n for n in range(1, (after - before).days)]
    return all(day.weekday() > 4 for day in between)


def _day_words(run: dict) -> str:
    names = DAYS[language()]

    def words(day: dt.date) -> str:
        return f"{names[day.weekday()]} {day.day}"

    if run["desde"] == run["hasta"]:
        return words(run["desde"])
    return _("%(first)s a %(last)s") % {"first": words(run["desde"]), "last": words(run["hasta"])}
