"""Reading a kept file only if it is what it was."""

import hashlib

from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import ConflictError


def open_whole(ruta: str, *, sha256: str) -> bytes:
    """
    The bytes of the file at ``ruta``, once their SHA-256 is that which was kept.

    :raises NotFoundError: the file is gone.
    :raises ConflictError: it changed since it was kept.
    """
    with files.open_stored(ruta) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ConflictError(
            _("El archivo guardado no coincide con su huella. Avise a la administración."),
            code="archivo_alterado",
        )
    return content
