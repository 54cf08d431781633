"""The folder of files: whole files or none, readable by nobody else, outside the web root."""

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.errors import NotFoundError, UnavailableError

#: The disk, the quota, or the process's file limit is used up.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def keep(content: bytes, extension: str, *, folder: str = "") -> tuple[str, str]:
    """
    Write ``content`` under a random name; returns its key and its path within the folder.

    The file appears whole or not at all, also after a power cut. ``folder`` keeps a kind of files
    apart from the others.

    :raises UnavailableError: the disk is full or cannot be written.
    """
    clave = secrets.token_hex(16)
    ruta = f"{folder}/{clave[:2]}/{clave}{extension}".lstrip("/")
    final = Path(settings.MEDIA_ROOT) / ruta
    temporary = final.with_name(f".{clave}.tmp")
    try:
        final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(temporary, content)
        os.replace(temporary, final)
        _sync_folder(final.parent)
    except OSError as error:
        for path in (temporary, final):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise _unavailable(error) from error
    return clave, ruta


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unavailable(error: OSError) -> UnavailableError:
    if error.errno in _FULL:
        message = _(
            "Ya no hay espacio para guardar archivos. Su texto no se perdió: intente más tarde."
        )
        return UnavailableError(message, code="disco_lleno")
    return UnavailableError(_("No se pudo guardar el archivo. Intente más tarde."))


@contextlib.contextmanager
def undone_on_error() -> Iterator[Callable[[str], None]]:
    """
    Forget the files noted with the given function if the block fails, as its rows are forgotten.

    What an outer transaction undoes later stays on disk without a row until it is swept.
    """
    noted: list[str] = []
    try:
        yield noted.append
    except BaseException:
        for ruta in noted:
            remove(ruta)
        raise


def remove(ruta: str) -> None:
    """Forget a file; it is no error if it is gone already."""
    with contextlib.suppress(OSError):
        _path(ruta).unlink(missing_ok=True)


def open_stored(ruta: str):
    """
    The file at ``ruta``, open for reading in binary.

    :raises NotFoundError: it is not there, or ``ruta`` leads out of the folder.
    """
    try:
        return _path(ruta).open("rb")
    except OSError as error:
        raise NotFoundError(_("El archivo ya no está.")) from error


def _path(ruta: str) -> Path:
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / ruta).resolve()
    if root not in path.parents:
        raise NotFoundError(_("El archivo ya no está."))
    return path
