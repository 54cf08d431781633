"""What is put on a document before anybody signs."""

import pytest
import typst

from portal.core.errors import ConflictError, InvalidInputError
from portal.documents.signing import content, stamping
from portal.documents.signing.pades import Place, sign_pdf
from portal.documents.signing.validation import validate_pdf

from .papers import DAY, MARGIN, NOW
from .reading import annotations, open_pdf


@pytest.fixture(scope="module")
def margin():
    """A transparent page with the warning, tagged as typst writes it."""
    return typst.compile(MARGIN)


def test_the_mark_stands_on_every_page_and_is_not_part_of_the_text(tagged_paper, margin):
    marked = open_pdf(stamping.mark_as_test(tagged_paper, margin))
    assert len(marked.pages) == 2
    for page, before in zip(marked.pages, open_pdf(tagged_paper).pages, strict=True):
        assert "CERTIFICADO DE PRUEBA" in page.extract_text()
        data = page.get_contents().get_data()
        assert data.count(b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC") == 1
        assert before.get_contents().get_data().strip() in data
        form = page["/Resources"]["/XObject"][stamping.MARK]
        assert b"MCID" not in form.get_data()


def test_the_mark_is_scaled_to_pages_of_another_size(margin):
    letter = typst.compile(b'#set page("us-letter", flipped: true)\nHola')
    page = open_pdf(stamping.mark_as_test(letter, margin)).pages[0]
    drawn = page.get_contents().get_data().decode("latin-1").rsplit("BDC q ", 1)[1].split(" ")
    across, up = float(drawn[0]), float(drawn[3])
    assert across == pytest.approx(792 / 595.2756, abs=1e-3)
    assert up == pytest.approx(612 / 841.8898, abs=1e-3)


def test_a_marked_document_is_signed_as_any_other(paper, margin, ana, trust, clock_tower):
    marked = stamping.mark_as_test(paper, margin)
    signed = sign_pdf(
        marked, signatory=ana, place=Place(name="ana"), at=NOW, trust=trust, timestamper=clock_tower
    )
    assert validate_pdf(signed.pdf, trust=trust, at=NOW + DAY)[0].good


def test_nothing_is_put_on_what_is_signed(paper, margin, ana, trust, clock_tower):
    signed = sign_pdf(
        paper, signatory=ana, place=Place(name="ana"), at=NOW, trust=trust, timestamper=clock_tower
    ).pdf
    with pytest.raises(ConflictError):
        stamping.mark_as_test(signed, margin)
    with pytest.raises(ConflictError):
        stamping.add_fields(signed, [stamping.Field("beto", None, "Firma de Beto")])


def test_fields_are_put_in_a_document_without_structure():
    plain = typst.compile(b"Hola", pdf_tags=False)
    field = stamping.Field("ana", stamping.Box(1, 10, 20, 30, 40), "Firma de Ana")
    found = annotations(stamping.add_fields(plain, [field]))
    assert [list(map(float, item["/Rect"])) for item in found] == [[10, 20, 40, 60]]
    assert "/StructParent" not in found[0]


def test_what_is_no_pdf_gets_no_mark(margin):
    with pytest.raises(InvalidInputError, match="no es un PDF"):
        stamping.mark_as_test(b"hola", margin)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/Span <</MCID 0>> BDC BT (a) Tj ET EMC", [b"BT (a) Tj ET"]),
        (b"/P<</MCID 1/Lang(es)>>BDC\nq 1 0 0 1 2 3 cm\nQ\nEMC", [b"q 1 0 0 1 2 3 cm", b"Q"]),
        (b"/Artifact BMC f EMC % EMC\nQ", [b"f", b"% EMC\nQ"]),
        (b"(a \\) EMC (b) EMC) Tj", [b"(a \\) EMC (b) EMC) Tj"]),
        (b"<45 4D43> Tj [(EMC) -3 (x)] TJ", [b"<45 4D43> Tj [(EMC) -3 (x)] TJ"]),
        (b"/T MP /T /P DP .5 -2 +3. m f* T*", [b".5 -2 +3. m f* T*"]),
    ],
)
def test_only_the_operators_that_mark_are_taken_out(before, after):
    parts = [part.strip() for part in content.untagged(before).split(b"\n")]
    assert b"\n".join(part for part in parts if part) == b"\n".join(after)


def test_a_page_with_an_inline_image_is_not_stamped():
    with pytest.raises(ValueError, match="inline"):
        content.untagged(b"BI /W 1 ID EMC EI")
