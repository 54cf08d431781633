"""What this install signs with: the only module here that reads the settings."""

import threading
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, UnavailableError

from . import files
from .keys import Signatory, load_signatory
from .timestamps import LocalTimestampAuthority, TimestampAuthority
from .trust import Trust, load_trust

_opened: dict[Path, tuple[tuple, Signatory]] = {}
_lock = threading.Lock()


def pki_folder() -> Path:
    """The folder of keys and authorities."""
    return Path(settings.DOCUMENTS_PKI_DIR)


def current_trust() -> Trust:
    """Whom this install believes now."""
    return load_trust(pki_folder(), revocation_required=settings.DOCUMENTS_REVOCATION_REQUIRED)


def institution_signatory() -> Signatory:
    """
    The pair of the institution's seal. Closing it leaves the install able to open it again.

    :raises UnavailableError: there is none, or it cannot be opened.
    """
    return _open(files.SEAL, "sello", settings.DOCUMENTS_SEAL_PASSPHRASE)


def timestamp_authority() -> TimestampAuthority:
    """
    The time stamp authority: the one the settings name, or our own in the PKI folder.

    :raises UnavailableError: neither is there.
    """
    if settings.DOCUMENTS_TIMESTAMP_AUTHORITY:
        return import_string(settings.DOCUMENTS_TIMESTAMP_AUTHORITY)()
    passphrase = settings.DOCUMENTS_TIMESTAMP_PASSPHRASE
    signatory = _open(files.TIME, "tiempo", passphrase)
    return LocalTimestampAuthority(signatory, current_trust().chain_of(signatory.certificate))


def _open(part: str, stem: str, passphrase: str) -> Signatory:
    """
    A pair of our own, opened once for as long as its files stay the same.

    Its passphrase stands beside it or in the environment anyway; opening takes longer than signing.
    """
    folder = pki_folder()
    state = (files.folder_state(folder, (part,)), passphrase)
    with _lock:
        kept = _opened.get(folder / part)
        if kept is None or kept[0] != state:
            kept = _opened[folder / part] = (state, _load(folder / part, stem, passphrase))
    return kept[1].reopened()


def _load(home: Path, stem: str, passphrase: str) -> Signatory:
    try:
        secret = passphrase or (home / "contrasena.txt").read_text().strip()
        pair = [(home / f"{stem}.{ending}").read_bytes() for ending in ("cer", "key")]
        return load_signatory(*pair, secret)
    except (OSError, InvalidInputError):
        raise UnavailableError(
            _("La firma electrónica de la institución no está lista. Avise a quien administra."),
            code="firma_institucional",
        ) from None
