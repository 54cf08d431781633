"""Whether a document is what it was: its record, its frozen text, its files, its signatures."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core import files
from portal.core.errors import DomainError
from portal.core.verification import verify
from portal.documents.constants import ClaseArchivo
from portal.documents.models import ArchivoDocumento, Documento
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from portal.documents.snapshot import content_hash


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and whether it holds."""

    title: str
    good: bool
    words: str


def checks_of(documento: Documento, *, at: dt.datetime) -> list[Check]:
    """Everything that can be checked of a document at a moment."""
    return [
        _record(documento),
        *_content(documento),
        *(_file(row) for row in documento.archivos.all()),
        *_signatures(documento, at),
    ]


def _record(documento: Documento) -> Check:
    found = verify(f"documento:{documento.pk}")
    if found.integra:
        words = _("Los %(n)s hechos están completos y en su orden.") % {"n": found.hechos}
    else:
        words = _("En el hecho %(n)s: %(what)s.")
        words %= {"n": found.rota.sequence, "what": found.rota.texto}
    return Check(_("Registro de hechos"), found.integra, words)


def _content(documento: Documento) -> Iterator[Check]:
    if documento.contenido is None:
        return
    good = content_hash(documento.contenido) == documento.huella_contenido
    words = _("Coincide con su huella.") if good else _("No coincide con su huella.")
    yield Check(_("Texto congelado"), good, words)


def _file(row: ArchivoDocumento) -> Check:
    title = f"{row.get_clase_display()}: {row.nombre}"
    try:
        with files.open_stored(row.ruta) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except DomainError as error:
        return Check(title, good=False, words=str(error.message))
    good = digest == row.sha256
    words = _("Coincide con su huella.") if good else _("Cambió desde que se guardó.")
    return Check(title, good, words)


def _signatures(documento: Documento, at: dt.datetime) -> Iterator[Check]:
    """What the signed PDF itself proves, by the validator."""
    if not documento.firmas.exists():
        return
    try:
        pdf = read_file(last_file(documento, ClaseArchivo.FIRMADO))
        found = validate_pdf(pdf, trust=current_trust(), at=at)
    except DomainError as error:
        yield Check(_("Firmas del PDF"), good=False, words=str(error.message))
        return
    for status in found:
        title = _("Firma de %(name)s") % {"name": status.signer}
        yield Check(title, status.good, status.sentence)
    if len(found) != documento.firmas.count():
        words = _("El PDF no tiene las mismas firmas que el registro.")
        yield Check(_("Firmas del PDF"), good=False, words=words)
