"""What is said of files that changed, and of files that were never honest."""

import random
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from portal.core.errors import InvalidInputError
from portal.documents.signing import (
    files,
    pdf,
    test_authority,
    test_certificates,
)
from portal.documents.signing.keys import load_signatory
from portal.documents.signing.pades import Level, Place, sign_pdf
from portal.documents.signing.pdf import open_writer
from portal.documents.signing.trust import Trust, load_trust
from portal.documents.signing.validation import validate_pdf
from tests.waiting import ends

from .papers import DAY, NOW, SECRET
from .reading import BytesIO


@pytest.fixture(scope="module")
def signed(paper, ana, trust, clock_tower):
    """Signed at the highest level, without anything to see."""
    return sign_pdf(
        paper, signatory=ana, place=Place(name="ana"), at=NOW, trust=trust, timestamper=clock_tower
    ).pdf


def verdict(data: bytes, trust: Trust) -> bool:
    """Whether a file is good, a refusal to read it included."""
    try:
        found = validate_pdf(data, trust=trust, at=NOW + DAY)
    except InvalidInputError:
        return False
    return bool(found) and all(status.good for status in found)


def test_an_unsigned_document_has_no_signatures(paper, trust):
    assert validate_pdf(paper, trust=trust, at=NOW) == []


def gaps(data: bytes) -> list[range]:
    """Where the signatures themselves stand, which no signature covers."""
    found = []
    for field in PdfReader(BytesIO(data)).get_fields().values():
        _start, length, after, _rest = field["/V"]["/ByteRange"]
        found.append(range(length, after))
    return found


def test_any_flipped_byte_is_found(signed, trust):
    """In the text, the evidence, the tables and the signatures themselves."""
    for place in random.Random(7).sample(range(len(signed)), 25):
        flipped = bytearray(signed)
        flipped[place] ^= 1
        assert not verdict(bytes(flipped), trust), place


@pytest.mark.parametrize("which", [min, max], ids=["signature", "time stamp"])
@pytest.mark.parametrize("written", [b"1", b" "])
def test_the_room_of_a_signature_holds_nothing_else(signed, trust, which, written):
    """Nothing signs the zeros that fill it."""
    hole = which(gaps(signed), key=lambda gap: gap.start)
    changed = bytearray(signed)
    last = signed.rindex(b">", hole.start, hole.stop)
    changed[last - 1 : last] = written
    assert not verdict(bytes(changed), trust)


