"""The documents of a case: those that are there, and those that its acts still owe."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.errors import NotFoundError
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from portal.documents.snapshot import grouped, normal_code, verification_url

from ..models import DocumentoPorEmitir, Peticion, Prevencion, Prorroga, Respuesta
from ..papers import ACUSE, NAMES, act_of, case_of, origin_of


@dataclass(frozen=True, kw_only=True)
class CaseDocument:
    """
    The document of one act (``acuse``, ``prevencion:3``); ``documento`` is ``None`` while it is
    still owed. ``sustituto`` is the one that took its place.
    """

    acto: str
    tipo: str
    documento: Documento | None
    sustituto: Documento | None = None

    @property
    def nombre(self) -> str:
        """What it is, in the reader's language."""
        return str(NAMES.get(self.tipo, self.tipo))

    @property
    def codigo(self) -> str:
        """Its verification code as it is printed."""
        return grouped(self.documento.codigo) if self.documento else ""

    @property
    def verificacion(self) -> str:
        """The public address at which anybody verifies it."""
        return verification_url(self.documento.codigo) if self.documento else ""


def case_documents(
    peticion: Peticion, acts: Iterable[Prevencion | Prorroga | Respuesta]
) -> list[CaseDocument]:
    """
    The documents of a case in the order of their acts, the receipt first.

    One query; one more if an act has no document, and one if a document was replaced.
    """
    wanted = [ACUSE, *(act_of(row) for row in acts)]
    origins = {origin_of(peticion.pk, act): act for act in wanted}
    rows = Documento.objects.filter(origen__in=origins).select_related("tipo").order_by()
    rows = rows.defer("contenido", "plantilla", "busqueda")
    found = {origins[row.origen]: (row.tipo.clave, row) for row in rows}
    if not set(wanted) <= {ACUSE, *found}:
        found |= _owed(peticion, origins)
    replaced = [row for _tipo, row in found.values() if row and _was_replaced(row)]
    heirs = _substitutes(replaced) if replaced else {}
    return [
        CaseDocument(
            acto=act, tipo=tipo, documento=row, sustituto=heirs.get(row.pk) if row else None
        )
        for act in wanted
        if act in found
        for tipo, row in [found[act]]
    ]


def _owed(peticion: Peticion, origins: dict[str, str]) -> dict[str, tuple[str, None]]:
    rows = DocumentoPorEmitir.objects.filter(peticion=peticion).order_by()
    pairs = rows.values_list("origen", "tipo")
    return {origins[origen]: (tipo, None) for origen, tipo in pairs if origen in origins}


def _was_replaced(documento: Documento) -> bool:
    return documento.estado == EstadoDocumento.SUSTITUIDO


def _substitutes(replaced: list[Documento]) -> dict[int, Documento]:
    rows = Documento.objects.filter(sustituye__in=replaced, folio__isnull=False).order_by("pk")
    return {row.sustituye_id: row for row in rows.defer("contenido")}


def document_of_case(peticion: Peticion, codigo: str) -> Documento:
    """
    The document of this case with that verification code, or the one that took its place.

    :raises NotFoundError: there is none, or it is of another case.
    """
    rows = Documento.objects.select_related("tipo", "sustituye").defer("contenido")
    found = rows.filter(codigo=normal_code(codigo), folio__isnull=False).first()
    owner = found and (case_of(found.origen) or case_of(_origin_of_replaced(found)))
    if owner != peticion.pk:
        raise NotFoundError
    return found


def _origin_of_replaced(documento: Documento) -> str | None:
    return documento.sustituye.origen if documento.sustituye_id else None
