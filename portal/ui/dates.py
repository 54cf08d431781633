"""Dates and times in words, in Spanish and English, by the active language.

Own tables instead of Django's formats: the words are part of what a receipt proves, so they must
not move with a version of a library.
"""

import datetime as dt
from typing import Any

from django.utils import timezone, translation

DAYS = {
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = {
    "es": [
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre", "octubre", "noviembre", "diciembre"),
    ],
    "en": [
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ],
}
#: Names people use for the zones of Mexico; any other zone is shown by its own abbreviation.
ZONES = {
    "America/Mexico_City": {"es": "hora del centro", "en": "Central Mexico time"},
    "America/Monterrey": {"es": "hora del centro", "en": "Central Mexico time"},
    "America/Merida": {"es": "hora del centro", "en": "Central Mexico time"},
    "America/Bahia_Banderas": {"es": "hora del centro", "en": "Central Mexico time"},
    "America/Chihuahua": {"es": "hora del centro", "en": "Central Mexico time"},
    "America/Cancun": {"es": "hora del sureste", "en": "Southeast Mexico time"},
    "America/Mazatlan": {"es": "hora del Pacífico", "en": "Pacific Mexico time"},
    "America/Hermosillo": {"es": "hora del Pacífico", "en": "Pacific Mexico time"},
    "America/Tijuana": {"es": "hora del noroeste", "en": "Northwest Mexico time"},
    "America/Ciudad_Juarez": {"es": "hora de Ciudad Juárez", "en": "Ciudad Juárez time"},
    "America/Ojinaga": {"es": "hora de Ojinaga", "en": "Ojinaga time"},
    "America/Matamoros": {"es": "hora de la frontera norte", "en": "Northern border time"},
}

_AGO: dict[str, dict[str, Any]] = {
    "es": {
        "form": "hace {n} {unit}",
        "now": "ahora",
        "today": "hoy",
        "yesterday": "ayer",
        "second": ("segundo", "segundos"),
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "day": ("día", "días"),
    },
    "en": {
        "form": "{n} {unit} ago",
        "now": "just now",
        "today": "today",
        "yesterday": "yesterday",
        "second": ("second", "seconds"),
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
    },
}


def language() -> str:
    """Return ``en`` when English is active, else ``es``."""
    return "en" if (translation.get_language() or "es").startswith("en") else "es"


def as_date(value: dt.date | dt.datetime) -> dt.date:
    """Return the day in the current zone: an aware datetime is moved there first."""
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def long_date(value: dt.date | dt.datetime, *, year: bool = True) -> str:
    """«martes 15 de diciembre de 2026» · «Tuesday, December 15, 2026»; the year may be left out."""
    day = as_date(value)
    lang = language()
    weekday, month = DAYS[lang][day.weekday()], MONTHS[lang][day.month - 1]
    if lang == "en":
        return f"{weekday}, {month} {day.day}" + (f", {day.year}" if year else "")
    return f"{weekday} {day.day} de {month}" + (f" de {day.year}" if year else "")


def short_date(value: dt.date | dt.datetime, *, year: bool = True) -> str:
    """«15 dic 2026» · «Dec 15, 2026»; the year may be left out."""
    day = as_date(value)
    lang = language()
    month = MONTHS[lang][day.month - 1][:3]
    if lang == "en":
        return f"{month} {day.day}" + (f", {day.year}" if year else "")
    return f"{day.day} {month}" + (f" {day.year}" if year else "")


def weekday_date(value: dt.date | dt.datetime) -> str:
    """«mar 15 dic» · «Tue, Dec 15», for rows of a list."""
    day = as_date(value)
    lang = language()
    weekday = DAYS[lang][day.weekday()][:3]
    return f"{weekday}{', ' if lang == 'en' else ' '}{short_date(day, year=False)}"


def clock_time(value: dt.datetime, *, seconds: bool = False) -> str:
    """«9:05 h» · «9:05», 24 hours, in the current zone."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    text = f"{local.hour}:{local.minute:02d}" + (f":{local.second:02d}" if seconds else "")
    return text if language() == "en" else f"{text} h"


def zone_words(value: dt.datetime) -> str:
    """Name of the current zone in words, «hora del centro»; '' for a naive datetime."""
    if not timezone.is_aware(value):
        return ""
    name = timezone.get_current_timezone_name()
    return ZONES.get(name, {}).get(language()) or timezone.localtime(value).tzname() or ""


def date_time(value: dt.datetime, *, seconds: bool = False) -> str:
    """«martes 15 de diciembre de 2026, 19:42 h (hora del centro)», in the current zone."""
    zone = zone_words(value)
    text = f"{long_date(value)}, {clock_time(value, seconds=seconds)}"
    return f"{text} ({zone})" if zone else text


def ago(value: dt.datetime | dt.date, *, now: dt.datetime) -> str:
    """How long ago, in the largest whole unit up to 30 days, then the short date.

    What lies ahead by less than a minute (clocks differ) counts as now; further ahead, the date.
    """
    if not isinstance(value, dt.datetime):
        return _days_ago((as_date(now) - value).days, value)
    seconds = int((now - value).total_seconds())
    if seconds < -60:
        return short_date(value)
    if seconds < 10:
        return _AGO[language()]["now"]
    for unit, size, limit in (("second", 1, 60), ("minute", 60, 3600), ("hour", 3600, 86400)):
        if seconds < limit:
            return _counted(seconds // size, unit)
    return _days_ago((as_date(now) - as_date(value)).days, value)


def _days_ago(days: int, value: dt.date | dt.datetime) -> str:
    if days < 0 or days > 30:
        return short_date(value)
    if days < 2:
        return _AGO[language()][("today", "yesterday")[days]]
    return _counted(days, "day")


def _counted(number: int, unit: str) -> str:
    lang = language()
    return _AGO[lang]["form"].format(n=number, unit=_AGO[lang][unit][number != 1])
