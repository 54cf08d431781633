"""Keeping and reading the files of a document."""

import datetime as dt
import hashlib

from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import NotFoundError

from ..models import ArchivoDocumento, Documento
from ..stored import open_whole

FOLDER = "documentos"


def keep_file(
    documento: Documento,
    content: bytes,
    *,
    clase: str,
    nombre: str,
    now: dt.datetime,
    tipo: str = "application/pdf",
    extension: str = ".pdf",
) -> ArchivoDocumento:
    """
    Keep a file of the document with its SHA-256.

    :raises UnavailableError: there is no room on the disk.
    """
    _key, ruta = files.keep(content, extension, folder=FOLDER)
    try:
        return ArchivoDocumento.objects.create(
            documento=documento,
            clase=clase,
            ruta=ruta,
            nombre=nombre[:160],
            tipo=tipo,
            tamano=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            creado_en=now,
        )
    except BaseException:
        files.remove(ruta)
        raise


def last_file(documento: Documento, clase: str) -> ArchivoDocumento:
    """
    The file of that class that rules.

    :raises NotFoundError: there is none yet.
    """
    found = documento.archivos.filter(clase=clase).order_by("-pk").first()
    if found is None:
        raise NotFoundError(_("El documento todavía no tiene ese archivo."))
    return found


def read_file(row: ArchivoDocumento) -> bytes:
    """
    The bytes of a kept file, once they are what they were.

    :raises NotFoundError: the file is gone.
    :raises ConflictError: it changed since it was kept.
    """
    return open_whole(row.ruta, sha256=row.sha256)
