"""A day became non-business, or business again: every term it touches is counted anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction

from portal.core.actors import SYSTEM
from portal.core.clock import Calendar
from portal.core.events import publish_all
from portal.core.rules import RuleValue

from ..constants import OPEN_STATES, Estado, Reloj
from ..deadlines import business_days_after, compute, end_of_day, start_of_day, touches
from ..models import Peticion, Plazo, Prevencion, Prorroga
from .base import municipal_zone
from .clock import apply_timing, calendar_in_force, counting_from, deadline_set, new_plazo

BATCH = 200


@transaction.atomic
def recompute_open_cases(
    *, fechas: Sequence[dt.date], now: dt.datetime, after_id: int = 0, limit: int | None = None
) -> tuple[int, int | None]:
    """
    Count again the running terms that ``fechas`` touch, in batches of constant memory.

    Each case whose last day or working changed gets a new computation, a record entry and, by the
    subscribers, a notice. Cases already counted with the calendar in force are left alone, so it
    may be repeated. Also moves the citizen's own limits: to complete, and to disagree.

    Returns how many changed, and the id to go on from if ``limit`` cases were read.
    """
    calendar = calendar_in_force()
    if not fechas:
        return 0, None
    changed, read, last = 0, 0, after_id
    for batch in _batches(fechas, calendar, after_id):
        changed += _recount(batch, fechas, calendar, now)
        read, last = read + len(batch), batch[-1].pk
        if limit is not None and read >= limit:
            return changed, last
    return changed, None


def touched_cases(fechas: Sequence[dt.date], calendar: Calendar):
    """The computations in force, of open cases and older than ``calendar``, near ``fechas``."""
    zone = municipal_zone()
    return Plazo.objects.filter(
        vigente=True,
        calendario_id__lt=calendar.version,
        inicia__lte=end_of_day(max(fechas), zone),
        peticion__estado__in=OPEN_STATES,
        peticion__reloj=Reloj.CORRIENDO,
        vence__gte=start_of_day(min(fechas), zone),
    )


def _batches(fechas: Sequence[dt.date], calendar: Calendar, after_id: int) -> Iterator[list[Plazo]]:
    """By the id of the computation: new ones are above, and filtered out by their version."""
    while True:
        rows = touched_cases(fechas, calendar).filter(pk__gt=after_id).order_by("pk")
        batch = list(rows.select_related("regla")[:BATCH])
        if not batch:
            return
        yield batch
        after_id = batch[-1].pk


def _recount(
    batch: list[Plazo], fechas: Sequence[dt.date], calendar: Calendar, now: dt.datetime
) -> int:
    ids = [plazo.peticion_id for plazo in batch]
    cases = {
        row.pk: row
        for row in Peticion.objects.select_for_update()
        .filter(pk__in=ids, estado__in=OPEN_STATES)
        .order_by("pk")
    }
    acts = _acts_since(ids)
    changed = 0
    for plazo in batch:
        peticion = cases.get(plazo.peticion_id)
        if peticion is None or not touches(plazo.inicia, plazo.vence, fechas, municipal_zone()):
            continue
        changed += _recount_one(peticion, plazo, acts[plazo.peticion_id], calendar, now)
    return changed


def _acts_since(ids: list[int]) -> dict[int, dict]:
    acts: dict[int, dict] = defaultdict(lambda: {"prevenciones": [], "prorrogas": []})
    for row in Prevencion.objects.filter(peticion_id__in=ids).order_by("creado_en"):
        acts[row.peticion_id]["prevenciones"].append(row)
    for row in Prorroga.objects.filter(peticion_id__in=ids).order_by("creado_en"):
        acts[row.peticion_id]["prorrogas"].append(row)
    return acts


def _recount_one(
    peticion: Peticion, plazo: Plazo, acts: dict, calendar: Calendar, now: dt.datetime
) -> bool:
    since = plazo.inicia
    counting = counting_from(
        rule=plazo.regla,
        start=since,
        calendar=calendar,
        prevenciones=[row for row in acts["prevenciones"] if row.creado_en >= since],
        extension=next((row for row in acts["prorrogas"] if row.creado_en >= since), None),
    )
    timing = compute(counting)
    if timing.explanation.as_data() == plazo.explicacion:
        return False
    plazo.vigente = False
    plazo.save(update_fields=["vigente"])
    row = new_plazo(
        peticion, timing, rule=plazo.regla, calendar=calendar, cause="calendar", now=now
    )
    row.save(force_insert=True)
    apply_timing(peticion, timing)
    peticion.version += 1
    peticion.actualizada_en = now
    peticion.save()
    publish_all([(deadline_set(peticion, row, "calendar"), SYSTEM)], now=now)
    return True


@transaction.atomic
def recompute_citizen_limits(*, fechas: Sequence[dt.date], now: dt.datetime) -> int:
    """Move the days a citizen has to complete or to disagree; returns how many moved."""
    calendar, zone = calendar_in_force(), municipal_zone()
    if not fechas:
        return 0
    moved = _move_corrections(fechas, calendar, zone, now)
    answered = Peticion.objects.filter(
        estado=Estado.RESPONDIDA, concluye_en__gte=max(now, start_of_day(min(fechas), zone))
    )
    for peticion in answered.select_for_update().iterator(chunk_size=BATCH):
        plazo = peticion.plazos.filter(vigente=True).select_related("regla").first()
        if plazo is None:
            continue
        days = RuleValue.from_rule(plazo.regla).conclusion_dias
        limit = business_days_after(peticion.respondida_en, days, calendar, zone)
        if limit != peticion.concluye_en:
            Peticion.objects.filter(pk=peticion.pk).update(concluye_en=limit)
            moved += 1
    return moved


def _move_corrections(fechas, calendar, zone, now: dt.datetime) -> int:
    pending = Prevencion.objects.filter(
        cumplida_en=None,
        peticion__estado=Estado.PREVENIDA,
        vence__gte=max(now, start_of_day(min(fechas), zone)),
    ).prefetch_related("peticion__plazos__regla")
    moved = 0
    for row in list(pending):
        plazo = next((p for p in row.peticion.plazos.all() if p.vigente), None)
        value = RuleValue.from_rule(plazo.regla) if plazo else None
        if value is None or value.prevencion is None:
            continue
        limit = business_days_after(row.creado_en, value.prevencion.dias_cumplir, calendar, zone)
        if limit != row.vence:
            row.vence = limit
            row.save(update_fields=["vence"])
            moved += 1
    return moved
