"""Signatures of every level, alone and together, as pyHanko and poppler see them."""

import datetime as dt
import re

import pytest
import typst

from portal.core.errors import ConflictError, InvalidInputError, UnavailableError
from portal.documents.signing import stamping, test_authority
from portal.documents.signing.pades import Level, Place, seal_pdf, sign_pdf
from portal.documents.signing.trust import load_trust
from portal.documents.signing.validation import validate_pdf

from .papers import DAY, MARGIN, NOW
from .reading import annotations, fonts, open_pdf, pdfsig, widgets

BOX = (1, 60, 60, 180, 60)


@pytest.fixture(scope="module")
def sign(ana, trust, clock_tower, slip):
    """Ana signs at ``NOW`` unless told otherwise."""

    def act(pdf, *, field_name="ana", box=None, appearance_pdf=slip, **options):
        place = Place(
            name=field_name,
            box=box,
            appearance_pdf=appearance_pdf,
            reason="Oficio 12/2026",
            location="San Jacinto",
        )
        defaults = {"signatory": ana, "at": NOW, "trust": trust, "timestamper": clock_tower}
        return sign_pdf(pdf, place=place, **defaults | options).pdf

    return act


@pytest.fixture(scope="module")
def signed(sign, paper):
    """Signed visibly at the highest level."""
    return sign(paper, box=BOX)


@pytest.fixture(scope="module")
def signed_by_two(sign, two_fields, beto):
    """Beto signs his field first, then Ana hers."""
    first = sign(two_fields, field_name="beto", signatory=beto)
    return sign(first, at=NOW + DAY)


@pytest.mark.parametrize("level", Level)
def test_each_level_is_what_the_validator_finds(sign, paper, trust, level):
    status = validate_pdf(sign(paper, box=BOX, level=level), trust=trust, at=NOW + DAY)
    assert [(s.field, s.level, s.good) for s in status] == [("ana", level, True)]
    assert status[0].timestamp == (NOW if level.is_stamped else None)


@pytest.mark.parametrize("level", Level)
def test_what_is_proved_outlives_the_certificate(sign, paper, trust, level):
    signed = sign(paper, level=level)
    later = validate_pdf(signed, trust=trust, at=NOW + 5 * 365 * DAY)[0]
    assert (later.intact, later.valid) == (True, True)
    assert later.trusted == level.is_stamped


def test_a_signature_says_who_when_and_that_it_is_a_test(signed, trust, ana):
    status = validate_pdf(signed, trust=trust, at=NOW + DAY)[0]
    assert (status.signer, status.rfc) == (ana.identity.nombre, ana.identity.rfc)
    assert (status.serial, status.de_prueba) == (ana.identity.serie, True)
    assert (status.signed_at, status.whole_document) == (NOW, True)
    assert "el miércoles 25 de noviembre de 2026 y no ha cambiado" in status.sentence
    assert status.sentence.endswith("no tiene valor legal.")


def test_the_moment_and_the_reason_stand_in_the_file(signed):
    value = widgets(signed)["ana"]["/V"]
    assert value["/M"] == "D:20261125180000Z"
    assert (value["/Reason"], value["/Location"]) == ("Oficio 12/2026", "San Jacinto")
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"


def test_signing_appends_and_changes_nothing_before(signed, paper, signed_by_two, two_fields):
    assert signed.startswith(paper)
    assert signed_by_two.startswith(two_fields)


def test_two_people_sign_in_any_order_and_both_stay_valid(signed_by_two, trust):
    beto, ana = validate_pdf(signed_by_two, trust=trust, at=NOW + 2 * DAY)
    assert (beto.field, beto.good, beto.whole_document) == ("beto", True, False)
    assert (ana.field, ana.good, ana.whole_document) == ("ana", True, True)
    assert ana.signed_at == NOW + DAY


