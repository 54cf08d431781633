"""Keeping the counters: by difference at each act, folded now and then, rebuilt on request."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from portal.core.rows import insert_all
from tramites.models import Peticion

from .counting import CaseFacts, Key, difference, parts
from .models import CasoContado, Conteo

BATCH = 2000
#: Rows of the counters that one fold takes at most.
FOLD_LIMIT = 20_000
#: A fold is due about once in so many rows.
FOLD_EVERY = 500

_CASE = ("dependencia_id", "estado", "recibida_en", "respondida_en", "en_plazo")
_COUNTED = (
    "contado__dependencia_id",
    "contado__estado",
    "recibida_en",
    "contado__respondida_en",
    "contado__en_plazo",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Offices of a case before and after an act (``None``: not counted yet); is a fold due?"""

    before: int | None
    after: int
    fold_due: bool = False


def _rows(counts: dict[Key, int]) -> Iterable[Conteo]:
    for (fecha, office, concepto, estado), n in counts.items():
        yield Conteo(fecha=fecha, dependencia_id=office, concepto=concepto, estado=estado, n=n)


def count_case(peticion_id: int) -> Counted:
    """
    Bring the counters up to what the case is now.

    Runs in the transaction of the act, which holds the case's row. The moment of the act plays no
    part, so none is taken.
    """
    row = Peticion.objects.values_list(*_CASE, *_COUNTED).get(pk=peticion_id)
    after, counted = CaseFacts(*row[:5]), row[5:]
    if counted[0] is None:
        return _count_first(peticion_id, after)
    before = CaseFacts(*counted)
    fold_due = False
    if before != after:
        CasoContado.objects.filter(pk=peticion_id).update(
            dependencia_id=after.dependencia_id,
            estado=after.estado,
            respondida_en=after.respondida_en,
            en_plazo=after.en_plazo,
        )
        fold_due = _fold_due(Conteo.objects.bulk_create(_rows(difference(before, after))))
    return Counted(before.dependencia_id, after.dependencia_id, fold_due)


def count_new(peticion: Peticion) -> Counted:
    """The same for a case that this very transaction made: nothing of it can be counted yet."""
    return _count_first(peticion.pk, CaseFacts(*(getattr(peticion, name) for name in _CASE)))


def _count_first(peticion_id: int, case: CaseFacts) -> Counted:
    added = list(_rows(difference(None, case)))
    insert_all([_counted(peticion_id, case), *added])
    return Counted(None, case.dependencia_id, _fold_due(added))


def _fold_due(added: Iterable[Conteo]) -> bool:
    return any(row.pk % FOLD_EVERY == 0 for row in added)


@transaction.atomic
def count_imported(*, first_id: int, last_id: int) -> int:
    """
    Count a batch of cases that came in at once, those of the ids between the two that were not
    counted yet; return how many. One row a key, so that history costs no fold.
    """
    rows = Peticion.objects.filter(pk__gte=first_id, pk__lte=last_id, contado__isnull=True)
    return _count_anew(rows)


@transaction.atomic
def fold_counts() -> int:
    """Replace rows of the same key by their sum; return how many rows went. Sums do not change."""
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    rows = list(Conteo.objects.select_for_update(**lock).order_by("pk")[:FOLD_LIMIT])
    sums: Counter[Key] = Counter()
    for row in rows:
        sums[(row.fecha, row.dependencia_id, row.concepto, row.estado)] += row.n
    if len(sums) == len(rows):
        return 0
    Conteo.objects.filter(pk__gte=rows[0].pk, pk__in=[row.pk for row in rows]).delete()
    kept = {key: n for key, n in sums.items() if n}
    Conteo.objects.bulk_create(_rows(kept), batch_size=BATCH)
    return len(rows) - len(kept)


@transaction.atomic
def recount() -> int:
    """
    Build the counters anew from the cases; return how many cases were counted.

    On PostgreSQL the acts of that while wait for it: what they would add is counted here.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            tables = ", ".join(m._meta.db_table for m in (Peticion, CasoContado, Conteo))
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
    CasoContado.objects.all().delete()
    Conteo.objects.all().delete()
    return _count_anew(Peticion.objects.all())


def _count_anew(rows: QuerySet[Peticion]) -> int:
    """Count cases that stand in no counter yet; return how many."""
    sums: Counter[Key] = Counter()
    counted: list[CasoContado] = []
    total = 0
    for pk, *values in rows.order_by("pk").values_list("pk", *_CASE).iterator(BATCH):
        case = CaseFacts(*values)
        sums.update(parts(case))
        counted.append(_counted(pk, case))
        total += 1
        if len(counted) == BATCH:
            CasoContado.objects.bulk_create(counted)
            counted.clear()
    CasoContado.objects.bulk_create(counted)
    Conteo.objects.bulk_create(_rows(sums), batch_size=BATCH)
    return total


def _counted(pk: int, case: CaseFacts) -> CasoContado:
    return CasoContado(
        peticion_id=pk,
        dependencia_id=case.dependencia_id,
        estado=case.estado,
        respondida_en=case.respondida_en,
        en_plazo=case.en_plazo,
    )
