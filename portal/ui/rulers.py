"""The deadline on one line, for staff: a block a day, the pauses between, a mark for today."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, LEFT_PAUSE, TOP, THICK = 760.0, 62.0, 6, 12


def ruler(
    *,
    total: int,
    done: int,
    summary: str,
    labels: dict[int, str] | None = None,
    pauses: Sequence[tuple[int, str]] = (),
) -> SafeString:
    """Draw ``total`` days of which ``done`` have run.

    :param summary: the same in words, for who cannot see it.
    :param labels: day number (1 to total) to the short date under it.
    :param pauses: (after which day, word) for each time the clock stood still.
    """
    labels = labels or {}
    total = max(total, 1)
    slot = (WIDTH - (LEFT_PAUSE + 2) * len(pauses)) / total
    parts, x = [], 0.0
    for day in range(1, total + 1):
        kind = "r-run" if day <= done else "r-bg"
        parts.append(_block(kind, x, max(slot - 2, 0.5)))
        if day in labels:
            parts.append(_label(x + slot / 2, labels[day]))
        x += slot
        for _after, word in (p for p in pauses if p[0] == day):
            parts += [_block("r-hold", x, LEFT_PAUSE), _label(x + LEFT_PAUSE / 2, word)]
            x += LEFT_PAUSE + 2
        if day == min(done, total):
            parts.append(_mark(x - 1))
    if done < 1:
        parts.append(_mark(0))
    return format_html(
        '<svg class="ruler" viewBox="0 0 760 46" role="img" aria-label="{}">{}</svg>',
        summary,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _block(kind: str, x: float, width: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        f"{x:.1f}",
        TOP,
        f"{width:.1f}",
        THICK,
    )


def _label(x: float, words: str) -> SafeString:
    inside = min(max(x, 24), WIDTH - 24)
    return format_html('<text x="{}" y="34" text-anchor="middle">{}</text>', f"{inside:.1f}", words)


def _mark(x: float) -> SafeString:
    return format_html('<path class="r-now" d="M{} 20l-5-8V2h10v10z"/>', f"{x:.1f}")
