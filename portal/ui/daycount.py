"""
The deadline shows its working: weeks of cells, each day with its part in the count.

A count has up to a hundred cells of a dozen alternatives. Written here and not in a template, it
costs a tenth of it, and it stands on the follow-up page that everybody opens.
"""

from collections.abc import Iterable

from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

CLASSES = {
    "start": "is-start",
    "count": "is-on",
    "pause": "is-hold",
    "due": "is-end",
    "holiday": "is-hol",
    "out": "",
}


def day_class(day: dict) -> str:
    """CSS class of a day; a day off from Monday to Friday is a holiday, else a weekend."""
    kind = day.get("kind", "out")
    if kind == "off":
        return "is-hol" if day["date"].weekday() < 5 else "is-off"
    return CLASSES[kind]


def day_count_html(blocks: Iterable[dict], *, caption: str = "", legend: bool = True) -> SafeString:
    """
    ``blocks``: [{name, weeks: [[{date, label, kind, number, title, today}]]}], with ``kind`` one of
    out, start, count, off, holiday, pause, due. An empty cell is drawn empty.
    """
    blocks = list(blocks)
    words = _Words()
    head = _head()
    tables = "".join(_table(block, caption, head, words) for block in blocks)
    key = _key(blocks) if legend else ""
    return mark_safe(f'<div class="count">{tables}{key}</div>')  # noqa: S308 - escaped part by part


class _Words:
    """The words of the cells, looked up once a count."""

    def __init__(self) -> None:
        today = esc(_("hoy"))
        self.today = f'<span class="sr"> {today}</span>'
        self.due, self.due_day = esc(_("vence")), esc(_("vence, día"))
        self.day, self.received = esc(_("día")), esc(_("recibido"))
        self.paused, self.off = esc(_("en pausa")), esc(_("inhábil"))


def _head() -> str:
    names = (
        (_("lunes"), _("lun")),
        (_("martes"), _("mar")),
        (_("miércoles"), _("mié")),
        (_("jueves"), _("jue")),
        (_("viernes"), _("vie")),
        (_("sábado"), _("sáb")),
        (_("domingo"), _("dom")),
    )
    return "".join(
        f'<th scope="col"><abbr class="plain" title="{esc(name)}">{esc(short)}</abbr></th>'
        for name, short in names
    )


def _table(block: dict, caption: str, head: str, words: _Words) -> str:
    rows = "".join(
        f"<tr>\n{''.join(_cell(day, words) for day in week)}</tr>\n" for week in block["weeks"]
    )
    return (
        f'<table class="cal">\n<caption>{esc(block.get("name") or caption)}</caption><thead>\n'
        f"<tr>\n{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _cell(day: dict, words: _Words) -> str:
    if not day or not day.get("date"):
        return "<td></td>\n"
    css, today, title = day_class(day), day.get("today"), esc(day.get("title") or "")
    classes = f' class="{css}{" is-now" if today else ""}"' if css or today else ""
    hint = f' title="{title}"' if title else ""
    label = esc(day.get("label") or day["date"].day)
    now = words.today if today else ""
    return f"<td{classes}{hint}><span>{label}{now}</span>{_part(day, css, title, words)}</td>\n"


def _part(day: dict, css: str, title: str, words: _Words) -> str:
    """What the day does to the count, in words and number."""
    kind, number = day.get("kind"), day.get("number") or ""
    if kind == "due":
        word = f"{words.due_day} " if number else words.due
        return f'<b><span class="sr">{word}</span>{number}</b>'
    if kind == "count":
        return f'<b><span class="sr">{words.day} </span>{number}</b>'
    if kind == "start":
        return f"<small>{words.received}</small>"
    if kind == "pause":
        return f"<small>{words.paused}</small>"
    if css == "is-hol":
        named = f'<span class="sr">: {title}</span>' if title else ""
        return f"<small>{words.off}{named}</small>"
    return ""


def _key(blocks: list[dict]) -> str:
    """The legend of the classes that occur."""
    days = (day for block in blocks for week in block["weeks"] for day in week if day)
    found = {day_class(day) for day in days}
    told = (
        ("is-on", _("Día que cuenta, con su número")),
        ("is-off", _("Sábado o domingo")),
        ("is-hol", _("Día inhábil")),
        ("is-hold", _("En pausa")),
        ("is-end", _("Vence")),
    )
    lines = (f'<li><i class="{css}"></i>{esc(words)}</li>\n' for css, words in told if css in found)
    return f'<ul class="key">\n{"".join(lines)}</ul>'
