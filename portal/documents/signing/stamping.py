"""
What is put on a document before its first signature: the mark of a test and the signature fields.

Both append a revision. They come first because afterwards they would be changes to a signed text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import (
    InvisSigSettings,
    SigFieldSpec,
    append_signature_field,
    enumerate_sig_fields,
)

from portal.core.errors import ConflictError

from .pdf import Writer, entry, import_first_page, media_box, open_writer


class Box(NamedTuple):
    """A place on a page: its number from 1, left, bottom, width and height in PDF points."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Field(NamedTuple):
    """An empty signature field: its name, its place if visible, and what a screen reader says."""

    name: str
    box: Box | None
    label: str


#: Outside of the page and printable: the only invisible widget that PDF/A and PDF/UA both allow.
INVISIBLE = InvisSigSettings(box_out_of_bounds=True)
MARK = "/MarcaDePrueba"


def mark_as_test(pdf: bytes, margin_pdf: bytes) -> bytes:
    """
    ``pdf`` with the first page of ``margin_pdf`` drawn over each page, as an artifact.

    The margin page must be transparent with its fonts embedded; it is scaled to each page.

    :raises ConflictError: the document is signed already.
    :raises InvalidInputError: ``pdf`` is not a readable PDF.
    """
    writer = open_writer(pdf)
    _refuse_signed(writer)
    form = import_first_page(writer, margin_pdf)
    before = writer.add_object(generic.StreamObject(stream_data=b"q\n"))
    for number in range(page_count(writer)):
        reference, _resources = writer.find_page_for_modification(number)
        paint = _artifact(media_box(reference.get_object()), form.get_object()["/BBox"])
        after = writer.add_object(generic.StreamObject(stream_data=b"\nQ\n" + paint))
        writer.add_stream_to_page(number, before, prepend=True)
        writer.add_stream_to_page(number, after, _resources_with(form))
    return writer.output()


def page_count(writer: Writer) -> int:
    """How many pages the document has."""
    return int(writer.root["/Pages"]["/Count"])


def _artifact(page: Sequence[float], form: Sequence[float]) -> bytes:
    """Operators that draw the form over the whole page, outside of what is read aloud."""
    left, bottom, right, top = (float(side) for side in page)
    x, y, x2, y2 = (float(side) for side in form)
    across, up = (right - left) / (x2 - x), (top - bottom) / (y2 - y)
    matrix = f"{across:.6f} 0 0 {up:.6f} {left - x * across:.4f} {bottom - y * up:.4f} cm"
    mark = f"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q {matrix} {MARK} Do Q EMC\n"
    return mark.encode("ascii")


def _resources_with(form: generic.IndirectObject) -> generic.DictionaryObject:
    objects = generic.DictionaryObject({pdf_name(MARK): form})
    return generic.DictionaryObject({pdf_name("/XObject"): objects})


def add_fields(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """
    ``pdf`` with an empty signature field for each who will sign, in the order of tabulation.

    In a tagged document each visible field also gets its place in the structure. With the fields
    there, people sign in any order, and no signature is a change of another's page.

    :raises ConflictError: the document is signed already.
    :raises InvalidInputError: ``pdf`` is not a readable PDF.
    """
    writer = open_writer(pdf)
    _refuse_signed(writer)
    for field in fields:
        append_signature_field(writer, field_spec(field))
        if field.box is not None:
            _keep_tab_order(writer, field.box.page - 1)
            _tag(writer, field)
    _keep_tab_order(writer, 0)
    return writer.output()


def field_spec(field: Field) -> SigFieldSpec:
    """How pyHanko is told of a field."""
    place = {}
    if field.box is not None:
        page, x, y, width, height = field.box
        place = {"on_page": page - 1, "box": (x, y, x + width, y + height)}
    return SigFieldSpec(
        field.name, readable_field_name=field.label, invis_sig_settings=INVISIBLE, **place
    )


def is_signed(writer: Writer) -> bool:
    """Whether any signature or document time stamp is there."""
    return next(enumerate_sig_fields(writer, filled_status=True), None) is not None


def _refuse_signed(writer: Writer) -> None:
    if is_signed(writer):
        raise ConflictError(code="ya_firmado")


def _keep_tab_order(writer: Writer, number: int) -> None:
    """A page with annotations is walked in the order of its structure."""
    reference, _resources = writer.find_page_for_modification(number)
    page = reference.get_object()
    if entry(page, "/Tabs") != "/S":
        page[pdf_name("/Tabs")] = pdf_name("/S")
        writer.mark_update(reference)


def _tag(writer: Writer, field: Field) -> None:
    """Put the field's widget into the structure tree as a form, if there is such a tree."""
    root = entry(writer.root, "/StructTreeRoot")
    if root is None or "/ParentTree" not in root:
        return
    _name, _value, widget = next(enumerate_sig_fields(writer, with_name=field.name))
    page, _resources = writer.find_page_for_modification(field.box.page - 1)
    parent = _document_element(root)
    key = entry(root, "/ParentTreeNextKey", 0)
    content = {"/Type": pdf_name("/OBJR"), "/Obj": widget, "/Pg": page}
    element = {
        "/Type": pdf_name("/StructElem"),
        "/S": pdf_name("/Form"),
        "/P": parent,
        "/Pg": page,
        "/K": _dictionary(content),
    }
    reference = writer.add_object(_dictionary(element))
    _append_child(writer, parent.get_object(), reference)
    widget.get_object()[pdf_name("/StructParent")] = generic.NumberObject(key)
    _index(writer, root, int(key), reference)


def _dictionary(entries: dict) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})


def _document_element(root: generic.DictionaryObject) -> generic.IndirectObject:
    top = root.raw_get("/K")
    children = top.get_object() if isinstance(top, generic.IndirectObject) else top
    return children.raw_get(0) if isinstance(children, generic.ArrayObject) else top


def _append_child(writer: Writer, parent, child: generic.IndirectObject) -> None:
    children = entry(parent, "/K")
    if not isinstance(children, generic.ArrayObject):
        only = [parent.raw_get("/K")] if "/K" in parent else []
        children = parent[pdf_name("/K")] = generic.ArrayObject(only)
    children.append(child)
    writer.update_container(children)
    writer.update_container(parent)


def _index(writer: Writer, root, key: int, reference: generic.IndirectObject) -> None:
    """From the widget back to its element, in the tree of parents."""
    pair = [generic.NumberObject(key), reference]
    tree = root["/ParentTree"]
    if "/Nums" in tree:
        tree["/Nums"].extend(pair)
        writer.update_container(tree["/Nums"])
    else:
        limits = generic.ArrayObject([generic.NumberObject(key)] * 2)
        leaf = _dictionary({"/Nums": generic.ArrayObject(pair), "/Limits": limits})
        tree["/Kids"].append(writer.add_object(leaf))
        writer.update_container(tree["/Kids"])
    root[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    writer.update_container(tree)
    writer.update_container(root)
