"""Reading batches for who may see them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from portal.core.errors import NotFoundError
from portal.core.rows import one_or_none
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy

from .batch_policies import LotePolicy
from .constants import EstadoFila
from .models import FilaLote, LoteDocumento


@dataclass(frozen=True)
class Counts:
    """How many rows there are, and how many of each state. ``por_firmar``: issued, not signed."""

    con_errores: int
    pendientes: int
    emitidas: int
    fallidas: int
    canceladas: int
    por_firmar: int

    @property
    def total(self) -> int:
        return self.buenas + self.con_errores

    @property
    def buenas(self) -> int:
        return self.pendientes + self.emitidas + self.fallidas + self.canceladas

    @property
    def hechas(self) -> int:
        """Rows that need no more work."""
        return self.buenas - self.pendientes


def batches_for(viewer) -> QuerySet[LoteDocumento]:
    """Newest first, with how many rows were good and how many are issued."""
    return (
        LotePolicy(viewer)
        .visible()
        .select_related("tipo", "dependencia", "autor")
        .annotate(
            buenas=Count("filas", filter=~Q(filas__estado=EstadoFila.CON_ERRORES)),
            emitidas=Count("filas", filter=Q(filas__estado=EstadoFila.EMITIDA)),
        )
        .order_by("-pk")
    )


def batch_for(viewer, pk: int) -> LoteDocumento:
    """
    :raises NotFoundError: there is none, or the viewer may not know of it.
    """
    rows = (
        LotePolicy(viewer)
        .visible()
        .select_related("tipo", "plantilla", "dependencia", "autor", "firmante", "autorizado_por")
    )
    found = one_or_none(rows.filter(pk=pk))
    if found is None:
        raise NotFoundError
    return found


def counts_of(lote: LoteDocumento) -> Counts:
    """One query."""
    unsigned = Q(documento__estado=EstadoDocumento.EN_FIRMA)
    return Counts(
        **lote.filas.aggregate(
            con_errores=_number(EstadoFila.CON_ERRORES),
            pendientes=_number(EstadoFila.PENDIENTE),
            emitidas=_number(EstadoFila.EMITIDA),
            fallidas=_number(EstadoFila.FALLIDA),
            canceladas=_number(EstadoFila.CANCELADA),
            por_firmar=Count("pk", filter=unsigned),
        )
    )


def _number(estado: str) -> Count:
    return Count("pk", filter=Q(estado=estado))


def faulty_rows(lote: LoteDocumento) -> QuerySet[FilaLote]:
    """Rows that were not good, or could not be issued, in the order of the sheet."""
    return lote.filas.filter(estado__in=(EstadoFila.CON_ERRORES, EstadoFila.FALLIDA)).order_by(
        "numero"
    )


def fault_lines(lote: LoteDocumento) -> Iterator[tuple[int, str, str]]:
    """Row, column and reason, one line a fault."""
    for fila in faulty_rows(lote).values_list("numero", "errores").iterator(chunk_size=1000):
        for fault in fila[1]:
            yield fila[0], fault.get("columna", ""), fault.get("motivo", "")


def issued_documents(lote: LoteDocumento, viewer) -> QuerySet[Documento]:
    """The documents of the batch that the viewer may see, by row."""
    return (
        DocumentoPolicy(viewer)
        .visible()
        .filter(fila_de_lote__lote=lote)
        .select_related("fila_de_lote")
        .order_by("fila_de_lote__numero")
    )
