"""The register of folios (minutario): what each may read of it, and whether a number is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import OuterRef, Q, QuerySet, Subquery

from portal.core.folios import upcoming_number
from portal.core.text import fold

from ..constants import EstadoDocumento
from ..models import Documento, Firma
from ..policies import DocumentoPolicy
from .documentos import register

#: Missing numbers that are told one by one.
MOST_MISSING = 50
CHUNK = 500


@dataclass(frozen=True)
class Entry:
    """A line of the register; what the viewer may not see of it is empty, and ``oculto`` is set."""

    documento: Documento
    asunto: str
    destinatario: str
    motivo: str
    oculto: bool


@dataclass(frozen=True)
class Sequence:
    """The numbers of a series and year: the last one taken, and those that no document has."""

    ultimo: int
    faltan: tuple[int, ...]
    mas: int

    @property
    def completa(self) -> bool:
        """Every number from 1 to the last has its document."""
        return not self.faltan


def register_rows(
    viewer, *, serie: str, ejercicio: int, estado: str = "", q: str = ""
) -> QuerySet[Documento]:
    """
    The register filtered, by number, with the moment of the first signature as ``fechado_en``.

    A word is looked for in the folios of all, and in the subjects the viewer may see.
    """
    first = Firma.objects.filter(documento=OuterRef("pk")).order_by("pk").values("firmado_en")[:1]
    rows = register(serie=serie, ejercicio=ejercicio).annotate(fechado_en=Subquery(first))
    if estado in EstadoDocumento.values:
        rows = rows.filter(estado=estado)
    seen = DocumentoPolicy(viewer).visible().values("pk")
    for word in fold(q).split()[:6]:
        rows = rows.filter(Q(folio__icontains=word) | Q(pk__in=seen, busqueda__contains=word))
    return rows.defer("contenido", "busqueda")


def entries(viewer, rows: Iterable[Documento]) -> Iterator[Entry]:
    """The lines of those rows as the viewer may read them; one query for each ``CHUNK``."""
    policy, rest = DocumentoPolicy(viewer), iter(rows)
    while part := list(islice(rest, CHUNK)):
        keys = [row.pk for row in part]
        seen = set(policy.visible().filter(pk__in=keys).values_list("pk", flat=True))
        yield from (_entry(row, row.pk in seen) for row in part)


def _entry(row: Documento, seen: bool) -> Entry:
    """The reason of a cancelled folio stays, unless it could tell of something confidential."""
    motivo = row.motivo_fin if seen or not row.confidencial else ""
    if not seen:
        return Entry(row, "", "", motivo, True)
    return Entry(row, row.asunto, row.destinatario, motivo, False)


def sequence_of(*, serie: str, ejercicio: int) -> Sequence:
    """Whether the numbers of a series and year run without a gap, by the counter and the rows."""
    taken = set(
        Documento.objects.filter(serie=serie, ejercicio=ejercicio, numero__isnull=False)
        .order_by()
        .values_list("numero", flat=True)
    )
    last = max(upcoming_number(serie=serie, ejercicio=ejercicio) - 1, max(taken, default=0))
    missing = [number for number in range(1, last + 1) if number not in taken]
    return Sequence(last, tuple(missing[:MOST_MISSING]), max(0, len(missing) - MOST_MISSING))
