"""A pair of files opens with its passphrase, and each way in which it may not says so."""

import logging
import pickle
import traceback

import pytest
from asn1crypto import x509 as asn1_x509
from asn1crypto.pem import armor
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from portal.core.errors import InvalidInputError
from portal.documents.signing import certificates, test_authority
from portal.documents.signing.keys import load_signatory

from .ciphers import pbes1, pbes2, plain
from .papers import ANA, NOW, SECRET


def refused(certificate: bytes, key: bytes, passphrase: str = SECRET) -> InvalidInputError:
    """The error with which a pair is refused."""
    with pytest.raises(InvalidInputError) as caught:
        load_signatory(certificate, key, passphrase)
    return caught.value


def test_a_pair_says_whose_it_is(ana_pair):
    with load_signatory(ana_pair.certificate, ana_pair.key, SECRET) as ana:
        identity = ana.identity
    assert identity.nombre == f"CERTIFICADO DE PRUEBA – {ANA.name}"
    assert (identity.rfc, identity.curp) == (ANA.rfc, ANA.curp)
    assert identity.serie == ana_pair.serial
    assert (len(identity.serie), identity.serie.isdigit()) == (20, True)
    assert identity.vigente_desde < NOW < identity.vigente_hasta


def test_the_rfc_as_text_is_read_by_the_library_of_the_signatures(ana_pair):
    """Without the correction asn1crypto raises on every certificate of the SAT."""
    parsed = asn1_x509.Certificate.load(ana_pair.certificate)
    assert parsed.subject.native["unique_identifier"] == ANA.rfc
    attribute = next(
        pair[0] for pair in parsed.subject.chosen if pair[0]["type"].native == "unique_identifier"
    )
    assert attribute["value"].name == "utf8_string"


def test_a_company_signs_under_its_own_rfc(pki, rsa_keys):
    pair = test_authority.issue_signatory(
        pki,
        name="Constructora",
        rfc="CON990101AB1 / PENA800101AB1",
        curp=" / PENA800101MDFXXN01",
        now=NOW,
        key=rsa_keys[0],
    )
    identity = certificates.identity_of(certificates.load_certificate(pair.certificate))
    assert (identity.rfc, identity.curp) == ("CON990101AB1", "PENA800101MDFXXN01")


def test_a_name_longer_than_a_common_name_is_kept_whole(pki, rsa_keys):
    name = "María Guadalupe Ñáñez de la Concepción y Hernández-Echeverría"
    pair = test_authority.issue_signatory(pki, name=name, now=NOW, key=rsa_keys[0])
    identity = certificates.identity_of(certificates.load_certificate(pair.certificate))
    assert identity.nombre.endswith(name)


def test_serials_that_are_not_digits_are_printed_in_hexadecimal():
    assert certificates.printed_serial(0xAB01) == "AB01"
    assert certificates.printed_serial(int.from_bytes(b"00001000", "big")) == "00001000"


@pytest.mark.parametrize(
    "encrypt",
    [
        pbes2,
        lambda key, secret: pbes2(key, secret, scheme="aes128_cbc"),
        pbes1,
        lambda key, secret: armor("ENCRYPTED PRIVATE KEY", pbes2(key, secret)),
    ],
    ids=["3DES", "AES", "PBES1", "PEM"],
)
def test_every_usual_cipher_opens(ana_pair, rsa_keys, encrypt):
    key = encrypt(rsa_keys[0], SECRET)
    assert load_signatory(ana_pair.certificate, key, SECRET).identity.rfc == ANA.rfc
    assert refused(ana_pair.certificate, key, "otra").code == "contrasena_incorrecta"


def test_a_certificate_in_pem_opens(ana_pair):
    armoured = armor("CERTIFICATE", ana_pair.certificate)
    assert load_signatory(armoured, ana_pair.key, SECRET).identity.rfc == ANA.rfc


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_passphrase_with_accents_opens_in_both_encodings(ana_pair, rsa_keys, encoding):
    key = pbes2(rsa_keys[0], "ñandú", encoding=encoding)
    assert load_signatory(ana_pair.certificate, key, "ñandú").identity.rfc == ANA.rfc


