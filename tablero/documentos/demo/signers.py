"""The demo's signers: pairs of a test authority in the PKI folder, for whoever tries to sign."""

import datetime as dt
from pathlib import Path

from portal.accounts.models import User
from portal.documents.services import Credentials
from portal.documents.signing.configuration import pki_folder
from portal.documents.signing.test_authority import (
    create_test_authority,
    issue_signatory,
    keep_signatory,
    signatory_files,
)

#: Users of the demo who are named as signatories of what needs an advanced signature.
SIGNERS = ("secretaria", "titular.presidencia", "titular.obras", "juridico")


def make_signers(*, since: dt.datetime, name: str, passphrase: str) -> None:
    """
    The test authority and a pair for each signer, good from ``since`` on; what is there stays.

    ``name`` is the institution's. Every pair of the demo opens with ``passphrase``.
    """
    folder = pki_folder()
    create_test_authority(folder, since, nombre=name)
    people = {user.username: str(user) for user in User.objects.filter(username__in=SIGNERS)}
    for username in SIGNERS:
        if username not in people or signatory_files(folder, username)[0].exists():
            continue
        pair = issue_signatory(
            folder, name=people[username], now=since, since=since, passphrase=passphrase
        )
        keep_signatory(folder, username, pair)


def pair_of(username: str) -> Credentials:
    """What a signer of the demo signs with."""
    certificate, key, secret = signatory_files(pki_folder(), username)
    return Credentials(
        certificado=certificate.read_bytes(),
        llave=key.read_bytes(),
        clave_llave=secret.read_text().strip(),
    )


def demo_pairs() -> list[Path]:
    """The certificates of the demo's signers that are there, to be told when the demo starts."""
    found = [signatory_files(pki_folder(), username)[0] for username in SIGNERS]
    return [path for path in found if path.exists()]
