"""Dates, amounts and lists in Spanish and English, whatever the locale of the process."""

import datetime as dt
from collections.abc import Sequence

WEEKDAYS = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_PLURAL = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos"),
    "en": tuple(f"{name}s" for name in WEEKDAYS["en"]),
}
MONTHS = {
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
UNITS = {
    "es": {
        "habiles": ("día hábil", "días hábiles"),
        "naturales": ("día natural", "días naturales"),
        "meses": ("mes", "meses"),
        "horas": ("hora", "horas"),
    },
    "en": {
        "habiles": ("business day", "business days"),
        "naturales": ("calendar day", "calendar days"),
        "meses": ("month", "months"),
        "horas": ("hour", "hours"),
    },
}
LANGUAGES = tuple(WEEKDAYS)


def short_date(day: dt.date, lang: str = "es", *, year: bool = False) -> str:
    """Weekday, day and month: ``viernes 25 de diciembre``, with the year when asked."""
    weekday, month = WEEKDAYS[lang][day.weekday()], MONTHS[lang][day.month - 1]
    if lang == "en":
        text = f"{weekday}, {day.day} {month}"
        return f"{text} {day.year}" if year else text
    text = f"{weekday} {day.day} de {month}"
    return f"{text} de {day.year}" if year else text


def full_date(moment: dt.date | dt.datetime, lang: str = "es") -> str:
    """The whole date, and the hour on the clock of its own zone when it has one."""
    text = short_date(moment, lang, year=True)
    if not isinstance(moment, dt.datetime):
        return text
    link = "at" if lang == "en" else "a las"
    return f"{text} {link} {moment:%H:%M} h"


def number(value: float) -> str:
    """A whole number as it is; parts of an hour with one or two decimals."""
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def quantity(amount: float, unit: str, lang: str = "es") -> str:
    """``1 día hábil``, ``10 días hábiles``."""
    singular, plural = UNITS[lang][str(unit)]
    return f"{number(amount)} {singular if amount == 1 else plural}"


def enumerate_words(items: Sequence[str], lang: str = "es") -> str:
    """``a, b y c``."""
    if len(items) < 2:
        return "".join(items)
    link = "and" if lang == "en" else "y"
    return f"{', '.join(items[:-1])} {link} {items[-1]}"


def with_basis(text: str, *notes: str) -> str:
    """``text (name, legal basis)``, without the parentheses when there is nothing to say."""
    said = ", ".join(note for note in notes if note)
    return f"{text} ({said})" if said else text
