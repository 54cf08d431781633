"""Pictures drawn on the server as SVG, each with the table that says the same in figures.

Colours and type come from classes of the stylesheet, never from ``style`` attributes.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .semaphore import LABELS, ORDER, TONES
from .text import thousands

_ids = itertools.count(1)

SWATCHES = {
    "bar": '<rect class="f-1" x="3" width="12" height="12" rx="1.5"/>',
    "line": '<path class="f-line" d="M0 6h18"/><circle class="f-dot" cx="9" cy="6" r="3.5"/>',
    "range": '<path class="f-range" d="M2 6h14"/>',
    "mid": '<path class="f-mid" d="M0 6h18"/>',
    "median": '<circle class="f-med" cx="9" cy="6" r="4.5"/>',
    **{
        tone: f'<rect class="f-{tone}" x="3" width="12" height="12" rx="1.5"/>'
        for tone in ("late", "soon", "ok", "hold")
    },
}


@dataclass(frozen=True)
class Figure:
    """A picture (``svg``), its key, and its table (``head`` and ``rows``, first cell a label)."""

    svg: SafeString
    title: str
    caption: str = ""
    key: list[dict] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[Sequence] = field(default_factory=list)

    def body(self) -> SafeString:
        """The rows as cells: the first a label, the others figures."""
        lines = (
            f'<tr>\n<th scope="row">{conditional_escape(label)}</th>'
            + "".join(f'<td class="n">{conditional_escape(thousands(n))}</td>' for n in figures)
            + "</tr>\n"
            for label, *figures in self.rows
        )
        return mark_safe("".join(lines))  # noqa: S308 - escaped cell by cell


def swatch(kind: str, label: str) -> dict:
    """One entry of a key. :raises KeyError: unknown kind."""
    return {
        "label": label,
        "swatch": format_html(
            '<svg viewBox="0 0 18 12" aria-hidden="true">{}</svg>',
            mark_safe(SWATCHES[kind]),  # noqa: S308  (constants of this module)
        ),
    }


def nice_step(maximum: float, ticks: int = 4) -> int:
    """Round step (1, 2 or 5 times a power of ten) so that ``ticks`` steps reach the maximum."""
    rough = max(maximum, 1) / ticks
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    for factor in (1, 2, 5, 10):
        if factor * power >= rough:
            return int(factor * power)
    return int(10 * power)


def draw(width: int, height: int, title: str, parts: Iterable[SafeString]) -> SafeString:
    """Put the parts into one picture whose name is ``title``."""
    identifier = f"fig{next(_ids)}"
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}">'
        '<title id="{}">{}</title>{}</svg>',
        width,
        height,
        identifier,
        identifier,
        title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _figures(markup: str) -> SafeString:
    """Markup in which only figures and constants of this module were put: nothing to escape."""
    return mark_safe(markup)  # noqa: S308


def _points(values: Sequence[int], left: float, slot: float, base: float, scale: float) -> list:
    return [(left + slot * (i + 0.5), base - value * scale) for i, value in enumerate(values)]


def _grid(top: int, step: int, left: int, right: int, base: int, scale: float) -> list[SafeString]:
    lines = []
    for value in range(0, top + 1, step):
        y = base - value * scale
        lines.append(
            format_html(
                '<path class="f-grid" d="M{} {}H{}"/>'
                '<text x="{}" y="{}" text-anchor="end">{}</text>',
                left,
                f"{y:.1f}",
                right,
                left - 6,
                f"{y + 4:.1f}",
                thousands(value),
            )
        )
    return lines


def bars_and_line(
    *,
    labels: Sequence[str],
    bars: Sequence[int],
    line: Sequence[int],
    bar_label: str,
    line_label: str,
    title: str,
    first_column: str,
    full_labels: Sequence[str] = (),
    width: int = 520,
    height: int = 210,
) -> Figure:
    """Arrivals as bars and answers as a line over the same days or weeks.

    :raises ValueError: the series are not of equal length.
    """
    if not len(labels) == len(bars) == len(line):
        raise ValueError("Labels, bars and line must have the same length.")
    left, right, top, base = 40, width - 112, 14, height - 30
    step = nice_step(max([*bars, *line, 1]))
    ceiling = step * max(1, math.ceil(max([*bars, *line, 1]) / step))
    scale = (base - top) / ceiling
    slot = (right - left) / max(len(labels), 1)
    parts = _grid(ceiling, step, left, right, base, scale)
    parts += _bars(bars, left, slot, base, scale)
    parts += _line(_points(line, left, slot, base, scale))
    parts += _axis_labels(labels, left, slot, height - 8)
    if labels:
        parts += _end_labels(
            [(bars[-1], bar_label), (line[-1], line_label)], right + 8, base, scale
        )
    return Figure(
        svg=draw(width, height, title, parts),
        title=title,
        caption=title,
        key=[swatch("bar", bar_label), swatch("line", line_label)],
        head=[first_column, bar_label, line_label],
        rows=[list(row) for row in zip(full_labels or labels, bars, line, strict=True)],
    )


def _bars(values, left, slot, base, scale) -> list[SafeString]:
    bar = slot * 0.56
    return [
        _figures(
            f'<rect class="f-1" x="{x - bar / 2:.1f}" y="{y:.1f}" width="{bar:.1f}"'
            f' height="{base - y:.1f}" rx="1.5"/>'
        )
        for x, y in _points(values, left, slot, base, scale)
    ]


def _line(points) -> list[SafeString]:
    if not points:
        return []
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = points if len(points) <= 31 else points[-1:]
    return [
        _figures(f'<path class="f-line" d="M{path}"/>'),
        *(_figures(f'<circle class="f-dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>') for x, y in dots),
    ]


def _axis_labels(labels, left, slot, y) -> list[SafeString]:
    every = max(1, math.ceil(len(labels) / 6))
    return [
        format_html(
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            f"{left + slot * (i + 0.5):.1f}",
            y,
            label,
        )
        for i, label in enumerate(labels)
        if i % every == 0
    ]


def _end_labels(series, x, base, scale) -> list[SafeString]:
    """Last value of each series at the right edge, pushed apart so that the words never touch."""
    placed, floor = [], 0.0
    for value, label in sorted(series, key=lambda pair: -pair[0]):
        y = max(base - value * scale + 4, floor)
        floor = y + 32
        placed.append((value, label, y))
    overflow = max(0.0, floor - 32 + 13 - base)
    return [
        format_html(
            '<text class="f-strong" x="{}" y="{}">{}</text><text x="{}" y="{}">{}</text>',
            x,
            f"{y - overflow:.1f}",
            thousands(value),
            x,
            f"{y - overflow + 13:.1f}",
            label.lower(),
        )
        for value, label, y in placed
    ]


def _segments(counts: dict, maximum: int | None, width: float, gap: float) -> list[tuple]:
    """Place the semaphore's parts on one bar: [(tone, x, width)], in the fixed order."""
    values = [(key, int(counts.get(key, 0) or 0)) for key in ORDER]
    values = [(key, value) for key, value in values if value > 0]
    total = maximum or sum(value for _key, value in values)
    if not total:
        return []
    scale = max(0.0, width - gap * (len(values) - 1)) / max(total, sum(v for _k, v in values))
    placed, x = [], 0.0
    for key, value in values:
        placed.append((TONES[key], x, value * scale))
        x += value * scale + gap
    return placed


