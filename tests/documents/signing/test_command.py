"""``manage.py crear_ca_prueba`` and what an install signs with afterwards."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.core import time
from portal.core.errors import InvalidInputError, UnavailableError
from portal.documents.signing import configuration, files, test_authority
from portal.documents.signing.keys import load_signatory
from portal.documents.signing.pades import seal_pdf
from portal.documents.signing.validation import validate_pdf


@pytest.fixture
def folder(settings, tmp_path):
    """The PKI folder of this install, still to be made."""
    settings.DOCUMENTS_PKI_DIR = tmp_path / "pki"
    settings.MUNICIPIO = {**settings.MUNICIPIO, "ayuntamiento": "Ayuntamiento de Prueba"}
    return tmp_path / "pki"


def run(*options: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("crear_ca_prueba", *options, stdout=out)
    return out.getvalue()


def contents(folder) -> dict:
    """Every file but the lists, which are renewed."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".crl")
    return {path.name: path.read_bytes() for path in found}


def kept(folder, name: str):
    """The pair that the command wrote for somebody."""
    certificate, key, secret = test_authority.signatory_files(folder, name)
    return load_signatory(certificate.read_bytes(), key.read_bytes(), secret.read_text())


def test_an_install_signs_after_one_command(folder, paper):
    assert str(folder) in run()
    with configuration.institution_signatory() as seal:
        assert seal.identity.nombre == "CERTIFICADO DE PRUEBA – Ayuntamiento de Prueba"
        trust, now = configuration.current_trust(), time.now()
        sealed = seal_pdf(
            paper,
            signatory=seal,
            at=now,
            trust=trust,
            timestamper=configuration.timestamp_authority(),
        )
    status = validate_pdf(sealed.pdf, trust=trust, at=now)[0]
    assert (status.good, status.de_prueba) == (True, True)
    assert configuration.institution_signatory().sign(b"de nuevo")


def test_doing_it_again_keeps_everything_and_only_its_owner_reads_it(folder):
    run("--firmante", "Ana Peña")
    before = contents(folder)
    assert "ya tenía su par" in run("--firmante", "Ana Peña")
    assert contents(folder) == before
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*/")]}
    assert (modes, folders & {0o700}) == ({0o600}, {0o700})
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


def test_a_signer_gets_the_pair_that_was_asked_for(folder):
    run("--firmante", "beto", "--rfc", "RIBE700101AB2", "--contrasena", "ñandú", "--dias", "30")
    beto = kept(folder, "beto")
    assert beto.identity.rfc == "RIBE700101AB2"
    assert (beto.identity.vigente_hasta - beto.identity.vigente_desde).days == 30
    assert test_authority.signatory_files(folder, "beto")[2].read_text() == "ñandú"
    assert configuration.current_trust().check_certificate(beto.certificate, time.now())


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("--revocado", "certificado_revocado"),
        ("--vencido", "certificado_vencido"),
        ("--futuro", "certificado_no_vigente"),
    ],
)
def test_a_pair_can_be_made_that_must_not_sign(folder, option, code):
    run("--firmante", "Carla", option)
    carla = kept(folder, "Carla")
    with pytest.raises(InvalidInputError) as caught:
        configuration.current_trust().check_certificate(carla.certificate, time.now())
    assert caught.value.code == code


@pytest.mark.parametrize(
    "options",
    [
        ["--firmante", "Ana", "--dias", "0"],
        ["--firmante", "Ana", "--firmante", "Beto", "--rfc", "PENA800101AB1"],
        ["--firmante", "Ana", "--vencido", "--futuro"],
    ],
)
def test_options_that_make_no_sense_are_refused(folder, options):
    with pytest.raises(CommandError):
        run(*options)
    assert not folder.exists()


def test_without_keys_the_install_says_that_it_is_not_ready(folder):
    with pytest.raises(UnavailableError, match="institución"):
        configuration.institution_signatory()
    with pytest.raises(UnavailableError):
        configuration.timestamp_authority()


def test_a_new_seal_is_taken_up_without_a_restart(folder):
    run()
    first = configuration.institution_signatory().identity.serie
    for path in (folder / files.SEAL).iterdir():
        path.unlink()
    run()
    assert configuration.institution_signatory().identity.serie != first


class Elsewhere:
    """A time stamp authority that another module would bring."""


def test_the_settings_may_name_another_time_stamp_authority(folder, settings):
    settings.DOCUMENTS_TIMESTAMP_AUTHORITY = f"{__name__}.Elsewhere"
    assert isinstance(configuration.timestamp_authority(), Elsewhere)


def test_the_passphrase_of_the_seal_may_come_from_the_environment(folder, settings):
    run()
    path = folder / files.SEAL / "contrasena.txt"
    settings.DOCUMENTS_SEAL_PASSPHRASE = path.read_text()
    path.unlink()
    assert configuration.institution_signatory()
    settings.DOCUMENTS_SEAL_PASSPHRASE = "otra"
    with pytest.raises(UnavailableError):
        configuration.institution_signatory()
