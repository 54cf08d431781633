"""Every document of a batch in one ZIP, sent while it is read: nothing is held but one file."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.documents.constants import ClaseArchivo
from portal.documents.models import ArchivoDocumento, Documento
from portal.documents.services.files import read_file
from portal.documents.snapshot import grouped
from tablero.shared.export import csv_lines

CHUNK = 200


class _Pipe(io.RawIOBase):
    """A file that cannot be sought and hands back what was written since it was last asked."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._kept.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written; the next call begins anew."""
        data, self._kept = b"".join(self._kept), []
        return data


def zip_documents(documents: Iterable[Documento], *, now: dt.datetime) -> Iterator[bytes]:
    """
    The ZIP piece by piece: each document under its folio, then ``indice.csv``.

    What is not signed yet goes under the number of its row, as it was frozen.
    """
    pipe, index = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for documento, row in _with_files(documents):
            name = _name(documento)
            archive.writestr(_entry(name, now), read_file(row))
            index.append(_line(documento, row, name))
            yield pipe.taken()
        head = (_("Fila"), _("Folio"), _("Archivo"), _("Estado"), _("A quién se dirige"))
        more = (_("Firmado"), _("Código de verificación"), "SHA-256")
        text = "".join(csv_lines([*head, *more], index))
        archive.writestr(_entry("indice.csv", now), text.encode())
        yield pipe.taken()
    yield pipe.taken()


def _with_files(documents: Iterable[Documento]) -> Iterator[tuple[Documento, ArchivoDocumento]]:
    """Each document with the file that rules; the files of many are asked for at once."""
    batch: list[Documento] = []
    for documento in documents:
        batch.append(documento)
        if len(batch) == CHUNK:
            yield from _paired(batch)
            batch = []
    yield from _paired(batch)


def _paired(documents: list[Documento]) -> Iterator[tuple[Documento, ArchivoDocumento]]:
    files: dict[int, ArchivoDocumento] = {}
    kinds = (ClaseArchivo.LISTO, ClaseArchivo.FIRMADO)
    rows = ArchivoDocumento.objects.filter(documento__in=documents, clase__in=kinds)
    for row in rows.order_by("pk"):
        kept = files.get(row.documento_id)
        if kept is None or row.clase == ClaseArchivo.FIRMADO or kept.clase == row.clase:
            files[row.documento_id] = row
    yield from ((doc, files[doc.pk]) for doc in documents if doc.pk in files)


def _name(documento: Documento) -> str:
    plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in documento.folio or "")
    return f"{plain}.pdf" if plain else f"sin_firmar_{documento.fila_de_lote.numero:05d}.pdf"


def _entry(name: str, now: dt.datetime) -> zipfile.ZipInfo:
    local = timezone.localtime(now, timezone.get_default_timezone())
    entry = zipfile.ZipInfo(name, date_time=local.timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _line(documento: Documento, row: ArchivoDocumento, name: str) -> list[object]:
    zone = timezone.get_default_timezone()
    signed = documento.firmado_en and timezone.localtime(documento.firmado_en, zone)
    return [
        documento.fila_de_lote.numero,
        documento.folio or "",
        name,
        documento.get_estado_display(),
        documento.destinatario,
        f"{signed:%d/%m/%Y %H:%M:%S}" if signed else "",
        grouped(documento.codigo or ""),
        row.sha256,
    ]
