"""QR codes as SVG without style attributes, for pages and for paper."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules of the code, with a quiet zone of two."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(text)
    code.make(fit=True)
    return code.get_matrix()


def qr_svg(text: str, *, label: str = "") -> SafeString:
    """The code as an ``<svg>`` whose name for screen readers is ``label``."""
    matrix = qr_matrix(text)
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" role="img"'
        ' aria-label="{1}" shape-rendering="crispEdges"><path fill="#000" d="{2}"/></svg>',
        len(matrix),
        label,
        mark_safe(path),  # noqa: S308 - figures and letters made above
    )
