"""The record beside a signature can be checked with the certificate alone, and says one thing."""

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import InvalidInputError
from portal.documents.signing.certificates import as_der
from portal.documents.signing.detached import cadena_original, digital_seal, verify_seal

from .papers import NOW

VALUES = {
    "folio": "SJV/SG/12/2026",
    "codigo": "7Q4M-ZX9T",
    "firmado_en": NOW,
    "firmante": "Ana Peña",
    "rfc": "PENA800101AB1",
    "serie": "30001000000500003416",
    "sha256": "ab" * 32,
}


def test_the_chain_reads_as_it_is_printed():
    assert cadena_original(**VALUES, extras=["en suplencia"]) == (
        "||1.0|SJV/SG/12/2026|7Q4M-ZX9T|2026-11-25T18:00:00Z|Ana Peña|PENA800101AB1"
        f"|30001000000500003416|{'ab' * 32}|en suplencia||"
    )


def test_the_moment_is_the_same_in_any_zone():
    local = NOW.astimezone(dt.timezone(dt.timedelta(hours=-6)))
    assert cadena_original(**VALUES | {"firmado_en": local}) == cadena_original(**VALUES)


def test_a_seal_holds_for_its_chain_and_its_signer_only(ana, beto):
    chain = cadena_original(**VALUES)
    seal, own = digital_seal(chain, ana), as_der(ana.certificate)
    assert len(base64.b64decode(seal)) == 256
    assert verify_seal(chain, seal, own)
    assert not verify_seal(chain + " ", seal, own)
    assert not verify_seal(chain, digital_seal(chain, beto), own)
    assert not verify_seal(chain, seal, as_der(beto.certificate))


@pytest.mark.parametrize("seal", ["", "no es base64", "ñ", "AAAA", "=" * 20])
def test_what_is_no_seal_does_not_hold(ana, seal):
    assert not verify_seal(cadena_original(**VALUES), seal, as_der(ana.certificate))


def test_a_certificate_that_is_none_is_refused():
    with pytest.raises(InvalidInputError):
        verify_seal("||1.0||", "AAAA", b"nada")


#: Mostly the characters that could be taken for a border between values.
TRICKY = st.text(alphabet=st.one_of(st.sampled_from("|\\\n\r n1."), st.characters(codec="utf-8")))
FIELDS = st.fixed_dictionaries(
    {name: TRICKY for name in VALUES if name != "firmado_en"},
    optional={"extras": st.lists(TRICKY, max_size=3)},
)


@given(one=FIELDS, other=FIELDS)
def test_different_values_never_give_the_same_chain(one, other):
    first = cadena_original(firmado_en=NOW, **one)
    second = cadena_original(firmado_en=NOW, **other)
    same = {"extras": [], **one} == {"extras": [], **other}
    assert (first == second) == same
    assert "\n" not in first
    assert "\r" not in first


def split(chain: str) -> list[str]:
    """The values of a chain, by a reader of its own."""
    values, escaped = [""], False
    for character in chain[2:-2]:
        if escaped:
            values[-1] += {"n": "\n", "r": "\r"}.get(character, character)
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "|":
            values.append("")
        else:
            values[-1] += character
    return values


@given(values=FIELDS)
def test_every_value_can_be_read_back(values):
    found = split(cadena_original(firmado_en=NOW, **values))
    given_ = [values["folio"], values["codigo"], "2026-11-25T18:00:00Z", values["firmante"]]
    given_ += [values["rfc"], values["serie"], values["sha256"], *values.get("extras", [])]
    assert found == ["1.0", *given_]
