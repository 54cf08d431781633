"""The two colours a municipality sets, and the contrast they must keep."""

import re

DEFAULT_MUNI = "#2b3a84"
DEFAULT_CENEFA = "#d99a2b"
#: WCAG 2.2, success criterion 1.4.6 (AAA): text in the municipality's colour on white.
MINIMUM_CONTRAST = 7.0

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def valid_color(value: object) -> str | None:
    """Return the colour as ``#rrggbb`` in lower case, or None for anything but a plain hex colour.

    Only ``#rgb`` and ``#rrggbb`` pass, so that a setting can never carry other CSS into the page.
    """
    if not isinstance(value, str) or not _HEX.match(value):
        return None
    digits = value[1:].lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"


def relative_luminance(color: str) -> float:
    """Relative luminance of a hex colour, 0 (black) to 1 (white), as WCAG 2.2 defines it.

    :raises ValueError: not a hex colour.
    """
    checked = valid_color(color)
    if checked is None:
        raise ValueError(f"Not a hex colour: {color!r}")
    channels = [int(checked[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """Contrast between two hex colours, 1 to 21, as WCAG 2.2 defines it.

    :raises ValueError: one of them is not a hex colour.
    """
    lighter, darker = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def municipality_css(color: object, cenefa: object) -> str:
    """Stylesheet that sets ``--muni`` and ``--cenefa``; anything but a hex colour is replaced."""
    muni = valid_color(color) or DEFAULT_MUNI
    line = valid_color(cenefa) or DEFAULT_CENEFA
    # Unlayered on purpose: it must win over the tokens layer wherever it stands.
    return f":root{{--muni:{muni};--cenefa:{line}}}\n"
