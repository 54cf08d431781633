"""The strip over every page: days ahead on which terms do not run."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.calendar import current_calendar
from portal.core.clock import Calendar
from portal.core.time import today as read_today
from portal.ui.dates import MONTHS, language, long_date

ONE_DAY = dt.timedelta(days=1)
#: How far ahead the strip looks, and from how many days on a closure is worth a strip.
AHEAD, LONG = 45, 4


def closures(request) -> Iterable[dict]:
    """The next long closure (holidays, suspension by decree) of the municipality."""
    path = request.path.removeprefix("/en")
    if path.startswith(("/tablero/", "/cuenta/", "/admin/", "/api/")):
        return
    found = next_closure(current_calendar(), read_today())
    if found is None:
        return
    yield {
        "texto": _("%(when)s no corren plazos.") % {"when": _span(*found)},
        "url": reverse("public:plazos"),
        "enlace": _("Ver días inhábiles"),
        "icono": "calendario",
    }


def next_closure(calendar: Calendar, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the next run of non-business days longer than a long weekend."""
    day, first = today, None
    while day <= today + AHEAD * ONE_DAY or first:
        if calendar.is_business(day):
            if first and (day - first).days > LONG:
                return _named_ends(calendar, first, day - ONE_DAY)
            first = None
        elif first is None:
            first = day
        day += ONE_DAY
        if (day - today).days > AHEAD * 3:
            return None
    return None


def _named_ends(calendar: Calendar, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The run without the ordinary weekends at its ends."""
    while first < last and first not in calendar.dias:
        first += ONE_DAY
    while last > first and last not in calendar.dias:
        last -= ONE_DAY
    return first, last


def _span(first: dt.date, last: dt.date) -> str:
    if language() == "en":
        return _("Del %(first)s al %(last)s") % {
            "first": long_date(first, year=False),
            "last": long_date(last, year=False),
        }
    months = MONTHS["es"]
    start = str(first.day)
    if first.month != last.month:
        start = f"{start} de {months[first.month - 1]}"
    return _("Del %(first)s al %(last)s") % {
        "first": start,
        "last": f"{last.day} de {months[last.month - 1]}",
    }
