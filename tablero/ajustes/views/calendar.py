"""The calendar: the year at a glance, and each change with its preview."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.errors import DomainError, NotFoundError
from portal.core.health import calendar_alarm
from portal.core.time import now, today

from ..forms.calendar import DaysForm, LoadYearForm, ReasonForm
from ..selectors import days_of_year, names_of, open_cases_touched, versions_page, year_grid
from ..services import change_calendar, load_calendar_year
from .base import attach, crumbs, form_page, run_form, settings_page

FIRST, LAST = 2000, 2200


def _year(text: str | None) -> int:
    year = int(text) if text and text.isdecimal() and len(text) == 4 else today().year
    return min(max(year, FIRST), LAST)


def _address(year: int) -> str:
    return f"{reverse('ajustes:calendario')}?ejercicio={year}"


@settings_page("keep_calendar")
def year_page(request: HttpRequest) -> HttpResponse:
    """Twelve months with what does not count and why."""
    year, calendar = _year(request.GET.get("ejercicio")), current_calendar()
    context = {
        "ejercicio": year,
        "cargado": year in calendar.ejercicios,
        "cargar": year not in calendar.ejercicios and year >= today().year,
        "anterior": max(year - 1, FIRST),
        "siguiente": min(year + 1, LAST),
        "meses": year_grid(year, calendar, today()),
        "dias": days_of_year(year),
        "version": calendar.version,
        "alarma": calendar_alarm(today()),
        "migas": crumbs((_("Calendario"),)),
    }
    return render(request, "tablero/ajustes/calendario.html", context)


@settings_page("keep_calendar")
def add_days(request: HttpRequest) -> HttpResponse:
    """First what would change, then the change."""
    form = DaysForm(request.POST or None)
    page = {
        "title": _("Agregar días al calendario"),
        "intro": _("Antes de publicar verá cuántos asuntos abiertos alcanza."),
        "submit": _("Revisar"),
        "cancel_url": reverse("ajustes:calendario"),
        "migas": crumbs((_("Calendario"), "ajustes:calendario"), (_("Agregar días"),)),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    days = form.days(current_calendar())
    if not days:
        form.add_error("desde", _("Todos esos días ya son así en el calendario."))
        return form_page(request, form, **page)
    if "publicar" not in request.POST:
        return _preview(request, form, [day.fecha for day in days])
    try:
        data = form.cleaned_data
        motivo = f"{data['nombre']}. {data['fundamento']}"[:300]
        change_calendar(add=days, motivo=motivo, actor=request.user, now=now())
    except DomainError as error:
        return form_page(request, form, status=attach(form, error), **page)
    messages.success(request, _("Calendario publicado. Los plazos alcanzados se recalculan."))
    return redirect(_address(days[0].fecha.year))


def _preview(request: HttpRequest, form: DaysForm, dates: list[dt.date]) -> HttpResponse:
    context = {
        "form": form,
        "fechas": dates,
        "asuntos": open_cases_touched(dates),
        "migas": crumbs((_("Calendario"), "ajustes:calendario"), (_("Revisar"),)),
    }
    return render(request, "tablero/ajustes/calendario_previa.html", context)


@settings_page("keep_calendar")
def remove_day(request: HttpRequest, fecha: dt.date) -> HttpResponse:
    """Take a day out, saying how many open cases it reaches."""
    row = next((day for day in days_of_year(fecha.year) if day.fecha == fecha), None)
    if row is None:
        raise NotFoundError
    intro = _("«%(name)s» dejará de estar en el calendario. Alcanza hasta %(n)s asuntos abiertos.")

    def act(data: dict) -> object:
        return change_calendar(remove=[fecha], motivo=data["motivo"], actor=request.user, now=now())

    return run_form(
        request,
        ReasonForm(request.POST or None),
        act,
        done=_("Día quitado. Los plazos alcanzados se recalculan."),
        to=_address(fecha.year),
        title=_("Quitar un día"),
        intro=intro % {"name": row.nombre, "n": open_cases_touched([fecha])},
        submit=_("Quitar del calendario"),
        danger=True,
        cancel_url=_address(fecha.year),
        migas=crumbs((_("Calendario"), "ajustes:calendario"), (_("Quitar un día"),)),
    )


@settings_page("keep_calendar")
def load_next(request: HttpRequest, ejercicio: int) -> HttpResponse:
    """Load a year's federal list."""

    def act(data: dict) -> object:
        return load_calendar_year(
            ejercicio=ejercicio, fundamento=data["fundamento"], actor=request.user, now=now()
        )

    return run_form(
        request,
        LoadYearForm(request.POST or None),
        act,
        done=_("Ejercicio cargado. Agregue ahora los días propios del municipio."),
        to=_address(ejercicio),
        title=_("Cargar el calendario de %(year)s") % {"year": ejercicio},
        intro=_("Se agregan los descansos obligatorios federales de ese año."),
        submit=_("Cargar el año"),
        cancel_url=_address(ejercicio),
        migas=crumbs((_("Calendario"), "ajustes:calendario"), (_("Cargar un año"),)),
    )


@settings_page("keep_calendar")
def versions(request: HttpRequest) -> HttpResponse:
    """Who changed the calendar, when, why and which days."""
    cursor = request.GET.get("despues", "")
    rows, following = versions_page(int(cursor) if cursor.isdecimal() else None)
    names = names_of([row.creada_por_id for row in rows])
    context = {
        "versiones": [{"row": row, "who": names.get(row.creada_por_id, "")} for row in rows],
        "siguiente": following,
        "migas": crumbs((_("Calendario"), "ajustes:calendario"), (_("Versiones"),)),
    }
    return render(request, "tablero/ajustes/calendario_versiones.html", context)
