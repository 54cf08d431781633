"""What anybody may learn of a document by its verification code, or by the file itself."""

from dataclasses import dataclass

from ..constants import KNOWN_STATES, ClaseArchivo, EstadoDocumento
from ..models import ArchivoDocumento, Documento, Firma
from ..snapshot import normal_code


@dataclass(frozen=True)
class Verified:
    """
    A document as the public knows it. Never to whom it goes nor, if confidential, of what.

    ``huella`` is the SHA-256 of the signed PDF and ``anteriores`` those of the same document while
    signatures were missing. ``sustituto`` is the folio that replaced it. ``motivo`` says why it was
    cancelled, and is empty unless the document is public.
    """

    documento: Documento
    vigente: bool
    cancelado: bool
    sustituto: str
    sustituto_codigo: str
    asunto: str
    firmas: list[Firma]
    huella: str
    anteriores: tuple[str, ...]
    archivo: ArchivoDocumento
    publico: bool
    motivo: str


def verified_by_code(codigo: str) -> Verified | None:
    """
    The signed document of a code as it was typed, or ``None``.

    A wrong code, one that is no code at all, and a document that the public may not know of look
    the same and take the same work.
    """
    rows = Documento.objects.select_related("tipo", "dependencia").filter(
        codigo=normal_code(codigo), folio__isnull=False, estado__in=KNOWN_STATES
    )
    documento = rows.first()
    return _verified(documento) if documento is not None else None


def verified_by_hash(sha256: str) -> Verified | None:
    """The signed document whose PDF in force has that SHA-256, or ``None``."""
    found = verified_by_step_hash(sha256)
    return found if found is not None and found.huella == sha256 else None


def verified_by_step_hash(sha256: str) -> Verified | None:
    """
    The signed document of which that SHA-256 is the PDF, in force or with signatures missing.

    Of a document that is still being signed nothing is known, whatever the step.
    """
    row = (
        ArchivoDocumento.objects.filter(sha256=sha256, clase=ClaseArchivo.FIRMADO)
        .select_related("documento__tipo", "documento__dependencia")
        .order_by("-pk")
        .first()
    )
    if row is None or row.documento.estado not in KNOWN_STATES:
        return None
    return _verified(row.documento)


def _verified(documento: Documento) -> Verified | None:
    files = list(documento.archivos.filter(clase=ClaseArchivo.FIRMADO).order_by("pk"))
    if not files:
        return None
    *earlier, archivo = files
    substitute = (
        documento.sustitutos.filter(firmado_en__isnull=False).order_by("firmado_en", "pk").first()
        if documento.estado == EstadoDocumento.SUSTITUIDO
        else None
    )
    published = documento.tipo.publico or documento.publicado_en is not None
    public = published and not documento.confidencial
    cancelled = documento.estado == EstadoDocumento.CANCELADO
    return Verified(
        documento=documento,
        vigente=documento.vigente,
        cancelado=cancelled,
        sustituto=substitute.folio if substitute else "",
        sustituto_codigo=substitute.codigo if substitute else "",
        asunto="" if documento.confidencial else documento.asunto,
        firmas=list(documento.firmas.order_by("pk")),
        huella=archivo.sha256,
        anteriores=tuple(row.sha256 for row in earlier),
        archivo=archivo,
        publico=public,
        motivo=documento.motivo_fin if cancelled and public else "",
    )
