"""Freezing: from here on the text is what will be signed, word for word."""

import datetime as dt

from django.utils.translation import gettext as _

from portal.core.errors import ConflictError
from portal.core.events import publish

from ..constants import ClaseArchivo
from ..events import DocumentoFrozen
from ..models import Documento, VersionDocumento
from ..printing import render_frozen
from ..snapshot import content_hash, new_code, snapshot
from .base import admitting, due_in
from .files import keep_file


def freeze_documento(
    documento: Documento, version: VersionDocumento, *, actor, now: dt.datetime
) -> bytes:
    """
    Freeze the content of ``version``, give the verification code, and keep the PDF shown to the
    signatories. The caller holds the document's lock, asked the policy, and saves it.

    :raises ConflictError: the state does not admit it.
    """
    freeze_content(documento, version, now=now)
    documento.vence_etapa = due_in(documento.tipo.dias_firma, now)
    rendered = render_frozen(documento)
    row = keep_file(
        documento,
        rendered.pdf,
        clase=ClaseArchivo.LISTO,
        nombre=f"{documento.tipo.clave}-{documento.pk}-v{version.numero}.pdf",
        now=now,
    )
    event = DocumentoFrozen(
        documento_id=documento.pk,
        version=version.numero,
        huella=documento.huella_contenido,
        sha256=row.sha256,
    )
    publish(event, actor=actor, now=now)
    return rendered.pdf


def freeze_content(documento: Documento, version: VersionDocumento, *, now: dt.datetime) -> None:
    """
    Freeze the content and give the code; neither row need be kept yet.

    :raises ConflictError: the state does not admit it.
    """
    with admitting(documento, _("dejarlo listo para firma")):
        documento.freeze()
    documento.contenido = snapshot(documento, version)
    documento.huella_contenido = content_hash(documento.contenido)
    documento.codigo = new_code()
    documento.congelado_en = now


def require_unchanged(documento: Documento) -> None:
    """
    :raises ConflictError: the frozen content is not the one that was hashed.
    """
    if documento.contenido is None or content_hash(documento.contenido) != (
        documento.huella_contenido
    ):
        raise ConflictError(
            _("El contenido congelado no coincide con su huella. No se puede firmar."),
            code="huella_rota",
        )
