"""What comes out on paper: the promises of a layout, whatever the content."""

import datetime as dt
import io
import threading
from dataclasses import replace

import pytest
from pypdf import PdfReader

from portal.documents.rendering import (
    NAMES,
    LayoutError,
    Paragraph,
    SignatoryLine,
    layout_source,
    render_pages,
    render_pdf,
)

from .looking import ink, picture
from .papers import CODE, LETTERHEAD, PAPERS, PRESIDENCIA, SECRETARIA, SUPLENTE, paper, paragraphs

OFICIO = layout_source("oficio")
EMBLEM = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def rendered(content=None, *, layout=OFICIO, letterhead=LETTERHEAD, lang="es"):
    return render_pdf(layout=layout, content=content or paper(), letterhead=letterhead, lang=lang)


def reader(made) -> PdfReader:
    return PdfReader(io.BytesIO(made.pdf))


def words(made) -> str:
    """All text, spaces and line ends as one space."""
    return " ".join(" ".join(page.extract_text() for page in reader(made).pages).split())


@pytest.mark.parametrize("name", NAMES)
def test_every_layout_prints_its_document_archivable_and_accessible(name):
    made = rendered(PAPERS[name](), layout=layout_source(name))
    pdf = reader(made)
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert made.pages == len(pdf.pages)
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert pdf.trailer["/Root"]["/Lang"] == "es-MX"
    assert pdf.metadata.title
    assert not made.missing


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded(name):
    for page in reader(rendered(PAPERS[name](), layout=layout_source(name))).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.get_object())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_content_gives_the_same_bytes(name):
    content, source = PAPERS[name](), layout_source(name)
    assert rendered(content, layout=source).pdf == rendered(content, layout=source).pdf


def test_another_letter_gives_other_bytes():
    assert rendered(paper(folio="SG/0124/2026")).pdf != rendered().pdf


def test_the_date_inside_the_file_is_the_contents_own():
    made = reader(rendered(paper(fecha=dt.date(2026, 11, 24))))
    assert made.metadata.creation_date == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def test_a_document_without_folio_says_when_it_gets_one():
    assert "Se asigna al firmar" in words(rendered(paper(folio="", fecha=None)))
    assert "Se asigna al firmar" not in words(rendered())


def test_every_page_carries_code_address_page_number_and_header():
    made = rendered(paper(parrafos=paragraphs(*["Texto del acuerdo. " * 60] * 8)))
    assert made.pages > 1
    for number, page in enumerate(reader(made).pages, start=1):
        text = page.extract_text()
        assert "7K3M 9QX2 T5VW 8YZ4 B6CD" in text
        assert "ventanilla.sanjacinto.example/verificar" in text
        assert f"Página {number} de {made.pages}" in text
        assert "Ayuntamiento de San Jacinto del Valle" in text
        assert "9f86 d081 884c 7d65" in text


def test_the_page_speaks_english_when_asked():
    text = words(rendered(lang="en"))
    assert "Page 1 of 1" in text
    assert "November 24, 2026" in text
    assert reader(rendered(lang="en")).trailer["/Root"]["/Lang"] == "en-US"


def test_a_draft_and_a_confidential_document_say_so():
    text = words(rendered(paper(borrador=True, confidencial=True)))
    assert "BORRADOR" in text
    assert "CONFIDENCIAL" in text
    assert "BORRADOR" not in words(rendered())


def test_codes_and_emblem_have_words_for_who_does_not_see_them():
    made = rendered(letterhead=replace(LETTERHEAD, emblema_svg=EMBLEM))
    found = alternatives(reader(made).trailer["/Root"]["/StructTreeRoot"])
    assert "Emblema de Ayuntamiento de San Jacinto del Valle" in found


