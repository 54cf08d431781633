"""Template tags and filters of the components; each tag renders the component of its name."""

import datetime as dt

from django import template
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import dates, text
from ..charts import stack_bar
from ..daycount import day_count_html
from ..forms import build_field, error_list
from ..icons import icon_svg, mark_svg
from ..kept import component
from ..semaphore import LABELS, TONES
from ..site import municipality
from ..timeline import timeline_html

register = template.Library()


# filters


def _date_filter(function):
    """Let a filter print nothing for None and leave what is not a date as it is."""

    def inner(value):
        if value in (None, ""):
            return ""
        return function(value) if isinstance(value, dt.date) else value

    return inner


register.filter("fecha_larga", _date_filter(dates.long_date))
register.filter("fecha_larga_sin_ano", _date_filter(lambda d: dates.long_date(d, year=False)))
register.filter("fecha_corta", _date_filter(dates.short_date))
register.filter("fecha_lista", _date_filter(dates.weekday_date))
register.filter("hace", _date_filter(lambda value: dates.ago(value, now=timezone.now())))


@register.filter
def fecha_hora(value, seconds: str = ""):
    """«martes 15 de diciembre de 2026, 19:42 h (hora del centro)»; a day alone gets no hour."""
    if isinstance(value, dt.datetime):
        return dates.date_time(value, seconds=bool(seconds))
    return dates.long_date(value) if isinstance(value, dt.date) else (value or "")


@register.filter
def hora(value):
    """«19:42 h», in the current zone."""
    return dates.clock_time(value) if isinstance(value, dt.datetime) else (value or "")


@register.filter
def iso(value):
    """The value of a ``datetime`` attribute: ISO 8601 in the current zone, whole seconds."""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else ""


register.filter("miles", text.thousands)
register.filter("tamano", text.file_size)
register.filter("enmascarar", text.mask)
register.filter("iniciales", text.initials)


# small things


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """``{% icon "buscar" %}``, ``{% icon "buscar" "sm" %}`` (sm or lg)."""
    return icon_svg(name, size)


@register.simple_tag
def mark(tone: str) -> SafeString:
    """The bare semaphore mark of a tone (ok, soon, late, hold, done)."""
    return mark_svg(tone)


@register.simple_tag
def municipio() -> dict:
    """``{% municipio as municipio %}``: the municipality where no context processor ran (500)."""
    return municipality()


@register.simple_tag(takes_context=True)
def kept(context, template_name: str, **values) -> SafeString:
    """
    ``{% kept "components/crumbs.html" migas=migas %}``: a component that sees only the values
    given here, rendered once for each set of them. For what many pages repeat.
    """
    return component(template_name, values, context.get("csrf_token", ""))


@register.simple_tag
def sem(status: str, label: str = "", pill: bool = False) -> SafeString:
    """Semaphore: en_tiempo, por_vencer, vencida, pausada, terminada; shape, word and colour.

    :raises KeyError: unknown status.
    """
    tone = TONES[status]
    return format_html(
        '<span class="sem sem--{}{}">{}{}</span>',
        tone,
        " sem--pill" if pill else "",
        mark_svg(tone),
        label or LABELS[status],
    )


@register.simple_tag
def badge(label: str, tone: str = "") -> SafeString:
    """State of a thing: tone '', brand, ok, soon, late or live."""
    return format_html('<span class="badge{}">{}</span>', f" badge--{tone}" if tone else "", label)


@register.simple_tag
def avatar(name: str, live: bool = False) -> SafeString:
    """Initials of a person, decorative: the name must stand beside it."""
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>',
        " avatar--live" if live else "",
        text.initials(name),
    )


@register.simple_tag
def bar(counts: dict, maximum: int | None = None) -> SafeString:
    """Stacked semaphore bar for a table cell: keys vencida, por_vencer, en_tiempo, pausada."""
    return stack_bar(counts, maximum)


# forms


@register.inclusion_tag("components/field.html")
def field(
    bound, label: str = "", css: str = "", full: bool = False, hide_label: bool = False, **attrs
) -> dict:
    """``{% field form.nombre %}``; other keywords become attributes of the control (_ for -)."""
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    return {
        "f": build_field(bound, css=css, **extra),
        "label": label,
        "full": full,
        "hide_label": hide_label,
    }


@register.inclusion_tag("components/errsum.html")
def errsum(*forms, title: str = "") -> dict:
    """``{% errsum form %}``: what must be corrected, in one list; nothing when all is well."""
    errors = [error for form in forms if form for error in error_list(form)]
    return {"errors": errors, "title": title}


# notes and wrappers


