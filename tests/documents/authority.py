"""A test authority for tests that sign: made once a process, in the folder of the settings."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from portal.documents.services import Credentials
from portal.documents.signing.test_authority import create_test_authority, issue_signatory
from portal.documents.signing.test_certificates import new_key

SECRET = "una frase de prueba"
#: Certificates are good from long before every moment that tests live in.
SINCE = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def ready_authority() -> Path:
    """The folder with its authority; its lists are news at any moment of the tests."""
    folder = Path(settings.DOCUMENTS_PKI_DIR)
    create_test_authority(folder, SINCE)
    return folder


@cache
def _key(number: int):
    return new_key()


@cache
def pair_of(name: str, number: int = 0):
    """The pair of a person, over one of a few keys; making keys is what takes time."""
    return issue_signatory(
        ready_authority(), name=name, now=SINCE, passphrase=SECRET, key=_key(number), since=SINCE
    )


def own_pair(name: str, number: int = 0) -> Credentials:
    """What somebody signs with: their own pair."""
    pair = pair_of(name, number)
    return Credentials(certificado=pair.certificate, llave=pair.key, clave_llave=SECRET)
