"""
What happened to a thing, in order.

Written here and not in a template for the same reason as the count of days: each line has a dozen
alternatives, and the page that everybody opens is mostly such lines.
"""

import datetime as dt
from collections.abc import Iterable

from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe

from .dates import clock_time, long_date
from .icons import icon_svg
from .text import file_size

DOTS = {"ciudadano": " tl__dot--you", "ahora": " tl__dot--now", "hecho": " tl__dot--done"}
ICONS = {"ciudadano": "persona", "hecho": "listo", "ahora": "editar"}


def timeline_html(events: Iterable[dict], *, following: bool = False) -> SafeString:
    """
    ``events``: [{when (moment, date or words), who, kind: autoridad|ciudadano|ahora|hecho, icon,
    title, text, nota (internal note), sub, url, link, attachments: [{name, url, size, note}]}];
    ``following`` for what is still to come, which is numbered.
    """
    lines = "".join(
        f"<li>{_dot(event, following, number)}{_body(event)}</li>\n"
        for number, event in enumerate(events, 1)
    )
    css = "tl tl--next" if following else "tl"
    return mark_safe(f'<ol class="{css}">\n{lines}</ol>')  # noqa: S308 - escaped part by part


def _dot(event: dict, following: bool, number: int) -> str:
    kind = event.get("kind", "")
    name = event.get("icon") or ICONS.get(kind, "")
    if name:
        inside: object = icon_svg(name)
    else:
        inside = number if following else icon_svg("oficina")
    return f'<span class="tl__dot{DOTS.get(kind, "")}">{inside}</span>'


def _body(event: dict) -> str:
    parts = [f'<div class="tl__body"><b>{esc(event.get("title", ""))}</b>', _when(event)]
    if event.get("who"):
        parts.append(f'<span class="sub">{esc(event["who"])}</span>')
    if event.get("text"):
        css = ' class="msg msg--own"' if event.get("nota") else ""
        parts.append(f"<p{css}>{linebreaksbr(event['text'])}</p>")
    if event.get("sub"):
        parts.append(f'<p class="sub">{esc(event["sub"])}</p>')
    parts += [_file(file) for file in event.get("attachments") or ()]
    if event.get("url"):
        parts.append(f'<p><a href="{esc(event["url"])}">{esc(event.get("link", ""))}</a></p>')
    return "".join([*parts, "</div>"])


def _when(event: dict) -> str:
    when = event.get("when")
    if not when:
        return ""
    if not isinstance(when, dt.date):
        return f'<span class="tl__when">{esc(when)}</span>'
    words, stamp = long_date(when, year=False), when.isoformat()
    if isinstance(when, dt.datetime):
        local = timezone.localtime(when) if timezone.is_aware(when) else when
        words, stamp = f"{words}, {clock_time(when)}", local.isoformat(timespec="seconds")
    return f'<time datetime="{stamp}">{words}</time>'


def _file(file: dict) -> str:
    size = f" ({file_size(file['size'])})" if file.get("size") else ""
    note = f' <span class="sub">{esc(file["note"])}</span>' if file.get("note") else ""
    return f'<p><a href="{esc(file["url"])}">{esc(file["name"])}</a>{size}{note}</p>'