@register.simple_block_tag(end_name="endnote")
def note(content: str, kind: str = "", icon: str = "", title: str = "", role: str = "") -> str:
    """``{% note "soon" title="…" %}…{% endnote %}``; kind '', ok, soon, late or hold."""
    return render_to_string(
        "components/note.html",
        {"kind": kind, "icon": icon, "title": title, "content": content, "role": role},
    )


@register.simple_block_tag(end_name="endask")
def ask(content: str, title: str = "", status: str = "", status_label: str = "", id: str = "pide"):
    """``{% ask title="…" status="por_vencer" status_label="…" %}…{% endask %}``."""
    return render_to_string(
        "components/ask.html",
        {
            "title": title,
            "status": status,
            "status_label": status_label,
            "content": content,
            "id": id,
        },
    )


@register.simple_block_tag(end_name="endverdict")
def verdict(content: str, kind: str = "ok", title: str = "", id: str = "veredicto"):
    """``{% verdict "ok" title="…" %}…{% endverdict %}``; kind ok, soon or late."""
    return render_to_string(
        "components/verdict.html", {"kind": kind, "title": title, "content": content, "id": id}
    )


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: str = "", danger: bool = False):
    """A modal that ``data-open="id"`` opens; its link must lead to a page with the same words."""
    return render_to_string(
        "components/dialog.html", {"id": id, "title": title, "danger": danger, "content": content}
    )


# lists of things


@register.simple_tag
def timeline(events, following: bool = False) -> SafeString:
    """``{% timeline eventos %}``; ``following=True`` for what is still to come."""
    return timeline_html(events, following=following)


@register.simple_tag
def day_count(months, caption: str = "", legend: bool = True) -> SafeString:
    """``{% day_count meses %}``: blocks from ``portal.ui.calendars.day_grid``."""
    blocks = [months] if isinstance(months, dict) else months
    return day_count_html(blocks, caption=caption, legend=legend)


@register.inclusion_tag("components/fig.html")
def fig(figure, csv_url: str = "", png_url: str = "", scroll: bool = False) -> dict:
    """``{% fig figura %}``: a ``portal.ui.charts.Figure`` with its key and its table."""
    return {"figure": figure, "csv_url": csv_url, "png_url": png_url, "scroll": scroll}


@register.inclusion_tag("components/map.html")
def mapa(picture, caption: str = "") -> dict:
    """``{% mapa imagen %}``: a ``portal.ui.maps.MapPicture`` and, in words, what it shows."""
    return {"picture": picture, "caption": caption}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, previous: str = "", following: str = "", label: str = "", keys: bool = False):
    """Keyset pages: ``previous`` and ``following`` are cursors ('' when there is none)."""
    request = context.get("request")
    return {
        "previous_url": _with_cursor(request, "antes", previous),
        "next_url": _with_cursor(request, "despues", following),
        "label": label,
        "keys": keys,
    }


def _with_cursor(request, name: str, cursor: str) -> str:
    if not cursor or request is None:
        return ""
    query = request.GET.copy()
    for key in ("antes", "despues"):
        query.pop(key, None)
    query[name] = cursor
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/sort.html", takes_context=True)
def sort(context, key: str, label: str, css: str = "", param: str = "orden") -> dict:
    """Sortable ``<th>``: ``?orden=key`` ascending, ``?orden=-key`` descending; pages start over."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    current = (query or {}).get(param) or context.get("orden", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    url = ""
    if query is not None:
        for name in ("antes", "despues"):
            query.pop(name, None)
        query[param] = f"-{key}" if direction == "ascending" else key
        url = f"?{query.urlencode()}"
    return {"label": label, "css": css, "direction": direction, "url": url}


@register.simple_tag(takes_context=True)
def querystring_set(context, **changes) -> str:
    """Like ``{% querystring %}``, and starts the pages over: the cursors leave with any change."""
    request = context["request"]
    query = request.GET.copy()
    for name in ("antes", "despues"):
        query.pop(name, None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path


# language


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """
    The languages of this page: [{code, name, label, url, current}]; empty when only one.

    The page is ``ruta`` (its address with the query) where there is no request to ask.
    """
    request = context.get("request")
    here = context.get("ruta") or (request.get_full_path() if request is not None else "")
    if not here:
        return []
    active = dates.language()
    links = []
    for code, name in (("es-mx", "Español"), ("en", "English")):
        short = code[:2]
        current = short == active
        links.append(
            {
                "code": short,
                "name": name,
                "label": short.upper(),
                "current": current,
                "url": here if current else translate_url(here, code),
            }
        )
    if links[0]["url"] == links[1]["url"]:
        return []
    return links
