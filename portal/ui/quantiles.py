"""How long things take: the half, three quarters and nine tenths of each row, as one picture."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .charts import Figure, draw, nice_step, swatch

LEFT, RIGHT, ROW, TOP = 170.0, 700.0, 26, 16


def quantile_figure(
    rows: Sequence[tuple[str, float, float, float]],
    *,
    title: str,
    first_column: str,
    width: int = 720,
) -> Figure:
    """Draw (label, half, three quarters, nine tenths), all in the unit that ``title`` names."""
    step = nice_step(max((row[3] for row in rows), default=1), 4)
    top = max((row[3] for row in rows), default=1)
    ceiling = step * max(1, -(-int(top + 0.999) // step))
    scale = (RIGHT - LEFT) / ceiling
    height = TOP + ROW * len(rows) + 18
    parts = [_tick(value, LEFT + value * scale, height) for value in range(0, ceiling + 1, step)]
    parts += [_row(row, TOP + ROW * i, scale) for i, row in enumerate(rows)]
    words = [_("La mitad"), _("3 de cada 4"), _("9 de cada 10")]
    return Figure(
        svg=draw(width, height, title, parts),
        title=title,
        caption=title,
        key=[swatch(k, w) for k, w in zip(("median", "mid", "range"), words, strict=True)],
        head=[first_column, *words],
        rows=[list(row) for row in rows],
    )


def _tick(value: int, x: float, height: int) -> SafeString:
    return format_html(
        '<path class="f-grid" d="M{} 4V{}"/><text x="{}" y="{}" text-anchor="middle">{}</text>',
        f"{x:.1f}",
        height - 22,
        f"{x:.1f}",
        height - 6,
        value,
    )


def _row(row: tuple[str, float, float, float], y: int, scale: float) -> SafeString:
    label, half, most, nearly_all = row
    return format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text><path class="f-range" d="M{} {}H{}"/>'
        '<path class="f-mid" d="M{} {}H{}"/><circle class="f-med" cx="{}" cy="{}" r="5"/>',
        LEFT - 8,
        y + 4,
        label,
        LEFT,
        y,
        f"{LEFT + nearly_all * scale:.1f}",
        LEFT,
        y,
        f"{LEFT + most * scale:.1f}",
        f"{LEFT + half * scale:.1f}",
        y,
    )
