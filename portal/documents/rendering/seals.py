"""The visible seal of a signature and the words in the margin, each a clear page to lay over."""

from ..press import ROOT
from ..press.client import Sheet
from .content import LETTER, CopyMargins, StampData
from .payload import margins_data, stamp_data
from .text import printable

ARCHIVE = ["a-2b"]


def render_stamp(kind: str, data: StampData) -> bytes:
    """
    One clear page of ``data.ancho`` × ``data.alto`` points: who signed, when, with which seal.

    ``kind`` is ``avanzada``, ``rubrica`` or ``sello``. Raises ``ValueError`` for another kind or a
    moment without zone.
    """
    sheet = Sheet(_source("stamp"), stamp_data(kind, data))
    return sheet.pdf(timestamp=int(data.momento.timestamp()), standards=ARCHIVE)


def render_margin(text: str, page_size: tuple[float, float] = LETTER) -> bytes:
    """One clear page of ``page_size`` points with ``text`` upwards in its left margin."""
    width, height = page_size
    words = printable(text).replace("\n", " ")
    sheet = Sheet(_source("margin"), {"texto": words, "ancho": width, "alto": height})
    return sheet.pdf(timestamp=0, standards=ARCHIVE)


def render_copy_margins(data: CopyMargins) -> bytes:
    """A clear letter sheet with its foot for each page of a certified copy."""
    sheet = Sheet(_source("copy"), margins_data(data))
    return sheet.pdf(timestamp=0, standards=ARCHIVE)


def _source(name: str) -> str:
    return (ROOT / f"{name}.typ").read_text(encoding="utf-8")
