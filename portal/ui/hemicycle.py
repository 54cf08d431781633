"""
A half circle of seats, each with its state told by colour, sign and name.

The picture always stands beside a table that says the same; its key names the signs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .charts import draw

WIDTH, HEIGHT = 400, 216
CENTRE_X, BASE = WIDTH / 2, HEIGHT - 22
OUTER, INNER = 172, 74

#: Class of the dot and path of its sign, drawn in a square of 10 around its centre.
SIGNS = {
    "yes": ("f-ok", "M-4.5 .5 -1.2 3.8 4.8 -3.4"),
    "no": ("f-late", "M-3.6 -3.6 3.6 3.6M3.6 -3.6 -3.6 3.6"),
    "abstain": ("f-soon", "M-4.2 0H4.2"),
    "there": ("f-1", ""),
    "instead": ("f-1", "M0 -4.2V4.2M-4.2 0H4.2"),
    "excused": ("f-hold", "M-3.6 3.6 3.6 -3.6"),
    "empty": ("f-none", ""),
}


@dataclass(frozen=True)
class Dot:
    """A seat: its state (a key of ``SIGNS``) and the words a pointer finds on it."""

    state: str
    words: str


@dataclass(frozen=True)
class Hemicycle:
    """The picture and its key, each entry a sign with its words."""

    svg: SafeString
    title: str
    key: list[dict]


def positions(count: int) -> list[tuple[float, float]]:
    """
    Where each of ``count`` seats stands, from left to right as seen from the presidency.

    As many rows as keep the dots apart; each holds seats in proportion to its length.
    """
    if count < 1:
        return []
    rows = _rows(count)
    radii = [OUTER - (OUTER - INNER) * n / max(rows - 1, 1) for n in range(rows)]
    shares = _shares(count, radii)
    places = []
    for radius, number in zip(radii, shares, strict=True):
        for k in range(number):
            angle = math.pi * (1 - (k + 0.5) / number) if number > 1 else math.pi / 2
            places.append((angle, radius))
    places.sort(key=lambda place: (-place[0], -place[1]))
    return [
        (CENTRE_X + radius * math.cos(angle), BASE - radius * math.sin(angle))
        for angle, radius in places
    ]


def hemicycle(dots: Sequence[Dot], *, title: str, labels: dict[str, str]) -> Hemicycle:
    """The picture of ``dots`` in their order; ``labels`` are the words of each state of the key."""
    size = max(6.0, min(13.0, 118 / (len(dots) / _rows(len(dots))) ** 0.85)) if dots else 13.0
    parts = [_dot(dot, x, y, size) for dot, (x, y) in zip(dots, positions(len(dots)), strict=True)]
    present = [state for state in SIGNS if any(dot.state == state for dot in dots)]
    key = [{"label": labels[state], "swatch": _swatch(state)} for state in present]
    return Hemicycle(draw(WIDTH, HEIGHT, title, parts), title, key)


def _rows(count: int) -> int:
    return 1 if count <= 9 else 2 if count <= 24 else 3 if count <= 48 else 4


def _shares(count: int, radii: list[float]) -> list[int]:
    """``count`` seats over the rows in proportion to their length, by largest remainder."""
    whole = sum(radii)
    exact = [count * radius / whole for radius in radii]
    shares = [int(part) for part in exact]
    order = sorted(range(len(radii)), key=lambda n: exact[n] - shares[n], reverse=True)
    for n in order[: count - sum(shares)]:
        shares[n] += 1
    return shares


def _dot(dot: Dot, x: float, y: float, size: float) -> SafeString:
    css, sign = SIGNS[dot.state]
    return format_html(
        '<g transform="translate({} {})"><title>{}</title><circle class="{}" r="{}"/>{}</g>',
        f"{x:.1f}",
        f"{y:.1f}",
        dot.words,
        css,
        f"{size:.1f}",
        _sign(sign, size / 11),
    )


def _sign(path: str, scale: float) -> SafeString | str:
    if not path:
        return ""
    return format_html('<path class="f-sign" transform="scale({})" d="{}"/>', f"{scale:.2f}", path)


def _swatch(state: str) -> SafeString:
    css, sign = SIGNS[state]
    return format_html(
        '<svg viewBox="-8 -8 16 16" aria-hidden="true"><circle class="{}" r="7"/>{}</svg>',
        css,
        _sign(sign, 0.8),
    )
