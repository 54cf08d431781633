"""Drawing pages of one PDF onto the sheets of another; runs in a process of its own."""

import re
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

#: A letter sheet, and the frame that a copied page is scaled into, in points.
SHEET = (612.0, 792.0)
FRAME = (34.0, 62.0, 578.0, 758.0)
#: Flags of an annotation that is not shown: hidden, no view.
UNSEEN = 0b100010
#: The claims of a file about what it keeps to.
CLAIMS = re.compile(
    rb"<(pdfaid|pdfuaid):(\w+)>[^<]*</\1:\2>|\s(pdfaid|pdfuaid):\w+=\"[^\"]*\"", re.S
)
Matrix = tuple[float, float, float, float, float, float]


class Refused(Exception):
    """The file cannot be copied; ``told`` says why."""

    def __init__(self, code: str, **told) -> None:
        super().__init__(code)
        self.told = {"code": code, **told}


def clean(pdf: bytes, ranges: list, most: int) -> tuple[bytes, int, list[int]]:
    """
    The chosen pages drawn on letter sheets, how many there were, and their numbers.

    :raises Refused: encrypted, broken, a page that is not there, or too many.
    """
    reader = _open(pdf)
    total = len(reader.pages)
    chosen = _chosen(ranges, total)
    if len(chosen) > most:
        raise Refused("many", total=total)
    writer = PdfWriter()
    for number in chosen:
        _draw(writer, reader.pages[number - 1])
    return _written(writer), total, chosen


def _open(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(pdf), strict=False)
        encrypted = reader.is_encrypted
        empty = False if encrypted else len(reader.pages) == 0
    except Exception as error:
        raise Refused("broken") from error
    if encrypted:
        raise Refused("encrypted")
    if empty:
        raise Refused("broken")
    return reader


def _chosen(ranges: list, total: int) -> list[int]:
    numbers = [n for first, last in ranges for n in range(first, min(last, total + 1) + 1)]
    if any(last > total for _first, last in ranges):
        raise Refused("outside", total=total)
    return list(dict.fromkeys(numbers)) or list(range(1, total + 1))


def _draw(writer: PdfWriter, page) -> None:
    """One page, with what its annotations show, scaled into the frame of a new sheet."""
    sheet = writer.add_blank_page(*SHEET)
    form = _form(writer, page)
    x, y, width, height = _shown_box(page)
    scale = min((FRAME[2] - FRAME[0]) / width, (FRAME[3] - FRAME[1]) / height, 1.0)
    left = FRAME[0] + (FRAME[2] - FRAME[0] - width * scale) / 2
    bottom = FRAME[1] + (FRAME[3] - FRAME[1] - height * scale) / 2
    turned = _turned(page, (x, y, width, height))
    place = _times(turned, (scale, 0, 0, scale, left, bottom))
    objects = DictionaryObject({NameObject("/Copia"): writer._add_object(form)})
    lines = [b"q " + _cm(place) + b" /Copia Do Q"]
    for n, (annotation, matrix) in enumerate(_seen_annotations(page)):
        name = f"/Anotacion{n}"
        objects[NameObject(name)] = annotation.clone(writer).indirect_reference
        lines.append(b"q " + _cm(_times(matrix, place)) + f" {name} Do Q".encode())
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    content = DecodedStreamObject()
    content.set_data(b"\n".join(lines))
    sheet[NameObject("/Contents")] = writer._add_object(content.flate_encode())


def _form(writer: PdfWriter, page) -> StreamObject:
    """The page's own content as a form object."""
    content = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form = form.flate_encode()
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else DictionaryObject()
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(side) for side in page.cropbox),
            NameObject("/Resources"): resources.clone(writer),
        }
    )
    return form


def _shown_box(page) -> tuple[float, float, float, float]:
    """Left, bottom, width and height as the page is shown, turned if it says so."""
    box = page.cropbox
    width, height = float(box.width), float(box.height)
    if width <= 0 or height <= 0:
        raise Refused("broken")
    if page.rotation % 180:
        width, height = height, width
    return float(box.left), float(box.bottom), width, height


