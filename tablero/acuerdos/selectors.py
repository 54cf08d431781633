"""Reading acuerdos and the Gaceta."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from portal.core.models import EventRecord
from portal.core.text import fold
from tablero.coordinacion.models import Encargo
from tablero.coordinacion.selectors import charges_of

from .constants import CLASS, Cumplimiento, EstadoAcuerdo, EstadoGaceta
from .fulfilment import fulfilment
from .models import Acuerdo, EntradaGaceta, Gaceta
from .policies import AcuerdoPolicy

RELATED = ("sesion", "organo", "documento", "publicacion__gaceta")
BULKY = ("texto", "busqueda")


def acuerdos_for(viewer, *, estado: str = "", sesion: str = "", q: str = "") -> QuerySet[Acuerdo]:
    """The acuerdos that match every filter, newest first."""
    return _matching(AcuerdoPolicy(viewer).visible(), estado=estado, sesion=sesion, q=q)


def public_acuerdos(*, q: str = "") -> QuerySet[Acuerdo]:
    """What was decided in public and was not voted anew, newest first."""
    rows = Acuerdo.objects.filter(publico=True).exclude(estado=EstadoAcuerdo.SIN_EFECTO)
    return _matching(rows, q=q)


def _matching(rows, *, estado: str = "", sesion: str = "", q: str = "") -> QuerySet[Acuerdo]:
    rows = rows.select_related(*RELATED).defer(*BULKY).order_by("-pk")
    if estado in EstadoAcuerdo.values:
        rows = rows.filter(estado=estado)
    if sesion.isascii() and sesion.isdigit() and len(sesion) < 10:
        rows = rows.filter(sesion_id=int(sesion))
    for word in fold(q).split()[:6]:
        rows = rows.filter(busqueda__contains=word)
    return rows


def charges_by_acuerdo(rows: Iterable[Acuerdo]) -> dict[str, list[Encargo]]:
    """What each acuerdo charged, by its folio; one query for all."""
    found: dict[str, list[Encargo]] = {row.folio: [] for row in rows}
    for charge in charges_of(CLASS, list(found)):
        found[charge.origen_clave].append(charge)
    return found


def stands_of(charges: Iterable[Encargo], today: dt.date) -> Cumplimiento:
    """How far an acuerdo is fulfilled, from what it charged."""
    return fulfilment([(charge.estado, charge.vence) for charge in charges], today)


def later_acuerdos(row: Acuerdo) -> QuerySet[Acuerdo]:
    """Those that may revoke it."""
    rows = Acuerdo.objects.filter(organo_id=row.organo_id, pk__gt=row.pk)
    return rows.filter(estado=EstadoAcuerdo.VIGENTE).order_by("-pk")


def acuerdo_facts(row: Acuerdo) -> list[EventRecord]:
    """Its record, newest first."""
    return list(EventRecord.objects.filter(stream=f"acuerdo:{row.pk}").order_by("-sequence"))


def published() -> QuerySet[Gaceta]:
    """The numbers of the Gaceta that were published, newest first."""
    rows = Gaceta.objects.filter(estado=EstadoGaceta.PUBLICADA).select_related("documento")
    return rows.order_by("-pk")


def entries_of(gaceta: Gaceta) -> list[EntradaGaceta]:
    """What a number publishes, in its order."""
    rows = gaceta.entradas.select_related("acuerdo__sesion", "acuerdo__organo")
    return list(rows.order_by("orden", "pk"))


def found_in_gaceta(q: str, most: int = 50) -> list[EntradaGaceta]:
    """The published acuerdos with every word of ``q``, newest first."""
    rows = EntradaGaceta.objects.filter(gaceta__estado=EstadoGaceta.PUBLICADA)
    for word in fold(q).split()[:6]:
        rows = rows.filter(acuerdo__busqueda__contains=word)
    rows = rows.select_related("gaceta", "acuerdo").defer("acuerdo__busqueda")
    return list(rows.order_by("-gaceta_id", "orden")[:most])
