"""
Rendering of documents: content and letterhead in, PDF and places for signatures out.

Pure: no ORM, no clock, no network. A layout is source that an administrator wrote, tried by
``check_layout`` before it is kept; what people write is always data.
"""

from .checking import check_layout
from .content import (
    CopyMargins,
    DocumentContent,
    Letterhead,
    Paragraph,
    Rendered,
    SealBox,
    SignatoryLine,
    StampData,
    Table,
)
from .errors import LayoutError
from .layouts import NAMES, layout_source
from .pages import render_pages, render_pdf
from .seals import render_copy_margins, render_margin, render_stamp

__all__ = [
    "NAMES",
    "CopyMargins",
    "DocumentContent",
    "LayoutError",
    "Letterhead",
    "Paragraph",
    "Rendered",
    "SealBox",
    "SignatoryLine",
    "StampData",
    "Table",
    "check_layout",
    "layout_source",
    "render_copy_margins",
    "render_margin",
    "render_pages",
    "render_pdf",
    "render_stamp",
]
