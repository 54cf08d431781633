"""Documents as PDF with the places of their signatures, and as images for a live preview."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from ..press.client import CompositionError, ExhaustedError, Sheet
from .content import DocumentContent, Letterhead, Rendered, SealBox
from .errors import LayoutError, layout_error, too_much, without_letter
from .guard import require_harmless
from .payload import document_data, moment_of
from .text import named, printable

#: Rounds of replacing letters that no font has: a replacement may be told in another font.
ROUNDS = 3
PREVIEW_PPI = 96

_harmless = lru_cache(maxsize=256)(require_harmless)


def render_pdf(
    *, layout: str, content: DocumentContent, letterhead: Letterhead, lang: str = "es"
) -> Rendered:
    """
    The document as PDF/A-2b and PDF/UA-1, with one box for each of its signatories, in their order.

    The same arguments give the same bytes. Raises ``LayoutError`` when the layout does not compile
    with this content, takes too much, or keeps no place, or two, for a signatory.
    """
    _harmless(layout)
    missing: tuple[str, ...] = ()
    for _round in range(ROUNDS):
        sheet = Sheet(layout, document_data(content, letterhead, lang, _telling(missing)))
        try:
            pdf, marks = sheet.document(timestamp=int(moment_of(content).timestamp()))
        except ExhaustedError as error:
            raise too_much() from error
        except CompositionError as error:
            found = tuple(c for c in without_letter(error) if c not in missing)
            if not found:
                raise layout_error(error) from error
            missing += found
            continue
        pages, boxes = read_marks(marks, (f.clave for f in content.firmantes))
        return Rendered(pdf, pages, boxes, missing)
    raise LayoutError(_("Hay caracteres que ninguna letra de la casa puede imprimir."))


def render_pages(
    *,
    layout: str,
    content: DocumentContent,
    letterhead: Letterhead,
    fmt: str = "svg",
    lang: str = "es",
) -> list[bytes]:
    """
    Each page as an image, ``svg`` (faster) or ``png``, to be shown through ``<img>``.

    A character without a letter shows as an empty box. Raises ``LayoutError``, and ``ValueError``
    for another format.
    """
    if fmt not in ("svg", "png"):
        raise ValueError(f"pages are svg or png, not {fmt}")
    _harmless(layout)
    try:
        return Sheet(layout, document_data(content, letterhead, lang)).images(fmt, ppi=PREVIEW_PPI)
    except ExhaustedError as error:
        raise too_much() from error
    except CompositionError as error:
        raise layout_error(error) from error


def read_marks(
    marks: list[dict[str, Any]], claves: Iterable[str]
) -> tuple[int, tuple[SealBox, ...]]:
    """
    Pages and boxes, in the order of ``claves``, from what a layout wrote down.

    Raises ``LayoutError`` when the sheet or a place is missing or a place is kept twice.
    """
    sheet = next((mark for mark in marks if "paginas" in mark), None)
    if sheet is None:
        raise LayoutError(_("Falta «#show: documento» al principio de la plantilla."), 1, 1)
    places: dict[str, SealBox] = {}
    for mark in (mark for mark in marks if "clave" in mark):
        if mark["clave"] in places:
            raise LayoutError(_("La plantilla pone dos veces el lugar de una firma."))
        bottom = sheet["alto"] - mark["y"] - mark["h"]
        place = (mark["x"], bottom, mark["w"], mark["h"])
        places[mark["clave"]] = SealBox(
            mark["clave"], mark["page"], *(round(value, 3) for value in place)
        )
    wanted = list(claves)
    if any(clave not in places for clave in wanted):
        raise LayoutError(_("La plantilla no deja lugar para las firmas: falta «#firmas()»."))
    return sheet["paginas"], tuple(places[clave] for clave in wanted)


def _telling(missing: tuple[str, ...]) -> Callable[[str], str]:
    def change(value: str) -> str:
        text = printable(value)
        for cluster in missing:
            text = text.replace(cluster, named(cluster))
        return text

    return change