def alternatives(node, depth=0) -> list[str]:
    """The alternative texts of a structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        return [text for child in node for text in alternatives(child, depth + 1)]
    if not isinstance(node, dict) or depth > 40:
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (alternatives(node["/K"], depth + 1) if "/K" in node else [])


def test_the_code_is_also_read_aloud_at_the_end():
    """The foot of a page is passed over by screen readers."""
    text = words(rendered())
    assert "Para comprobar que este documento es auténtico" in text


def test_an_emblem_that_is_no_picture_is_told():
    with pytest.raises(LayoutError, match="emblema"):
        rendered(letterhead=replace(LETTERHEAD, emblema_svg="<html>no"))


def test_the_receipt_prints_facts_day_count_fingerprints_and_help():
    text = words(rendered(PAPERS["acuse"](), layout=layout_source("acuse")))
    for part in (
        "SJV-2026-004381",
        "martes 24 de noviembre de 2026, 19:42:08 h",
        "miércoles 9 de diciembre de 2026",
        "Cuenta de los 10 días hábiles",
        "Día inhábil",
        "poste.jpg (84 kB)",
        "Siga su asunto",
    ):
        assert part in text


def test_a_long_register_repeats_its_headings_on_each_page():
    made = rendered(PAPERS["minutario"](), layout=layout_source("minutario"))
    pages = reader(made).pages
    assert len(pages) > 2
    assert all("Dirigido a" in page.extract_text() for page in pages[:-1])
    assert "SG/0060/2026" in words(made)
    assert all(float(page.mediabox.width) > float(page.mediabox.height) for page in pages)


# ── places for signatures ──


def many(count: int) -> tuple[SignatoryLine, ...]:
    return tuple(SignatoryLine(f"f{i}", f"Regidora {i}", "Regiduría") for i in range(count))


def touching(a, b) -> bool:
    """Whether two boxes of one page share a point."""
    return (
        a.page == b.page
        and a.x < b.x + b.w
        and b.x < a.x + a.w
        and a.y < b.y + b.h
        and b.y < a.y + a.h
    )


@pytest.mark.parametrize("name", [name for name in NAMES if PAPERS[name]().firmantes])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 15])
@pytest.mark.parametrize("length", [0, 23, 31])
def test_each_signatory_has_a_place_of_their_own_inside_the_margins(name, count, length):
    more = tuple(Paragraph(f"x{i}", "Renglón de relleno.", "parrafo") for i in range(length))
    base = PAPERS[name]()
    content = replace(base, firmantes=many(count), parrafos=base.parrafos + more)
    made = rendered(content, layout=layout_source(name))
    assert [box.clave for box in made.boxes] == [f"f{i}" for i in range(count)]
    for box in made.boxes:
        assert 1 <= box.page <= made.pages
        assert box.x >= 70
        assert box.x + box.w <= 612 - 62
        assert box.y >= 90
        assert box.y + box.h <= 792 - 62
    pairs = [(a, b) for i, a in enumerate(made.boxes) for b in made.boxes[i + 1 :]]
    assert not [pair for pair in pairs if touching(*pair)]


@pytest.mark.parametrize("length", range(20, 34))
def test_no_letter_stands_where_a_signature_goes(length):
    """Every height of the page where the places may fall, moved line by line."""
    lines = "\n".join(f"Renglón {i}" for i in range(length))
    signatories = (SECRETARIA, PRESIDENCIA, SUPLENTE)
    made = rendered(paper(parrafos=paragraphs(lines), firmantes=signatories))
    for box in made.boxes:
        page = picture(made.pdf, box.page)
        top = page.height - box.y - box.h
        place = (round(box.x), round(top), round(box.x + box.w), round(top + box.h) - 1)
        assert ink(page.crop(place)) == 0
        below = (place[0], place[3], place[2], place[3] + 40)
        assert ink(page.crop(below)) > 100


def test_signatures_never_stand_alone_on_a_sheet():
    """Some line of the text goes with them, so that they cannot be put under another."""
    for length in range(10, 40):
        content = paper(parrafos=paragraphs("\n".join(["Renglón"] * length)), fundamento="")
        made = rendered(
            replace(content, parrafos=(*content.parrafos, Paragraph("z", "Fin dicho.")))
        )
        assert "Fin dicho." in reader(made).pages[made.boxes[0].page - 1].extract_text()


def test_a_layout_without_places_for_signatures_is_refused():
    with pytest.raises(LayoutError, match="firmas"):
        rendered(layout='#import "base.typ": *\n#show: documento\n#cuerpo()')


def test_a_layout_that_keeps_a_place_twice_is_refused():
    with pytest.raises(LayoutError, match="dos veces"):
        rendered(layout=OFICIO + "\n#firmas()")


# ── preview, threads ──


@pytest.mark.parametrize(("fmt", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_preview_shows_each_page_as_an_image(fmt, start):
    content = paper(parrafos=paragraphs(*["Texto del acuerdo. " * 60] * 8))
    pages = render_pages(layout=OFICIO, content=content, letterhead=LETTERHEAD, fmt=fmt)
    assert len(pages) == rendered(content).pages
    assert all(page.startswith(start) for page in pages)


def test_the_preview_needs_no_style_script_or_host():
    svg = render_pages(layout=OFICIO, content=paper(), letterhead=LETTERHEAD)[0].decode()
    assert not [bad for bad in ("<style", "style=", "<script", 'href="http') if bad in svg]


def test_threads_render_the_same_documents_as_one_alone():
    contents = [paper(folio=f"SG/{i:04d}/2026", codigo=CODE) for i in range(12)]
    alone = [rendered(content).pdf for content in contents]
    found: dict[int, bytes] = {}

    def work(start: int) -> None:
        for i in range(start, len(contents), 4):
            found[i] = rendered(contents[i]).pdf

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[i] for i in range(len(contents))] == alone