def test_a_second_signature_may_make_its_own_field(sign, signed, beto, trust):
    twice = sign(signed, field_name="beto", signatory=beto, box=(2, 60, 60, 180, 60))
    assert all(status.good for status in validate_pdf(twice, trust=trust, at=NOW + DAY))


def test_five_signatures_of_the_highest_level_hold(sign, paper, trust):
    pdf = paper
    for number in range(5):
        pdf = sign(pdf, field_name=f"firma{number}")
    found = validate_pdf(pdf, trust=trust, at=NOW + DAY)
    assert [status.good for status in found] == [True] * 5


def test_a_field_is_signed_only_once(sign, signed, two_fields):
    with pytest.raises(ConflictError, match="ya está firmado"):
        sign(signed)
    with pytest.raises(ConflictError):
        sign(sign(two_fields))


def test_the_seal_of_the_institution_is_a_signature_too(paper, beto, trust, clock_tower):
    sealed = seal_pdf(paper, signatory=beto, at=NOW, trust=trust, timestamper=clock_tower)
    assert sealed.standing.de_prueba
    status = validate_pdf(sealed.pdf, trust=trust, at=NOW + DAY)[0]
    assert (status.field, status.good, status.level) == ("sello", True, Level.B_LTA)
    assert widgets(sealed.pdf)["sello"]["/TU"].startswith("Sello electrónico de")


def test_who_may_not_sign_leaves_nothing(own_pki, ana, paper, clock_tower):
    test_authority.revoke(own_pki, ana.identity.serie, NOW - DAY)
    with pytest.raises(InvalidInputError) as caught:
        sign_pdf(
            paper,
            signatory=ana,
            place=Place(name="ana"),
            at=NOW,
            trust=load_trust(own_pki),
            timestamper=clock_tower,
        )
    assert caught.value.code == "certificado_revocado"


def test_a_revocation_before_signing_shows_and_one_after_does_not(own_pki, signed, ana):
    test_authority.revoke(own_pki, ana.identity.serie, NOW + DAY)
    assert validate_pdf(signed, trust=load_trust(own_pki), at=NOW + 2 * DAY)[0].good
    test_authority.revoke(own_pki, ana.identity.serie, NOW + DAY, at=NOW - DAY)
    status = validate_pdf(signed, trust=load_trust(own_pki), at=NOW + 2 * DAY)[0]
    assert (status.trusted, status.revoked_at) == (False, NOW - DAY)
    assert "fue revocado el martes 24 de noviembre de 2026" in status.sentence


@pytest.mark.parametrize("answer", [b"", b"\x30\x03\x02\x01\x00", "another request"])
def test_a_time_stamp_that_does_not_fit_is_not_used(sign, paper, clock_tower, answer):
    class Wrong:
        def respond(self, request: bytes, at: dt.datetime) -> bytes:
            if isinstance(answer, bytes):
                return answer
            other = request.replace(request[30:40], bytes(10))
            return clock_tower.respond(other, at)

    with pytest.raises(UnavailableError, match="sellos de tiempo"):
        sign(paper, timestamper=Wrong())


def test_a_level_with_stamps_needs_an_authority_and_a_box_its_page(sign, paper):
    with pytest.raises(ValueError, match="authority"):
        sign(paper, timestamper=None)
    with pytest.raises(ValueError, match="appearance"):
        sign(paper, box=BOX, appearance_pdf=None)
    assert sign(paper, timestamper=None, level=Level.B_B)


# What PDF/A and PDF/UA ask of a signed file, as far as it is checked here.


