"""Who may sign at a moment, and the line and code of each refusal."""

import shutil

import pytest
from cryptography import x509

from portal.core.errors import InvalidInputError
from portal.documents.signing import files, test_authority, test_certificates
from portal.documents.signing.keys import load_signatory
from portal.documents.signing.trust import load_trust

from .papers import DAY, NOW


def certificate_of(folder, key, **options) -> x509.Certificate:
    """A certificate of the test authority over a key that is there."""
    pair = test_authority.issue_signatory(folder, name="Ana", now=NOW, key=key, **options)
    return x509.load_der_x509_certificate(pair.certificate)


def refused(folder, certificate, at=NOW, **options) -> InvalidInputError:
    """The error with which the folder refuses a certificate."""
    with pytest.raises(InvalidInputError) as caught:
        load_trust(folder, **options).check_certificate(certificate, at)
    assert caught.value.fields == {"certificado": [caught.value.message]}
    return caught.value


def test_a_test_certificate_may_sign_and_is_marked(trust, ana, issuer):
    standing = trust.check_certificate(ana.certificate, NOW)
    assert (standing.de_prueba, standing.revocation_checked) == (True, True)
    assert standing.chain[1] == issuer
    assert standing.identity == ana.identity


def test_a_root_among_the_real_ones_marks_nothing(own_pki, ana):
    shutil.move(own_pki / files.TEST_ROOTS, own_pki / files.ROOTS)
    assert not load_trust(own_pki).check_certificate(ana.certificate, NOW).de_prueba


@pytest.mark.parametrize(
    ("at", "code", "line"),
    [
        (NOW + 4 * 365 * DAY, "certificado_vencido", "venció el sábado 23 de noviembre de 2030"),
        (NOW - 2 * DAY, "certificado_no_vigente", "empieza a valer el martes 24 de noviembre"),
    ],
    ids=["expired", "not yet valid"],
)
def test_outside_its_dates_a_certificate_is_refused(pki, ana, at, code, line):
    error = refused(pki, ana.certificate, at)
    assert error.code == code
    assert line in error.message


def test_a_revoked_certificate_is_refused_from_its_moment_on(own_pki, ana):
    test_authority.revoke(own_pki, ana.identity.serie, NOW, at=NOW - DAY / 2)
    error = refused(own_pki, ana.certificate)
    assert (error.code, "miércoles 25 de noviembre de 2026" in error.message) == (
        "certificado_revocado",
        True,
    )
    before = load_trust(own_pki).check_certificate(ana.certificate, NOW - DAY * 3 / 4)
    assert before.identity == ana.identity


def test_an_issuer_that_was_revoked_takes_its_certificates_along(own_pki, ana, issuer):
    home = own_pki / files.TEST_AUTHORITY
    root = test_authority._issuer(home, "raiz")
    data = root.revocation_list({issuer.serial_number: NOW - DAY}, now=NOW)
    files.write_private(own_pki / files.LISTS / "raiz.crl", data)
    assert refused(own_pki, ana.certificate).code == "certificado_revocado"


def test_a_foreign_authority_is_not_known(pki, rsa_keys):
    foreign = test_certificates.Issuer(_self_signed(rsa_keys[1]), rsa_keys[1])
    certificate = foreign.issue(
        test_certificates.subject("Ajena"),
        rsa_keys[0].public_key(),
        since=NOW - DAY,
        until=NOW + DAY,
    )
    error = refused(pki, certificate)
    assert (error.code, "Raíz ajena" in error.message) == ("autoridad_desconocida", True)
    assert refused(pki, foreign.certificate).code == "autoridad_desconocida"


def _self_signed(key) -> x509.Certificate:
    name = test_certificates.subject("Raíz ajena")
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW - DAY, NOW + DAY)
    constraints = x509.BasicConstraints(ca=True, path_length=None)
    builder = builder.add_extension(constraints, critical=True)
    usage = test_certificates.key_usage(test_certificates.AUTHORITY)
    return builder.add_extension(usage, critical=True).sign(key, test_certificates.SHA256())


def test_an_impostor_with_the_issuers_name_is_not_believed(pki, rsa_keys, issuer):
    impostor = test_certificates.Issuer(issuer, rsa_keys[1])
    certificate = impostor.issue(
        test_certificates.subject("Impostora"),
        rsa_keys[0].public_key(),
        since=NOW - DAY,
        until=NOW + DAY,
    )
    assert refused(pki, certificate).code == "autoridad_desconocida"


