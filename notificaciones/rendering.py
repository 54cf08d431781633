"""From an event and its variables to the exact bytes a person will read. Done once per notice."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import formats, timezone, translation

from portal.core.text import clean_text

from .constants import EVENTOS, IDIOMAS, MAX_SEGMENTS, Canal
from .segments import degrade, measure

MAX_SUBJECT = 150
#: Longest a value may be in an e-mail, and the shrinking lengths tried in an SMS, in characters.
_MAIL_CAP = 4000
_SMS_CAPS = (120, 60, 40, 24)
#: Never shortened: a cut link or folio is worse than a long message.
_WHOLE = frozenset({"enlace", "folio", "codigo", "vence"})
_DATE_FORMATS = {"es": r"l j \d\e F \d\e Y", "en": "l, F j, Y"}
_HOUR_FORMATS = {"es": r"l j \d\e F \d\e Y, H:i \h", "en": "l, F j, Y, H:i"}
_ACTIVATED = {"es": "es-mx", "en": "en"}


@dataclass(frozen=True)
class Rendered:
    """What goes out. ``html`` is empty except for e-mail; ``segments`` except for messages."""

    subject: str
    text: str
    html: str
    encoding: str
    characters: int
    segments: int


def language_of(idioma: str) -> str:
    """The language of the templates that best serves ``idioma``: "es" unless it is English."""
    short = idioma[:2].lower()
    return short if short in IDIOMAS else "es"


def render(*, evento: str, canal: str, idioma: str, variables: Mapping[str, object]) -> Rendered:
    """
    The notice of ``evento`` for ``canal`` in the language that best serves ``idioma``.

    ``variables`` are strings, dates or moments (told in the municipality's zone).

    :raises ValueError: unknown event, or a variable it cannot do without is missing or empty.
    """
    missing = [name for name in _required(evento) if not variables.get(name)]
    if missing:
        raise ValueError(f"{evento} needs {', '.join(missing)}")
    language = language_of(idioma)
    with translation.override(_ACTIVATED[language]):
        values = {name: _as_text(value, language) for name, value in variables.items()}
        values.setdefault("municipio", settings.MUNICIPIO["nombre"])
        if canal == Canal.CORREO:
            return _render_mail(evento, language, values)
        return _render_message(evento, language, values)


def _required(evento: str) -> tuple[str, ...]:
    try:
        return EVENTOS[evento]
    except KeyError:
        raise ValueError(f"unknown notice {evento!r}") from None


def _as_text(value: object, language: str) -> str:
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value, timezone.get_default_timezone())
        whole_day = (local.hour, local.minute) in ((0, 0), (23, 59))
        pattern = (_DATE_FORMATS if whole_day else _HOUR_FORMATS)[language]
        return _in_a_sentence(formats.date_format(local, pattern), language)
    if isinstance(value, dt.date):
        return _in_a_sentence(formats.date_format(value, _DATE_FORMATS[language]), language)
    return clean_text(str(value if value is not None else ""))


def _in_a_sentence(date: str, language: str) -> str:
    """Spanish writes days and months without capitals; Django's catalogue has them with."""
    return date.lower() if language == "es" else date


def _render_mail(evento: str, language: str, values: dict[str, str]) -> Rendered:
    capped = {name: _cap(name, value, _MAIL_CAP) for name, value in values.items()}
    subject = " ".join(_fill(f"{evento}.correo_asunto.{language}.txt", capped).split())
    text = _tidy(_fill(f"{evento}.correo_txt.{language}.txt", capped)) + "\n"
    html = _fill(
        f"{evento}.correo_html.{language}.html",
        {
            **capped,
            "asunto": subject[:MAX_SUBJECT],
            "marca": settings.MUNICIPIO,
            "color": _brand_colour(),
        },
        autoescape=True,
    )
    return Rendered(subject[:MAX_SUBJECT], text, html, "", len(text), 0)


def _render_message(evento: str, language: str, values: dict[str, str]) -> Rendered:
    name = f"{evento}.sms.{language}.txt"
    for cap in _SMS_CAPS:
        capped = {key: _cap(key, value, cap) for key, value in values.items()}
        text = degrade(" ".join(_fill(name, capped).split()))
        size = measure(text)
        if size.segments <= MAX_SEGMENTS:
            break
    return Rendered("", text, "", size.encoding, size.characters, size.segments)


def _cap(name: str, value: str, limit: int) -> str:
    if name in _WHOLE or len(value) <= limit:
        return value
    return value[: limit - 1].rstrip() + "…"


def _fill(name: str, values: dict[str, object], *, autoescape: bool = False) -> str:
    """Only mark-up is escaped: a text message must say «Peña & Hijos» as it was written."""
    template = get_template(f"notificaciones/{name}").template
    return template.render(Context(values, autoescape=autoescape))


def _tidy(text: str) -> str:
    """Paragraphs one blank line apart, without blanks that conditions left behind."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _brand_colour() -> str:
    """The municipality's colour, if it is a plain one: it goes into a style attribute."""
    colour = settings.MUNICIPIO.get("color") or ""
    return colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else "#2b3a84"