BROKEN = {
    "no certificate": ("certificado", "certificado_ilegible"),
    "no key": ("llave", "llave_ilegible"),
    "swapped": ("certificado", "archivos_cambiados"),
    "wrong passphrase": ("contrasena", "contrasena_incorrecta"),
    "no passphrase": ("contrasena", "contrasena_vacia"),
    "plain PKCS#8": ("llave", "llave_sin_cifrar"),
    "plain PKCS#1": ("llave", "llave_sin_cifrar"),
    "plain PEM": ("llave", "llave_sin_cifrar"),
    "another's key": ("llave", "par_distinto"),
    "large certificate": ("certificado", "archivo_grande"),
    "large key": ("llave", "archivo_grande"),
    "empty certificate": ("certificado", "archivo_vacio"),
    "empty key": ("llave", "archivo_vacio"),
    "cut key": ("llave", "llave_ilegible"),
    "endless derivation": ("llave", "cifrado_no_admitido"),
}


def broken_input(case: str, pair, keys) -> tuple[bytes, bytes, str]:
    """Certificate, key and passphrase of each case of ``BROKEN``."""
    certificate, key = pair.certificate, pair.key
    return {
        "no certificate": (b"hola", key, SECRET),
        "no key": (certificate, b"hola", SECRET),
        "swapped": (key, certificate, SECRET),
        "wrong passphrase": (certificate, key, SECRET + "x"),
        "no passphrase": (certificate, key, ""),
        "plain PKCS#8": (certificate, plain(keys[0]), SECRET),
        "plain PKCS#1": (certificate, plain(keys[0], PrivateFormat.TraditionalOpenSSL), SECRET),
        "plain PEM": (certificate, armor("PRIVATE KEY", plain(keys[0])), SECRET),
        "another's key": (certificate, pbes2(keys[1], SECRET), SECRET),
        "large certificate": (certificate + bytes(100_001), key, SECRET),
        "large key": (certificate, key + bytes(100_001), SECRET),
        "empty certificate": (b"", key, SECRET),
        "empty key": (certificate, b"", SECRET),
        "cut key": (certificate, key[:-40], SECRET),
        "endless derivation": (certificate, pbes2(keys[0], SECRET, rounds=2**31 - 1), SECRET),
    }[case]


@pytest.mark.parametrize("case", BROKEN)
def test_each_mistake_has_its_line_where_it_was_made(ana_pair, rsa_keys, case):
    error = refused(*broken_input(case, ana_pair, rsa_keys))
    field, code = BROKEN[case]
    assert (error.code, field in error.fields) == (code, True)
    assert all(line and str(line)[0].isupper() for line in error.fields[field])


def test_swapped_files_are_marked_on_both(ana_pair):
    assert set(refused(ana_pair.key, ana_pair.certificate).fields) == {"certificado", "llave"}


@pytest.mark.parametrize("kind", ["short", "elliptic"])
def test_keys_that_are_too_weak_are_refused(pki, rsa_keys, kind):
    key = (
        rsa.generate_private_key(public_exponent=65537, key_size=1024)
        if kind == "short"
        else ec.generate_private_key(ec.SECP256R1())
    )
    pair = test_authority.issue_signatory(pki, name="Débil", now=NOW, passphrase=SECRET, key=key)
    assert refused(pair.certificate, pair.key).code == "llave_debil"


def test_a_signatory_cannot_be_printed_stored_or_used_after_it_is_closed(ana_pair):
    with load_signatory(ana_pair.certificate, ana_pair.key, SECRET) as ana:
        shown = f"{ana!r} {ana} {ana_pair!r}"
        with pytest.raises(TypeError):
            pickle.dumps(ana)
    assert SECRET not in shown
    assert "RSA" not in shown
    with pytest.raises(ValueError, match="closed"):
        ana.sign(b"")


@pytest.mark.parametrize("case", [case for case in BROKEN if case != "no passphrase"])
def test_no_trace_or_log_carries_the_passphrase_or_the_key(ana_pair, rsa_keys, caplog, case):
    """What a log, a trace and the report that administrators get would hold."""
    certificate, key, secret = broken_input(case, ana_pair, rsa_keys)
    with caplog.at_level(logging.DEBUG), pytest.raises(InvalidInputError) as caught:
        load_signatory(certificate, key, secret)
    error = caught.value
    assert error.__cause__ is None
    written = [caplog.text, str(error), repr(error.details), repr(error.fields)]
    written += traceback.format_exception(error)
    reporter = ExceptionReporter(None, type(error), error, error.__traceback__)
    reporter.filter = SafeExceptionReporterFilter()
    frames = [f for f in reporter.get_traceback_frames() if "/documents/signing/" in f["filename"]]
    own = [f for f in frames if "/portal/" in f["filename"]]
    written += [str(f["vars"]) for f in own]
    everything = "\n".join(written)
    assert own
    assert secret not in everything
    assert not key or repr(key)[2:40] not in everything
