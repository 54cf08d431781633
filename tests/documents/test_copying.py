"""Copies of PDF files: what the pages show and nothing that they could do."""

from io import BytesIO

import pytest
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from portal.core.errors import InvalidInputError, UnavailableError
from portal.documents import copying
from portal.documents.copying import clean_copy, join_copy, parse_pages
from portal.documents.copying.pages import FRAME
from portal.documents.rendering import CopyMargins, render_copy_margins

CODE = "ABCDEFGHJKMNPQRSTVWX"


def made(pages: int = 3, *, page: str = "") -> bytes:
    body = "\n#pagebreak()\n".join(f"Hoja número {n} del original" for n in range(1, pages + 1))
    return typst.compile(f"{page}\n{body}".encode(), format="pdf")


def changed(pdf: bytes, change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def fault(call) -> dict:
    with pytest.raises(InvalidInputError) as caught:
        call()
    return {name: str(lines[0]) for name, lines in caught.value.fields.items()}


def margins(paginas) -> bytes:
    data = CopyMargins(
        folio="CERT-2026-000012",
        codigo=CODE,
        url=f"https://x.example/verificar/{CODE}/",
        paginas=tuple(paginas),
        aviso="Concuerda con su original.",
    )
    return render_copy_margins(data)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", []),
        (" , ", []),
        ("2", [(2, 2)]),
        ("1-3, 5", [(1, 3), (5, 5)]),
        ("1 – 3; 5 y 7", [(1, 3), (5, 5), (7, 7)]),
    ],
)
def test_pages_are_read_as_people_write_them(text, ranges):
    assert parse_pages(text) == ranges


@pytest.mark.parametrize("text", ["a", "3-1", "0", "0-2", "1-", "-2", "1.5", "1-2-3", "99999", "١"])
def test_pages_that_do_not_read_so_are_refused(text):
    assert set(fault(lambda: parse_pages(text))) == {"paginas"}


def test_the_chosen_pages_are_copied_and_no_other():
    copy = clean_copy(made(5), "2-3, 5")
    assert (copy.total, copy.paginas) == (5, (2, 3, 5))
    assert ["número 2" in texts(copy.pdf)[0], "número 5" in texts(copy.pdf)[2]] == [True, True]
    assert len(texts(copy.pdf)) == 3


def test_without_pages_all_are_copied_and_a_page_named_twice_is_once():
    assert clean_copy(made(2), "").paginas == (1, 2)
    assert clean_copy(made(3), "2, 1-2").paginas == (2, 1)


def test_a_page_that_is_not_there_says_how_many_there_are():
    assert fault(lambda: clean_copy(made(3), "2-4")) == {"paginas": "El original tiene 3 páginas."}


def test_more_pages_than_one_copy_holds_are_refused(monkeypatch):
    monkeypatch.setattr(copying, "MAX_PAGES", 2)
    assert "páginas" in fault(lambda: clean_copy(made(3), ""))["paginas"]


def encrypted(writer) -> None:
    writer.encrypt("secreto")


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"", "no es un PDF"),
        (b"MZ un programa", "no es un PDF"),
        (b"%PDF-1.7\nnada", "dañado"),
        (made()[:400], "dañado"),
        (changed(made(), encrypted), "contraseña"),
        (b"%PDF-" + b"0" * (copying.MAX_BYTES + 1), "15 MB"),
    ],
    ids=["empty", "program", "nothing", "cut", "encrypted", "huge"],
)
def test_what_cannot_be_copied_gets_a_line(pdf, words):
    assert words in fault(lambda: clean_copy(pdf, ""))["archivo"]