def _turned(page, shown: tuple[float, float, float, float]) -> Matrix:
    """From the page's own points to those of its shown box, whose corner is at the origin."""
    x, y, width, height = shown
    angle = page.rotation % 360
    if angle == 90:
        return (0, -1, 1, 0, -y, height + x)
    if angle == 180:
        return (-1, 0, 0, -1, width + x, height + y)
    if angle == 270:
        return (0, 1, -1, 0, width + y, -x)
    return (1, 0, 0, 1, -x, -y)


def _seen_annotations(page) -> list[tuple[StreamObject, Matrix]]:
    """What each visible annotation shows, and where on the page."""
    found = []
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject):
            continue
        if int(annotation.get("/F", 0)) & UNSEEN or annotation.get("/Subtype") == "/Popup":
            continue
        shown = _appearance(annotation)
        if shown is not None and "/Rect" in annotation:
            matrix = _placed(shown, [float(side) for side in annotation["/Rect"]])
            if matrix is not None:
                found.append((shown, matrix))
    return found


def _appearance(annotation: DictionaryObject) -> StreamObject | None:
    normal = annotation.get("/AP", {})
    normal = normal.get_object().get("/N") if normal else None
    normal = normal.get_object() if normal is not None else None
    if isinstance(normal, StreamObject):
        return normal
    if isinstance(normal, DictionaryObject):
        state = normal.get(annotation.get("/AS", "/Off"))
        state = state.get_object() if state is not None else None
        return state if isinstance(state, StreamObject) else None
    return None


def _placed(form: StreamObject, rect: list[float]) -> Matrix | None:
    """The matrix that puts the appearance into its rectangle (ISO 32000-1, 12.5.5)."""
    box = [float(side) for side in form.get("/BBox", (0, 0, 0, 0))]
    own = tuple(float(v) for v in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [_point(own, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, right = min(c[0] for c in corners), max(c[0] for c in corners)
    bottom, top = min(c[1] for c in corners), max(c[1] for c in corners)
    x, x2 = sorted((rect[0], rect[2]))
    y, y2 = sorted((rect[1], rect[3]))
    if right <= left or top <= bottom or x2 <= x or y2 <= y:
        return None
    across, up = (x2 - x) / (right - left), (y2 - y) / (top - bottom)
    return (across, 0, 0, up, x - left * across, y - bottom * up)


def _point(m: tuple, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(a: tuple, b: tuple) -> Matrix:
    """First ``a``, then ``b``."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _cm(matrix: tuple) -> bytes:
    return " ".join(f"{value:.5f}" for value in matrix).encode() + b" cm"


def join(certificate: bytes, copy: bytes, margins: bytes) -> bytes:
    """The certificate, then each page of the copy with its page of margins over it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(certificate)))
    margin_pages = PdfReader(BytesIO(margins)).pages
    for page, margin in zip(PdfReader(BytesIO(copy)).pages, margin_pages, strict=True):
        added = writer.add_page(page)
        added.merge_page(margin)
        added.pop(NameObject("/StructParents"), None)
    _unclaim(writer)
    return _written(writer)


def _unclaim(writer: PdfWriter) -> None:
    metadata = writer._root_object.get("/Metadata")
    if metadata is None:
        return
    reference = writer._root_object.raw_get("/Metadata")
    old = metadata.get_object()
    plain = DecodedStreamObject()
    plain.set_data(CLAIMS.sub(b"", old.get_data()))
    plain.update({NameObject("/Type"): NameObject("/Metadata")})
    plain[NameObject("/Subtype")] = NameObject("/XML")
    writer._replace_object(reference, plain)


def _written(writer: PdfWriter) -> bytes:
    writer.pdf_header = "%PDF-1.7"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