def test_a_changed_document_says_so_in_words(signed, paper, trust):
    flipped = bytearray(signed)
    flipped[len(paper) // 2] ^= 1
    status = validate_pdf(bytes(flipped), trust=trust, at=NOW + DAY)[0]
    assert (status.intact, status.good) == (False, False)
    assert "fue alterado" in status.sentence


def test_an_addition_after_signing_is_not_allowed(signed, trust):
    writer = open_writer(signed)
    page, _resources = writer.find_page_for_modification(0)
    box = page.get_object()["/MediaBox"]
    box[2] = type(box[2])(300)
    writer.mark_update(page)
    status = validate_pdf(writer.output(), trust=trust, at=NOW + DAY)[0]
    assert (status.intact, status.changes_allowed, status.good) == (True, False, False)
    assert "modificado después de la firma" in status.sentence


def test_a_signature_of_a_stranger_is_whole_but_not_trusted(signed, tmp_path):
    test_authority.create_test_authority(tmp_path, NOW)
    status = validate_pdf(signed, trust=load_trust(tmp_path), at=NOW + DAY)[0]
    assert (status.intact, status.valid, status.trusted) == (True, True, False)
    assert (status.timestamp, status.de_prueba) == (None, False)
    assert "no se reconoce a quien la certifica" in status.sentence


def test_a_certificate_that_expired_without_a_stamp_is_not_trusted(paper, ana, trust):
    plain = sign_pdf(
        paper, signatory=ana, place=Place(name="ana"), at=NOW, trust=trust, level=Level.B_B
    ).pdf
    assert "fecha no está sellada" in validate_pdf(plain, trust=trust, at=NOW)[0].sentence
    later = validate_pdf(plain, trust=trust, at=NOW + 5 * 365 * DAY)[0]
    assert "no estaba vigente" in later.sentence


def test_without_news_of_revocations_nothing_is_believed_unless_allowed(own_pki, paper, ana, trust):
    plain = sign_pdf(
        paper, signatory=ana, place=Place(name="ana"), at=NOW, trust=trust, level=Level.B_B
    ).pdf
    for path in (own_pki / files.LISTS).iterdir():
        path.unlink()
    assert not validate_pdf(plain, trust=load_trust(own_pki), at=NOW)[0].good
    relaxed = load_trust(own_pki, revocation_required=False)
    assert validate_pdf(plain, trust=relaxed, at=NOW)[0].good


def test_a_seal_of_a_real_root_is_no_test(own_pki, signed):
    (own_pki / files.TEST_ROOTS).rename(own_pki / files.ROOTS)
    status = validate_pdf(signed, trust=load_trust(own_pki), at=NOW + DAY)[0]
    assert (status.good, status.de_prueba) == (True, False)
    assert "valor legal" not in status.sentence


def encrypted(paper: bytes) -> bytes:
    """The document behind a password."""
    writer, out = PdfWriter(clone_from=BytesIO(paper)), BytesIO()
    writer.encrypt("secreto", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """A table of objects that unfolds to two hundred megabytes."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
        % len(data)
    )
    return head + table + data + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


HOSTILE = {
    "empty": (lambda _: b"", "no_es_pdf"),
    "text": (lambda _: "Señor alcalde".encode(), "no_es_pdf"),
    "cut": (lambda paper: paper[: len(paper) // 2], "pdf_danado"),
    "head": (lambda _: b"%PDF-1.7\n", "pdf_danado"),
    "noise": (lambda _: b"%PDF-1.7\n" + random.Random(3).randbytes(200_000), "pdf_danado"),
    "nested": (lambda _: b"%PDF-1.7\ntrailer<</Root " + b"[" * 100_000, "pdf_danado"),
    "encrypted": (encrypted, "pdf_cifrado"),
    "huge": (lambda paper: paper + bytes(pdf.MAX_BYTES), "pdf_grande"),
    "revisions": (lambda paper: paper + b"startxref\n0\n%%EOF\n" * 200, "pdf_danado"),
    "bomb": (lambda _: bomb(), "pdf_danado"),
    "loop": (
        lambda paper: paper.replace(b"/Pages 1 0 R", b"/Pages 9 9 R"),
        "pdf_danado",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_get_a_line_and_little_time(paper, trust, case):
    make, code = HOSTILE[case]
    data = make(paper)
    with ends(), pytest.raises(InvalidInputError) as caught:
        validate_pdf(data, trust=trust, at=NOW)
    assert caught.value.code == code
    assert list(caught.value.fields) == ["documento"]


def test_a_file_with_more_to_compare_than_is_looked_at_is_refused(signed, trust):
    work = 2 * 3 * int(PdfReader(BytesIO(signed)).trailer["/Size"])
    assert validate_pdf(signed, trust=trust, at=NOW, max_work=work)
    with pytest.raises(InvalidInputError, match="demasiadas firmas"):
        validate_pdf(signed, trust=trust, at=NOW, max_work=work - 1)


def test_cut_and_shuffled_signed_files_never_crash(signed, trust):
    chance = random.Random(11)
    for _ in range(40):
        data = bytearray(signed)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        verdict(
            bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data), trust
        )


def test_a_certificate_not_for_signing_is_named(own_pki, paper, rsa_keys, trust):
    """Signed by a program that does not check what ours does."""
    pair = test_authority.issue_signatory(
        own_pki,
        name="Cifrado",
        now=NOW,
        passphrase=SECRET,
        usages={"key_encipherment"},
        key=rsa_keys[0],
    )

    class Careless(Trust):
        def check_certificate(self, certificate, at):
            return trust.check_certificate(_as_ana(own_pki, rsa_keys[0]), at).__class__(
                certificate,
                signatory.identity,
                self.chain_of(certificate),
                de_prueba=True,
                revocation_checked=True,
            )

    signatory = load_signatory(pair.certificate, pair.key, SECRET)
    careless = Careless(roots=trust._roots, intermediates=trust._intermediates, source=trust.source)
    signed = sign_pdf(
        paper, signatory=signatory, place=Place(name="x"), at=NOW, trust=careless, level=Level.B_B
    ).pdf
    assert "no sirve para firmar" in validate_pdf(signed, trust=trust, at=NOW)[0].sentence


def _as_ana(folder, key):
    pair = test_authority.issue_signatory(folder, name="Ana", now=NOW, key=key)
    return test_certificates.x509.load_der_x509_certificate(pair.certificate)
