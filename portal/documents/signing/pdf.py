"""PDF files opened and appended to: never rewritten, so that what was signed stays signed."""

import zlib
from io import BytesIO

from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from portal.core.errors import InvalidInputError

from .content import untagged
from .refusals import refuse

#: Larger files are refused before they are parsed. Ours stay under a tenth of it.
MAX_BYTES = 25_000_000
#: Revisions above which a file is not one of ours: a signature of the highest level takes two.
MAX_REVISIONS = 150

MEGABYTE = 1_000_000
#: What a file may unfold to; the parser looks at structure, never at pictures.
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=64 * MEGABYTE),
    document_budget=DocumentDecodeBudget(base_allowance=128 * MEGABYTE, max_ratio=20),
)


class Writer(IncrementalPdfFileWriter):
    """
    Appends a revision and leaves the document's metadata alone.

    XMP and information dictionary stay equal, as PDF/A wants, and say when the document was made;
    when it was signed stands in the signature. It also keeps the clock out of here.
    """

    def _update_meta(self) -> None:
        """Nothing: see above."""

    def output(self) -> bytes:
        """The file with the appended revision."""
        stream = BytesIO()
        self.write(stream)
        return stream.getvalue()


def open_reader(pdf: bytes) -> PdfFileReader:
    """
    A reader over a file from anywhere.

    :raises InvalidInputError: about ``documento``: not a PDF, too large, encrypted or broken.
    """
    check_bytes(pdf)
    try:
        reader = PdfFileReader(BytesIO(pdf), decode_limits=LIMITS)
        encrypted = reader.encrypted
        broken = not isinstance(reader.root["/Pages"], generic.DictionaryObject)
    except Exception:  # noqa: BLE001 - hostile files break the parser in every way
        raise unreadable() from None
    if encrypted:
        line = _("El PDF está cifrado. Quite la contraseña y vuelva a intentarlo.")
        raise refuse("documento", line, code="pdf_cifrado")
    if broken:
        raise unreadable()
    return reader


def open_writer(pdf: bytes) -> Writer:
    """
    A writer that appends to the file.

    :raises InvalidInputError: as ``open_reader``.
    """
    reader = open_reader(pdf)
    return Writer(reader.stream, prev=reader)


def check_bytes(pdf: bytes) -> None:
    """
    Refuse at once what need not be parsed.

    :raises InvalidInputError: about ``documento``.
    """
    if len(pdf) > MAX_BYTES:
        line = _("El PDF pesa más de %(size)s MB.") % {"size": MAX_BYTES // MEGABYTE}
        raise refuse("documento", line, code="pdf_grande")
    if b"%PDF-" not in pdf[:1024]:
        raise refuse("documento", _("El archivo no es un PDF."), code="no_es_pdf")
    if pdf.count(b"startxref") > MAX_REVISIONS:
        raise unreadable()


def unreadable() -> InvalidInputError:
    """The error for a PDF that is broken."""
    return refuse("documento", _("El PDF está dañado y no se puede leer."), code="pdf_danado")


def import_first_page(writer: BasePdfFileWriter, pdf: bytes) -> generic.IndirectObject:
    """
    The first page of another PDF as a form object of ``writer``, without its tags.

    Tags would point into a structure that stays behind. Every font must be embedded.

    :raises ValueError: a font is not embedded, which would break PDF/A.
    """
    source = PdfFileReader(BytesIO(pdf))
    reference, resources = source.find_page_for_modification(0)
    page = reference.get_object()
    _check_fonts(resources.get_object())
    box = generic.ArrayObject(generic.FloatObject(side) for side in media_box(page))
    form = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): box,
            pdf_name("/Resources"): writer.import_object(resources),
            pdf_name("/Filter"): pdf_name("/FlateDecode"),
        },
        encoded_data=zlib.compress(_untagged(page)),
    )
    return writer.add_object(form)


def media_box(page: generic.DictionaryObject) -> list[float]:
    """Left, bottom, right and top of a page, in points."""
    while "/MediaBox" not in page:
        page = page["/Parent"]
    return [float(side) for side in page["/MediaBox"]]


def _untagged(page: generic.DictionaryObject) -> bytes:
    contents = page["/Contents"]
    streams = contents if isinstance(contents, generic.ArrayObject) else [contents]
    return untagged(b"\n".join(stream.get_object().data for stream in streams))


def entry(dictionary: generic.DictionaryObject, key: str, default=None):
    """What stands under ``key``, followed to the object itself; ``get`` stops at the reference."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401


def _check_fonts(resources: generic.DictionaryObject) -> None:
    fonts = entry(resources, "/Font", {})
    for name in fonts:
        font = fonts[name]
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(entry(inner, "/FontDescriptor", {})):
            raise ValueError(f"Font not embedded: {entry(font, '/BaseFont')}")