def test_a_signer_cannot_issue_certificates(own_pki, ana_pair, rsa_keys):
    """Ana's certificate among the intermediate ones does not make her an authority."""
    files.write_private(own_pki / files.INTERMEDIATES / "ana.cer", ana_pair.certificate)
    ana = test_certificates.Issuer(
        x509.load_der_x509_certificate(ana_pair.certificate), rsa_keys[0]
    )
    certificate = ana.issue(
        test_certificates.subject("Hija"),
        rsa_keys[1].public_key(),
        since=NOW - DAY,
        until=NOW + DAY,
    )
    files.write_private(own_pki / files.LISTS / "ana.crl", ana.revocation_list({}, now=NOW))
    assert refused(own_pki, certificate).code == "certificado_no_valido"


def test_a_certificate_for_another_use_is_refused(pki, rsa_keys):
    certificate = certificate_of(pki, rsa_keys[0], usages={"key_encipherment"})
    assert refused(pki, certificate).code == "sin_uso_de_firma"


def test_without_a_list_of_revocations_nobody_signs_unless_allowed(own_pki, ana):
    (own_pki / files.LISTS / "emisora.crl").unlink()
    assert refused(own_pki, ana.certificate).code == "sin_lista_de_revocacion"
    relaxed = load_trust(own_pki, revocation_required=False)
    assert not relaxed.check_certificate(ana.certificate, NOW).revocation_checked


@pytest.mark.parametrize("is_revoked", [False, True])
def test_a_stale_list_is_refused_unless_allowed_but_what_it_says_holds(own_pki, ana, is_revoked):
    issuer = test_authority._issuer(own_pki / files.TEST_AUTHORITY, "emisora")
    revoked = {ana.certificate.serial_number: NOW - 30 * DAY} if is_revoked else {}
    stale = issuer.revocation_list(revoked, now=NOW - 20 * DAY, until=NOW - 10 * DAY)
    files.write_private(own_pki / files.LISTS / "emisora.crl", stale)
    if is_revoked:
        relaxed = refused(own_pki, ana.certificate, revocation_required=False)
        assert relaxed.code == "certificado_revocado"
        return
    assert refused(own_pki, ana.certificate).code == "lista_de_revocacion_vencida"
    relaxed = load_trust(own_pki, revocation_required=False)
    assert not relaxed.check_certificate(ana.certificate, NOW).revocation_checked


@pytest.mark.parametrize("is_revoked", [False, True])
def test_a_list_signed_by_somebody_else_counts_for_nothing(
    own_pki, ana, rsa_keys, issuer, is_revoked
):
    forger = test_certificates.Issuer(issuer, rsa_keys[1])
    revoked = {ana.certificate.serial_number: NOW - DAY} if is_revoked else {}
    forged = forger.revocation_list(revoked, now=NOW)
    files.write_private(own_pki / files.LISTS / "emisora.crl", forged)
    assert refused(own_pki, ana.certificate).code == "sin_lista_de_revocacion"


def test_trust_is_read_again_only_when_a_file_changes(own_pki, ana):
    first = load_trust(own_pki)
    assert load_trust(own_pki) is first
    test_authority.revoke(own_pki, ana.identity.serie, NOW)
    assert load_trust(own_pki) is not first


def test_a_file_that_cannot_be_read_is_named_and_left_out(own_pki, ana, caplog):
    files.write_private(own_pki / files.TEST_ROOTS / "nota.cer", b"no es un certificado")
    assert load_trust(own_pki).check_certificate(ana.certificate, NOW)
    assert [record.file for record in caplog.records] == ["nota.cer"]


def test_a_bundle_in_pem_holds_several_authorities(own_pki, ana, issuer):
    path = own_pki / files.INTERMEDIATES / "emisora.cer"
    pem = issuer.public_bytes(test_certificates.Encoding.PEM)
    files.write_private(path, pem + pem)
    assert load_trust(own_pki).check_certificate(ana.certificate, NOW)


def test_each_of_the_authorities_pairs_opens(pki):
    for part, stem in ((files.SEAL, "sello"), (files.TIME, "tiempo")):
        secret = (pki / part / "contrasena.txt").read_text()
        pair = [(pki / part / f"{stem}.{end}").read_bytes() for end in ("cer", "key")]
        assert load_signatory(*pair, secret).identity.nombre.startswith("CERTIFICADO DE PRUEBA")