def test_nothing_of_the_original_acts_any_more():
    def arm(writer: PdfWriter) -> None:
        script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        action = DictionaryObject({NameObject(key): value for key, value in script.items()})
        writer.root_object[NameObject("/OpenAction")] = action
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})
        writer.add_attachment("virus.exe", b"MZ")
        note = FreeText(text="Una nota", rect=(50, 50, 200, 100))
        writer.add_annotation(page_number=0, annotation=note)

    copy = clean_copy(changed(made(1), arm), "")
    reader = PdfReader(BytesIO(copy.pdf))
    assert set(reader.root_object) <= {"/Type", "/Pages"}
    assert all("/Annots" not in page and "/AA" not in page for page in reader.pages)
    assert b"app.alert" not in copy.pdf
    assert b"virus.exe" not in copy.pdf


def test_what_an_annotation_shows_is_drawn_unless_hidden():
    def stamp(hidden: bool):
        def add(writer: PdfWriter) -> None:
            form = PdfReader(BytesIO(made(1, page="#set page(width: 8cm, height: 2cm)"))).pages[0]
            content = form.get_contents().get_data()
            shown = DecodedStreamObject()
            shown.set_data(content)
            shown.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Form"),
                    NameObject("/BBox"): form.mediabox,
                    NameObject("/Resources"): form["/Resources"].clone(writer),
                }
            )
            annotation = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Widget"),
                    NameObject("/FT"): NameObject("/Sig"),
                    NameObject("/T"): TextStringObject("firma"),
                    NameObject("/F"): NumberObject(2 if hidden else 4),
                    NameObject("/Rect"): RectangleObject((100, 100, 300, 150)),
                    NameObject("/AP"): DictionaryObject(
                        {NameObject("/N"): writer._add_object(shown)}
                    ),
                }
            )
            page = writer.pages[0]
            page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

        return add

    blank = typst.compile(b"#box()", format="pdf")
    assert "Hoja" not in texts(clean_copy(blank, "").pdf)[0]
    assert "Hoja número 1" in texts(clean_copy(changed(blank, stamp(False)), "").pdf)[0]
    assert "Hoja" not in texts(clean_copy(changed(blank, stamp(True)), "").pdf)[0]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("paper", ["us-letter", "us-legal", "a3", "a6"])
def test_every_page_lies_whole_within_the_frame(paper, angle):
    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(angle)

    pdf = changed(made(1, page=f'#set page(paper: "{paper}")'), turn)
    page = PdfReader(BytesIO(clean_copy(pdf, "").pdf)).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)
    box = page["/Resources"]["/XObject"]["/Copia"]["/BBox"]
    a, b, c, d, e, f = (float(v) for v in page.get_contents().get_data().split()[1:7])
    corners = [
        (a * float(x) + c * float(y) + e, b * float(x) + d * float(y) + f)
        for x in (box[0], box[2])
        for y in (box[1], box[3])
    ]
    left, bottom, right, top = FRAME
    for x, y in corners:
        assert left - 0.1 <= x <= right + 0.1
        assert bottom - 0.1 <= y <= top + 0.1
    # Nothing is stretched, and what is large is as large as it can be.
    assert abs(abs(a * d - b * c) ** 0.5 - max(abs(a), abs(b))) < 0.001


def test_joined_each_page_has_its_foot_and_the_whole_claims_nothing():
    copy = clean_copy(made(3), "1, 3")
    first = render_copy_margins(
        CopyMargins(folio="x", codigo="", url="", paginas=(1,), aviso="Certifico")
    )
    whole = join_copy(first, copy.pdf, margins(copy.paginas))
    found = texts(whole)
    assert len(found) == 3
    for n, page in ((1, 1), (2, 3)):
        assert f"Hoja {n} de 2" in found[n]
        assert f"Página del original: {page}" in found[n]
        assert "CERT-2026-000012" in found[n]
        assert f"número {page}" in found[n]
    assert b"pdfaid:part" not in whole
    assert b"pdfaid:part" in first


def test_what_asks_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr(copying, "WALL_SECONDS", 0.01)
    with pytest.raises(UnavailableError):
        clean_copy(made(1), "")