@pytest.mark.parametrize("kind", ["paper", "tagged_paper"])
def test_signed_files_keep_what_makes_them_archivable(sign, kind, request):
    before = request.getfixturevalue(kind)
    marked = stamping.mark_as_test(before, typst.compile(MARGIN, pdf_standards=["a-2b"]))
    after = sign(stamping.add_fields(marked, [stamping.Field("ana", stamping.Box(*BOX), "Ana")]))
    old, new = open_pdf(before).trailer["/Root"], open_pdf(after).trailer["/Root"]
    for key in ("/OutputIntents", "/MarkInfo", "/StructTreeRoot", "/Lang", "/Metadata"):
        assert (key in old) == (key in new)
    assert old["/Metadata"].get_data() == new["/Metadata"].get_data()
    assert open_pdf(before).metadata == open_pdf(after).metadata
    assert "/NeedAppearances" not in new["/AcroForm"]
    assert {line.split()[-1] for line in fonts(after)} == {"embedded"}
    assert not re.search(rb"/(JavaScript|Launch|EmbeddedFiles|Encrypt)\b", after)


def test_widgets_print_say_what_they_are_and_show_their_page(signed_by_two):
    found = annotations(signed_by_two)
    assert sorted(item["/T"] for item in found) == ["ana", "ana_tiempo", "beto", "beto_tiempo"]
    for item in found:
        assert item["/F"] & 0b100
        assert not item["/F"] & 0b100011
        assert item["/TU"]
    seen = {item["/T"]: item for item in found if item["/Rect"][0] >= 0}
    assert set(seen) == {"ana", "beto"}
    assert all("/Resources" in item["/AP"]["/N"] for item in seen.values())


def test_what_is_not_to_be_seen_stands_outside_of_the_page(sign, paper):
    for item in annotations(sign(paper)):
        assert set(map(float, item["/Rect"])) == {-9999.0}


def test_in_a_tagged_document_fields_stand_in_the_structure(signed_by_two):
    reader = open_pdf(signed_by_two)
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    parents = list(tree["/ParentTree"]["/Nums"])
    index = dict(zip(parents[::2], parents[1::2], strict=True))
    seen = [item for item in annotations(signed_by_two) if item["/Rect"][0] >= 0]
    for item in seen:
        element = index[item["/StructParent"]].get_object()
        assert element["/S"] == "/Form"
        assert element["/K"]["/Obj"].get_object()["/T"] == item["/T"]
        assert element in [kid.get_object() for kid in element["/P"]["/K"]]
    assert len(seen) == 2
    assert tree["/ParentTreeNextKey"] == max(index) + 1
    assert [page["/Tabs"] for page in reader.pages] == ["/S", "/S"]


def test_the_page_that_is_shown_brings_no_tags_and_its_fonts(sign, two_fields, slip):
    form = next(a for a in annotations(sign(two_fields)) if a["/T"] == "ana")["/AP"]["/N"]
    content = form.get_data()
    assert b"MCID" not in content
    assert b"EMC" not in content
    assert content.count(b"BT") == content.count(b"ET") > 0
    assert form["/Resources"]["/Font"]


def test_a_page_without_its_fonts_is_not_shown(sign, paper):
    bare = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R>>>>>>endobj\n"
        b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj\n"
        b"5 0 obj<</Length 24>>stream\nBT /F 9 Tf (hola) Tj ET \nendstream endobj\n"
    )
    with pytest.raises(ValueError, match="Courier"):
        sign(paper, box=BOX, appearance_pdf=_with_table(bare))


def _with_table(body: bytes) -> bytes:
    """The objects with the table of where they stand."""
    starts = [match.start() for match in re.finditer(rb"^\d 0 obj", body, re.M)]
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + rows + tail % (len(starts) + 1, len(body))


@pytest.mark.poppler
def test_poppler_finds_every_signature_valid(signed_by_two, tmp_path):
    said = pdfsig(signed_by_two, tmp_path)
    assert said.count("Signature is Valid.") == 2
    assert said.count("ETSI.CAdES.detached") == 2


@pytest.mark.poppler
def test_poppler_finds_a_flipped_byte(signed, tmp_path):
    flipped = bytearray(signed)
    flipped[len(signed) // 4] ^= 1
    said = pdfsig(bytes(flipped), tmp_path)
    assert "Signature is Valid." not in said
    assert "Digest Mismatch" in said