def stack_bar(counts: dict, maximum: int | None = None) -> SafeString:
    """Bar for a table cell whose row already tells the figures; hidden from screen readers.

    :param counts: vencida, por_vencer, en_tiempo, pausada.
    :param maximum: total that fills the whole width, to compare rows.
    """
    return _figures(
        '<svg class="bar" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">'
        f"{_rects(_segments(counts, maximum, 200, 1), 14)}</svg>"
    )


def _rects(segments, height: int) -> SafeString:
    return _figures(
        "".join(
            f'<rect class="f-{tone}" x="{x:.1f}" y="0" width="{width:.1f}" height="{height}"/>'
            for tone, x, width in segments
        )
    )


def semaphore_figure(counts: dict, *, title: str, caption: str = "") -> Figure:
    """One stacked bar that stands alone, with its key and table."""
    svg = draw(400, 28, title, [_rects(_segments(counts, None, 400, 2), 28)])
    return Figure(
        svg=svg,
        title=title,
        caption=caption or title,
        key=[swatch(TONES[k], f"{LABELS[k]}: {thousands(counts.get(k, 0))}") for k in ORDER],
        head=[_("Semáforo"), _("Asuntos")],
        rows=[[str(LABELS[k]), counts.get(k, 0)] for k in ORDER],
    )


def sparkline(values: Sequence[int], *, title: str) -> SafeString:
    """Small line without axes for a cell; ``title`` must say the trend in words."""
    width, height = 120, 28
    top = max([*values, 1])
    slot = width / max(len(values), 1)
    points = _points(values, 0, slot, height - 4, (height - 8) / top)
    return format_html(
        '<span class="fig spark">{}</span>', draw(width, height, title, _spark(points))
    )


def _spark(points) -> list[SafeString]:
    if not points:
        return []
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return [
        format_html('<path class="f-line" d="M{}"/>', path),
        format_html('<circle class="f-dot" cx="{}" cy="{}" r="3"/>', f"{x:.1f}", f"{y:.1f}"),
    ]
