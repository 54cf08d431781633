"""One test authority and a few keys for the whole session: making RSA keys is what takes time."""

import shutil

import pytest
import typst
from cryptography import x509

from portal.documents.signing import files, stamping, test_authority, test_certificates
from portal.documents.signing.keys import load_signatory
from portal.documents.signing.timestamps import LocalTimestampAuthority
from portal.documents.signing.trust import load_trust

from .papers import ANA, NOW, PAPER, SECRET, SLIP, Person


@pytest.fixture(scope="session")
def pki(tmp_path_factory):
    """A folder with a test authority; tests that change it take ``own_pki``."""
    folder = tmp_path_factory.mktemp("pki")
    test_authority.create_test_authority(folder, NOW)
    return folder


@pytest.fixture
def own_pki(pki, tmp_path):
    """A copy to break."""
    return shutil.copytree(pki, tmp_path / "pki")


@pytest.fixture(scope="session")
def rsa_keys():
    """Two keys to issue certificates over."""
    return test_certificates.new_key(), test_certificates.new_key()


@pytest.fixture(scope="session")
def ana_pair(pki, rsa_keys):
    """The files that Ana received."""
    return test_authority.issue_signatory(
        pki, now=NOW, passphrase=SECRET, key=rsa_keys[0], **ANA._asdict()
    )


@pytest.fixture(scope="session")
def ana(ana_pair):
    """Ana, ready to sign."""
    return load_signatory(ana_pair.certificate, ana_pair.key, SECRET)


@pytest.fixture(scope="session")
def beto(pki, rsa_keys):
    """Somebody else who signs."""
    person = Person(name="Beto Ríos", rfc="RIBE700101AB2", curp="RIBE700101HDFXXN02")
    pair = test_authority.issue_signatory(
        pki, now=NOW, passphrase=SECRET, key=rsa_keys[1], **person._asdict()
    )
    return load_signatory(pair.certificate, pair.key, SECRET)


@pytest.fixture(scope="session")
def trust(pki):
    """Whom the test authority's folder believes."""
    return load_trust(pki)


@pytest.fixture(scope="session")
def clock_tower(pki, trust):
    """The time stamp authority of the folder."""
    home = pki / files.TIME
    secret = (home / "contrasena.txt").read_text()
    pair = [(home / name).read_bytes() for name in ("tiempo.cer", "tiempo.key")]
    signatory = load_signatory(*pair, secret)
    return LocalTimestampAuthority(signatory, trust.chain_of(signatory.certificate))


@pytest.fixture(scope="session")
def paper():
    """A PDF/A-2b of two pages."""
    return typst.compile(PAPER, pdf_standards=["a-2b"])


@pytest.fixture(scope="session")
def tagged_paper():
    """The same, also PDF/UA-1."""
    return typst.compile(PAPER, pdf_standards=["ua-1", "a-2b"])


@pytest.fixture(scope="session")
def slip():
    """What a visible signature shows."""
    return typst.compile(SLIP, pdf_standards=["a-2b"])


@pytest.fixture(scope="session")
def two_fields(tagged_paper):
    """A document in which two people may sign in any order."""
    return stamping.add_fields(
        tagged_paper,
        [
            stamping.Field("ana", stamping.Box(1, 60, 60, 180, 60), "Firma de Ana"),
            stamping.Field("beto", stamping.Box(2, 300, 60, 180, 60), "Firma de Beto"),
        ],
    )


@pytest.fixture(scope="session")
def issuer(pki):
    """The test authority's own certificate."""
    path = pki / files.INTERMEDIATES / "emisora.cer"
    return x509.load_der_x509_certificate(path.read_bytes())
