"""Reminding of what is due: the business day before, the day itself, and each business day late."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.constants import Rol
from portal.accounts.selectors import people_with_role
from portal.core.actors import SYSTEM
from portal.core.calendar import current_calendar
from portal.core.events import publish
from portal.core.time import local_date
from portal.documents.constants import (
    IN_FORCE_STATES,
    REVIEW_STATES,
    UNSETTLED_NOTICES,
    EstadoDocumento,
    EstadoFirmante,
    EstadoRevision,
    OrdenFirma,
)
from portal.documents.models import (
    Documento,
    Firmante,
    NotificacionDocumento,
    RevisionDocumento,
)

from .events import ReminderDue

#: Local hour from which reminders leave: nobody is woken by one.
EARLIEST_HOUR = 8


def remind(now: dt.datetime) -> int:
    """
    Remind whoever has a step due by the next business day, each at most once a day.

    Says how many reminders there were. Nothing on a day that does not count (LFPA 28).
    """
    day, calendar = local_date(now), current_calendar()
    if not calendar.is_business(day) or _hour(now) < EARLIEST_HOUR:
        return 0
    limit = calendar.next_business(day)
    steps = [
        *_reviews(day, limit),
        *_signatures(day, limit),
        *_unsent(limit),
        *_unserved(day, limit),
    ]
    return sum(_announce(row, event, now) for row, event in steps)


def _hour(now: dt.datetime) -> int:
    return timezone.localtime(now, timezone.get_default_timezone()).hour


Step = tuple[object, ReminderDue]


def _not_today(day: dt.date) -> Q:
    return Q(recordada_en__isnull=True) | Q(recordada_en__lt=day)


def _reviews(day: dt.date, limit: dt.date) -> Iterator[Step]:
    rows = RevisionDocumento.objects.filter(
        _not_today(day),
        estado=EstadoRevision.PENDIENTE,
        vence__lte=limit,
        documento__estado__in=REVIEW_STATES,
    )
    lawyers: tuple[int, ...] | None = None
    for row in rows.order_by("pk"):
        if row.revisor_id is None and lawyers is None:
            lawyers = tuple(people_with_role(Rol.JURIDICO, on=day).values_list("pk", flat=True))
        people = (row.revisor_id,) if row.revisor_id else lawyers
        yield row, _event(row.documento_id, row.etapa, row.pk, people)


def _signatures(day: dt.date, limit: dt.date) -> Iterator[Step]:
    """Only those whose turn it is: the first missing one of a series, or all."""
    rows = Firmante.objects.filter(
        estado=EstadoFirmante.PENDIENTE,
        vence__lte=limit,
        documento__estado=EstadoDocumento.EN_FIRMA,
    ).select_related("documento__tipo")
    seen: set[int] = set()
    for row in rows.order_by("documento_id", "orden", "pk"):
        waits = row.documento_id in seen
        seen.add(row.documento_id)
        if waits and row.documento.tipo.orden_firma == OrdenFirma.EN_ORDEN:
            continue
        if row.recordada_en is None or row.recordada_en < day:
            yield row, _event(row.documento_id, "firma", row.pk, (row.usuario_id,))


def _unsent(limit: dt.date) -> Iterator[Step]:
    """Documents ready that nobody has sent to be signed; the letter itself is kept once a day."""
    rows = Documento.objects.filter(
        estado=EstadoDocumento.LISTO, vence_etapa__lte=limit, autor__isnull=False
    )
    for row in rows.order_by("pk"):
        yield None, _event(row.pk, "listo", row.pk, (row.autor_id,))


def _unserved(day: dt.date, limit: dt.date) -> Iterator[Step]:
    """Notifications to be made (LFPA 39): the head of the office and the Secretaría."""
    rows = NotificacionDocumento.objects.filter(
        _not_today(day),
        estado__in=UNSETTLED_NOTICES,
        vence__lte=limit,
        documento__estado__in=IN_FORCE_STATES,
    ).select_related("documento")
    above: tuple[int, ...] | None = None
    for row in rows.order_by("pk"):
        if above is None:
            above = tuple(people_with_role(Rol.SECRETARIA, on=day).values_list("pk", flat=True))
        heads = people_with_role(Rol.TITULAR, on=day, office_id=row.documento.dependencia_id)
        people = {*above, *heads.values_list("pk", flat=True)}
        if row.ordenada_por_id:
            people.add(row.ordenada_por_id)
        yield row, _event(row.documento_id, "notificacion", row.pk, sorted(people))


def _event(documento_id: int, paso: str, fila: int, people) -> ReminderDue:
    return ReminderDue(documento_id=documento_id, paso=paso, fila=fila, personas=tuple(people))


@transaction.atomic
def _announce(row, event: ReminderDue, now: dt.datetime) -> int:
    """One reminder and its mark, both or neither; nothing if another process was faster."""
    if row is not None:
        day = local_date(now)
        fresh = type(row).objects.filter(_not_today(day), pk=row.pk)
        if not fresh.update(recordada_en=day):
            return 0
    publish(event, actor=SYSTEM, now=now)
    return 1
